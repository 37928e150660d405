import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ByteList, NumberReader } from '../../../server/src/adapters/byteList.ts';
import { openDatabase, type Connection } from '../../../server/src/adapters/openDatabase.ts';
import { GuardedDatabase } from '../../../server/src/adapters/guardedDatabase.ts';
import { forgetSearches, spotsWith, writeSearchTexts } from '../../../server/src/adapters/searchTexts.ts';
import { SqliteRunStore } from '../../../server/src/adapters/sqliteRunStore.ts';
import { migrateWork } from '../../../server/src/adapters/workSchema.ts';
import { fillStore, storeRows, wordOf } from '../../../bench/storeRows.ts';
import { value } from '../../engine/runs/scenarios.ts';
import { temporaryFolder } from './storeFolder.ts';

const runId = 'run';

function opened(file: string | null = null): Connection {
  const connection = openDatabase(file, { synchronous: 'NORMAL' });
  onTestFinished(() => void connection.close());
  migrateWork(connection, file);
  return connection;
}

/** Rows whose words have them, looked for one by one. */
function naive(rows: readonly string[], words: string): readonly number[] {
  const folded = (text: string): Buffer => Buffer.from(text.toLowerCase().replaceAll('\x1e', ' '));
  return rows.flatMap((row, at) => (folded(row).includes(folded(words)) ? [at] : []));
}

const found = (connection: Connection, words: string): readonly number[] => [...spotsWith(connection, runId, words)].sort((a, b) => a - b);

/** What is cut and what is folded: letters, marks, blanks, wide scripts, pairs and halves of them, what grows when it is folded. */
const piece = fc.constantFrom('a', 'A', 'ab', 'ba', '1', '2', ' ', '  ', '\n', '-', '.', '’', '“', 'é', 'É', 'ß', 'İ', '計', '畫', 'Σ', 'σ', '😀', '\ud83d', '\x1e', '\0', '§');
const text = fc.array(piece, { maxLength: 14 }).map((pieces) => pieces.join(''));
const sought = fc.array(piece, { minLength: 1, maxLength: 4 }).map((pieces) => pieces.join(''));

describe('searched words', () => {
  it('are found where they stand, in any case, however long they are and wherever they begin', () => {
    fc.assert(fc.property(fc.array(fc.array(text, { maxLength: 8 }), { maxLength: 4 }), fc.array(sought, { maxLength: 5 }), fc.nat(), (writes, others, seed) => {
      const connection = openDatabase(null, { synchronous: 'NORMAL' });
      migrateWork(connection, null);
      const rows = writes.flat();
      let first = 0;
      for (const write of writes) {
        writeSearchTexts(connection, runId, first, write);
        first += write.length;
      }
      // Parts of what is there, too: chance would find few.
      const parts = rows.filter((row) => row !== '').map((row) => row.slice(seed % row.length, (seed % row.length) + 1 + (seed % 5)));
      for (const words of [...others, ...parts]) expect(found(connection, words)).toEqual(naive(rows, words));
      connection.close();
    }), { numRuns: 300 });
  });

  it('are found in more rows than stand in one text, with more words than one byte numbers', () => {
    const connection = opened();
    const rows = Array.from({ length: 700 }, (_, n) => `Section ${String(n)}. The benefit of member${String(n * 37)} vests, at ${String(n % 7)} years.`);
    writeSearchTexts(connection, runId, 0, rows);
    for (const words of ['T', 'ts', 'member37', 'MEMBER370 vests', '9 vests, at 3', 'section 699.', '. the benefit of member1', 'years of', 'at 7 years']) expect([words, found(connection, words)]).toEqual([words, naive(rows, words)]);
  });

  it('are found after a write that came to nothing, and after another process wrote', () => {
    const file = join(temporaryFolder(), 'work.db');
    const [own, other] = [opened(file), opened(file)];
    writeSearchTexts(own, runId, 0, ['alpha beta']);
    expect(() => own.transaction(() => {
      writeSearchTexts(own, runId, 1, ['gamma delta']);
      throw new Error('no room');
    })()).toThrow('no room');
    writeSearchTexts(own, runId, 1, ['delta gamma']);
    writeSearchTexts(other, runId, 2, ['epsilon gamma']);
    writeSearchTexts(own, runId, 3, ['zeta gamma']);
    for (const connection of [own, other]) {
      expect(found(connection, 'gamma')).toEqual([1, 2, 3]);
      expect(found(connection, 'delta gamma')).toEqual([1]);
      expect(found(connection, 'zeta')).toEqual([3]);
    }
  });

  it('of a run that is written on are looked for again', () => {
    const connection = opened();
    writeSearchTexts(connection, runId, 0, ['alpha']);
    expect(found(connection, 'alpha')).toEqual([0]);
    writeSearchTexts(connection, runId, 1, ['alpha']);
    writeSearchTexts(connection, 'another', 7, ['alpha']);
    expect(found(connection, 'alpha')).toEqual([0, 1]);
    connection.exec('DELETE FROM searchCodes');
    forgetSearches(connection);
    expect(found(connection, 'alpha')).toEqual([]);
  });
});

it('a run that moves to memory is searched there, and nothing of one that is deleted stays', async () => {
  const storeOf = (connection: Connection): SqliteRunStore => new SqliteRunStore(new GuardedDatabase(connection), { mode: 'memory', message: '' });
  const connections = [opened(), opened()] as const;
  const [own, memory] = [storeOf(connections[0]), storeOf(connections[1])];
  await fillStore(own, runId, storeRows(300));
  value(await memory.addCopy(value(await own.copyOf(runId)) ?? []));
  const query = { runId, offset: 0, limit: 100, filter: 'all', search: wordOf(3) } as const;
  const page = value(await own.matchRows(query));
  expect(page.total).toBeGreaterThan(0);
  expect(value(await memory.matchRows(query))).toEqual(page);
  expect(value(await own.deleteRun(runId, null))).toBe(true);
  const tables = connections[0].prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table'").pluck().all();
  expect(tables.filter((table) => connections[0].prepare(`SELECT 1 FROM ${table}`).get() !== undefined)).toEqual([]);
});

it('numbers are read as they were written', () => {
  fc.assert(fc.property(fc.array(fc.oneof(fc.nat(300), fc.integer({ min: 0, max: 2 ** 28 - 1 }))), (numbers) => {
    const list = new ByteList();
    for (const one of numbers) list.pushNumber(one);
    const reader = new NumberReader(list.from(0));
    expect(numbers.map(() => reader.next())).toEqual(numbers);
    expect(reader.at).toBe(list.length);
  }));
});
