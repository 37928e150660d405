import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { createEngine, type Runs } from '../../../server/src/engine/index.ts';
import type * as databases from '../../../server/src/adapters/openDatabase.ts';
import { fakePorts } from '../../fakes/fakePorts.ts';
import { checkLedger, CROSSWALK, outputOf, TRANSCRIPT, undisturbed, value } from '../../engine/runs/scenarios.ts';
import { engineOn, folderWithRun, inlined, openIn, type OpenedStore } from './storeFolder.ts';

const { opened } = vi.hoisted(() => ({ opened: new Map<string, unknown>() }));

vi.mock('../../../server/src/adapters/openDatabase.ts', async (importOriginal) => {
  const original = await importOriginal<typeof databases>();
  const openDatabase: typeof original.openDatabase = (file, options) => {
    const connection = original.openDatabase(file, options);
    if (typeof file === 'string') opened.set(file, connection);
    return connection;
  };
  return { ...original, openDatabase };
});

function connectionOf(folder: string): databases.Connection {
  return opened.get(join(folder, 'work.db')) as databases.Connection;
}

function pragma(folder: string, words: string): void {
  connectionOf(folder).pragma(words);
}

interface Trouble {
  readonly name: string;
  readonly begin: (folder: string) => void;
  readonly end: (folder: string) => void;
  readonly reason: string;
}

const FULL: Trouble = {
  name: 'the disk is full',
  // SQLite answers SQLITE_FULL to a write that needs another page, as on a full disk.
  begin: (folder) => pragma(folder, `max_page_count = ${String(connectionOf(folder).pragma('page_count', { simple: true }))}`),
  end: (folder) => pragma(folder, 'max_page_count = 1000000'),
  reason: 'the disk is full',
};
const READ_ONLY: Trouble = {
  name: 'the file takes no writes',
  begin: (folder) => pragma(folder, 'query_only = ON'),
  end: (folder) => pragma(folder, 'query_only = OFF'),
  reason: 'the store cannot be written',
};

function inMemory(folder: string, { reason }: Trouble): OpenedStore['runs']['status'] {
  const message = `Runs are kept only until this process ends: ${reason}. The store is ${folder}; free or repair it, or name another folder, then start again.`;
  return { mode: 'memory', message };
}

/** An engine that tells of every call of its store before it is made, as `store.commitStep 2`. */
function engineTelling(stores: OpenedStore, tell: (call: string) => void): Runs {
  const counts = new Map<string, number>();
  const before = (call: string): void => {
    const count = counts.get(call) ?? 0;
    counts.set(call, count + 1);
    tell(`${call} ${count}`);
  };
  return createEngine(fakePorts({ store: stores.runs, extractions: stores.extractions, owner: 'now', idPrefix: 'now', before })).runs;
}

const NOT_IN_FILE = ['store.saveText 0', 'store.createRun 0'];
/** Of the writes of a crosswalk, those that need several pages. */
const LARGE_WRITES = ['store.commitStep 0', 'store.commitStep 1', 'store.commitStep 2'];
const ALL_WRITES = [...NOT_IN_FILE, ...LARGE_WRITES, 'store.commitStep 3', 'store.commitStep 4', 'store.endRun 0'];

const CASES: readonly (readonly [Trouble, string])[] = [
  ...LARGE_WRITES.map((write) => [FULL, write] as const),
  ...ALL_WRITES.map((write) => [READ_ONLY, write] as const),
];

describe('a store that stops taking writes', () => {
  for (const [trouble, write] of CASES) {
    it(`${trouble.name} at ${write}: the run goes on in memory, and what is in the file stays`, async () => {
      const { folder, runId } = await folderWithRun();
      const stores = await openIn(folder);
      const runs = engineTelling(stores, (call) => {
        if (call === write) trouble.begin(folder);
      });
      const id = value(await runs.start(inlined(CROSSWALK)));
      const end = await runs.settled(id);
      expect(end).toMatchObject({ state: 'done', stored: false });
      checkLedger(end);
      expect(stores.runs.status).toEqual(inMemory(folder, trouble));
      expect(new Set(stores.warnings)).toEqual(new Set([stores.runs.status.message]));
      expect(await outputOf(runs, id)).toEqual((await undisturbed(CROSSWALK)).output);
      expect(value(await runs.list(0, 10))).toMatchObject({ total: 2, runs: [{ id, state: 'done' }, { id: runId }] });
      await stores.close();

      const later = engineOn(await openIn(folder), 'later');
      expect(await outputOf(later, runId)).toEqual((await undisturbed(TRANSCRIPT)).output);
      const list = value(await later.list(0, 10));
      list.runs.forEach(checkLedger);
      if (NOT_IN_FILE.includes(write)) {
        expect(list).toMatchObject({ total: 1, runs: [{ id: runId }] });
        return;
      }
      expect(list).toMatchObject({ total: 2, runs: [{ id, state: 'partial', resumable: true }, { id: runId }] });
      value(await later.resume(id));
      expect(await later.settled(id)).toMatchObject({ state: 'done', stored: true });
      expect(await outputOf(later, id)).toEqual((await undisturbed(CROSSWALK)).output);
    });
  }

  for (const trouble of [FULL, READ_ONLY]) {
    it(`${trouble.name}, and then no more: what is started then is kept`, async () => {
      const { folder } = await folderWithRun();
      const stores = await openIn(folder);
      const runs = engineOn(stores, 'now');
      trouble.begin(folder);
      const lost = value(await runs.start(inlined(CROSSWALK)));
      expect(await runs.settled(lost)).toMatchObject({ state: 'done', stored: false });
      trouble.end(folder);
      const kept = value(await runs.start(inlined(CROSSWALK)));
      expect(await runs.settled(kept)).toMatchObject({ state: 'done', stored: true });
      expect(stores.runs.status).toEqual({ mode: 'file', message: `Runs are kept in ${folder}.` });
      expect(await outputOf(runs, lost)).toEqual(await outputOf(runs, kept));
      await stores.close();
      const later = engineOn(await openIn(folder), 'later');
      expect(await outputOf(later, kept)).toEqual((await undisturbed(CROSSWALK)).output);
      expect(await later.get(lost)).toMatchObject({ ok: false });
    });
  }
});
