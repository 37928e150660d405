import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { GuardedDatabase } from '../../../server/src/adapters/guardedDatabase.ts';
import { openDatabase, type Connection } from '../../../server/src/adapters/openDatabase.ts';
import { SqliteReviewStore } from '../../../server/src/adapters/sqliteReviewStore.ts';
import { migrateWork } from '../../../server/src/adapters/workSchema.ts';
import { writingThread, type WriteElsewhere } from '../../../server/src/adapters/writingThread.ts';
import type { ReviewLine, ReviewWrite } from '../../../server/src/engine/ports.ts';
import { value } from '../../engine/runs/scenarios.ts';
import { temporaryFolder } from '../store/storeFolder.ts';

const posted = Worker.prototype.postMessage;
const ENTRY = join(import.meta.dirname, '../../../server/src/writing/main.ts');
const LARGE = 1_500;
const run = { run: 'run', workflow: 'crosswalk', documents: [{ key: 'old.md', hash: 'h' }] } as const;

function lineOf(sequence: number): ReviewLine {
  const unit = { key: `old.md#${String(sequence)}`, contentHash: 'c' };
  return { sequence, run: 'run', findingKey: `${unit.key}:match`, kind: 'match', step: 'step', madeIn: 'me', action: 'accept', words: 'accepted', unit, targets: [], reviewer: 'Lee', at: 1 } as ReviewLine;
}

function writeOf(lines: number, seen = 0): ReviewWrite {
  const all = Array.from({ length: lines }, (_, at) => lineOf(seen + at + 1));
  return { seen, run, lines: all, states: new Map(all.map(({ unit: { key } }) => [key, { state: 'accepted', standing: 'stands', reviewer: 'Lee', at: 1 }])), mark: 1 };
}

function storeOn(elsewhere: (file: string) => WriteElsewhere): { readonly store: SqliteReviewStore; readonly connection: Connection; readonly file: string } {
  const file = join(temporaryFolder(), 'work.db');
  const connection = openDatabase(file, { synchronous: 'FULL' });
  migrateWork(connection, file);
  const store = new SqliteReviewStore(new GuardedDatabase(connection), { mode: 'file', message: '' }, elsewhere(file));
  onTestFinished(async () => {
    await store.close();
    connection.close();
  });
  return { store, connection, file };
}

const kept = (connection: Connection): unknown => connection.prepare('SELECT (SELECT count(*) FROM reviewLines) AS lines, (SELECT count(*) FROM rowStates) AS states').get();

describe('a large write', () => {
  it('goes to another thread, a small one does not', async () => {
    const sent: number[] = [];
    const { store, connection } = storeOn(() => async ({ lines }) => {
      sent.push(lines.length);
      return { ok: true, value: true };
    });
    expect(value(await store.write(writeOf(3)))).toBe(true);
    expect(value(await store.write(writeOf(LARGE, 3)))).toBe(true);
    expect(sent).toEqual([LARGE]);
    expect(kept(connection)).toEqual({ lines: 3, states: 3 });
  });

  it('writes what one on the own connection writes, and others have turns while it is handed over', async () => {
    const { store, connection, file } = storeOn((own) => writingThread(ENTRY, own, null, () => undefined));
    let turns = 0;
    let isOver = false;
    const others = (async () => {
      for (; !isOver; turns++) await turn();
    })();
    const post = vi.spyOn(Worker.prototype, 'postMessage');
    onTestFinished(() => post.mockRestore());
    const postedAt: number[] = [];
    post.mockImplementation(function (this: Worker, ...parts: Parameters<Worker['postMessage']>) {
      postedAt.push(turns);
      posted.apply(this, parts);
    });
    expect(value(await store.write(writeOf(LARGE)))).toBe(true);
    isOver = true;
    await others;
    // A part for every two hundred lines and states, and one that ends it; each in a turn of its own.
    expect(new Set(postedAt).size).toBe((2 * LARGE + 200) / 200 + 1);
    const here = storeOn(() => async () => Promise.reject(new Error('no thread')));
    expect(value(await here.store.write(writeOf(LARGE)))).toBe(true);
    const all = (of: Connection, table: string): unknown => of.prepare(`SELECT * FROM ${table}`).all();
    for (const table of ['reviewLines', 'rowStates', 'reviewedRuns', 'carriedReviews']) expect([table, all(connection, table)]).toEqual([table, all(here.connection, table)]);
    expect(file).not.toBe(here.file);
  });

  it('over lines the writer has not seen is not done', async () => {
    const { store, connection } = storeOn((own) => writingThread(ENTRY, own, null, () => undefined));
    value(await store.write(writeOf(2)));
    expect(value(await store.write(writeOf(LARGE)))).toBe(false);
    expect(kept(connection)).toEqual({ lines: 2, states: 2 });
  });

  it('is done on the own connection where no thread can be had, all of it or nothing', async () => {
    const { store, connection } = storeOn((own) => writingThread(join(own, 'not', 'there.ts'), own, null, () => undefined));
    connection.exec("CREATE TRIGGER full BEFORE INSERT ON reviewLines WHEN new.sequence > 900 BEGIN SELECT raise(ABORT, 'no room'); END");
    expect(await store.write(writeOf(LARGE))).toMatchObject({ ok: false });
    expect(kept(connection)).toEqual({ lines: 0, states: 0 });
    connection.exec('DROP TRIGGER full');
    expect(value(await store.write(writeOf(LARGE)))).toBe(true);
    expect(kept(connection)).toEqual({ lines: LARGE, states: LARGE });
  });

  it('that is under way when the store is closed is finished', async () => {
    const { store, connection } = storeOn((own) => writingThread(ENTRY, own, null, () => undefined));
    const written = store.write(writeOf(LARGE));
    await store.close();
    expect(kept(connection)).toEqual({ lines: LARGE, states: LARGE });
    expect(value(await written)).toBe(true);
  });
});

it('the newest lines of rows are told whole, however many they are', async () => {
  const { store } = storeOn(() => async () => Promise.reject(new Error('no thread')));
  const lines = 6_000;
  value(await store.write(writeOf(lines)));
  value(await store.write({ ...writeOf(0, lines), lines: [{ ...lineOf(lines + 1), findingKey: lineOf(7).findingKey, kind: 'newer' }] }));
  const heads = value(await store.heads('run', 0));
  expect(heads).toHaveLength(lines);
  expect(heads.at(-1)).toMatchObject({ findingKey: lineOf(7).findingKey, kind: 'newer' });
  expect(heads[6]).toMatchObject({ findingKey: lineOf(8).findingKey });
  expect(value(await store.heads('run', lines - 1)).map(({ findingKey }) => findingKey)).toEqual([lineOf(lines).findingKey, lineOf(7).findingKey]);
  expect(value(await store.stepLines('run', 'step'))).toHaveLength(lines + 1);
});
