import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import type { Metric } from '../../../shared/model.ts';
import type { KeptCalls, JournalEntry, JournalledCall, RunStore } from '../../../server/src/engine/ports.ts';
import type * as databases from '../../../server/src/adapters/openDatabase.ts';
import { memoryCalls } from '../../fakes/memoryCalls.ts';
import { memoryStore } from '../../fakes/memoryStore.ts';
import { value } from '../../engine/runs/scenarios.ts';
import { snapshotOf } from '../lsp/fakeEngine.ts';
import { openIn, temporaryFolder } from './storeFolder.ts';

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

const SNAPSHOT = snapshotOf({ id: 'run' });
const REFUSED = { ok: false, failure: { code: 'refused', message: 'Run run was taken up in another window or terminal.', retry: 'never' } };

function call(id: string, outcome = `{"of":"${id}"}`): JournalledCall {
  return { call: id, outcome, usage: { tokensIn: 100, tokensOut: 20, tokensCached: 5, estimated: false }, costUsd: 0.001, attempts: 2, finishedAt: 2_000 };
}

interface Opened {
  readonly store: RunStore;
  readonly calls: KeptCalls;
}

// The fake that stands for the journal in the engine's tests is held to the same.
const JOURNALS: readonly (readonly [name: string, open: () => Promise<Opened>])[] = [
  ['work.db', async () => {
    const { runs, calls } = await openIn(temporaryFolder());
    return { store: runs, calls };
  }],
  ['the memory fake', async () => {
    const store = memoryStore();
    return { store, calls: memoryCalls(store) };
  }],
];

describe.each(JOURNALS)('finished calls in %s', (_, open) => {
  const created = async (): Promise<Opened> => {
    const journal = await open();
    value(await journal.store.createRun(SNAPSHOT, '{}', 'first'));
    return journal;
  };

  it('are there as they were written, by their id', async () => {
    const { calls } = await created();
    value(await calls.append('run', 'first', [call('b'), call('a')]));
    value(await calls.append('run', 'first', [call('c')]));
    expect(value(await calls.load('run'))).toEqual({ finished: [call('a'), call('b'), call('c')], unfinished: 0 });
  });

  it('are loaded many at once', async () => {
    const { calls } = await created();
    const many = Array.from({ length: 700 }, (_one, n) => call(String(n).padStart(4, '0')));
    value(await calls.append('run', 'first', many));
    expect(value(await calls.load('run')).finished).toEqual(many);
  });

  it('are told from those that were begun only', async () => {
    const { calls } = await created();
    value(await calls.begin('run', 'first', ['a', 'b', 'c']));
    value(await calls.begin('run', 'first', ['c', 'd']));
    value(await calls.append('run', 'first', [call('b')]));
    expect(value(await calls.load('run'))).toEqual({ finished: [call('b')], unfinished: 3 });
  });

  it('replace one that failed', async () => {
    const { calls } = await created();
    value(await calls.append('run', 'first', [call('a', '{"failed":true}')]));
    value(await calls.append('run', 'first', [call('a')]));
    expect(value(await calls.load('run')).finished).toEqual([call('a')]);
  });

  it('are written by the owner alone', async () => {
    const { store, calls } = await created();
    value(await calls.append('run', 'first', [call('a')]));
    value(await store.claimRun(SNAPSHOT, 'second', { owner: 'first', heartbeatAt: 1 }, 5));
    expect(await calls.begin('run', 'first', ['b'])).toEqual(REFUSED);
    expect(await calls.append('run', 'first', [call('b')])).toEqual(REFUSED);
    value(await calls.append('run', 'second', [call('c')]));
    expect(value(await calls.load('run'))).toEqual({ finished: [call('a'), call('c')], unfinished: 0 });
    value(await store.endRun(SNAPSHOT, 'second'));
    expect(await calls.append('run', 'second', [call('d')])).toEqual(REFUSED);
  });

  it('are refused for one run and written for another at once', async () => {
    const { store, calls } = await created();
    value(await store.createRun(snapshotOf({ id: 'other' }), '{}', 'first'));
    const written = await Promise.all([
      calls.append('run', 'nobody', [call('a')]), calls.append('other', 'first', [call('b')]), calls.append('run', 'first', [call('c')]),
    ]);
    expect(written.map(({ ok }) => ok)).toEqual([false, true, true]);
    expect(value(await calls.load('run')).finished).toEqual([call('c')]);
    expect(value(await calls.load('other')).finished).toEqual([call('b')]);
  });

  it('that were begun are forgotten by who has taken the run up, and by nobody else', async () => {
    const { calls } = await created();
    value(await calls.begin('run', 'first', ['a', 'b']));
    expect(await calls.forgetBegun('run', 'other')).toEqual(REFUSED);
    expect(value(await calls.load('run')).unfinished).toBe(2);
    value(await calls.forgetBegun('run', 'first'));
    expect(value(await calls.load('run')).unfinished).toBe(0);
  });

  it('go with their run', async () => {
    const { store, calls } = await created();
    value(await calls.begin('run', 'first', ['b']));
    value(await calls.append('run', 'first', [call('a')]));
    value(await store.endRun(SNAPSHOT, 'first'));
    expect(value(await store.deleteRun('run', null))).toBe(true);
    expect(value(await calls.load('run'))).toEqual({ finished: [], unfinished: 0 });
  });
});

const paid = (costUsd: number): Metric => ({
  operation: 'verify', startedAt: 1, endedAt: 2, items: 0, calls: 1, tokensIn: 10, tokensOut: 1, tokensCached: 0, costUsd, estimated: false,
  meanConcurrency: 1, errors: 0, retries: 0, rateLimited: 0,
});

describe.each(JOURNALS)('attempts in %s', (_, open) => {
  const step = (name: string): JournalEntry => ({ step: name, ordinal: 0, value: '{}', finishedAt: 3_000 });
  const created = async (): Promise<RunStore> => {
    const { store } = await open();
    value(await store.createRun(SNAPSHOT, '{}', 'first'));
    return store;
  };

  it('are kept until a step counts them, also one that is written meanwhile', async () => {
    const store = await created();
    value(await store.addAttempt('run', 'first', 1, paid(0.1)));
    value(await store.addAttempt('run', 'first', 2, paid(0.2)));
    expect(value(await store.attempts('run'))).toEqual([paid(0.1), paid(0.2)]);
    value(await store.commitStep('run', 'first', step('a'), {}, SNAPSHOT));
    expect(value(await store.attempts('run'))).toEqual([paid(0.1), paid(0.2)]);
    const adding = [store.addAttempt('run', 'first', 3, paid(0.3)), store.addAttempt('run', 'first', 4, paid(0.4))];
    value(await store.commitStep('run', 'first', step('b'), { countedAttempts: 3 }, SNAPSHOT));
    for (const added of await Promise.all(adding)) value(added);
    expect(value(await store.attempts('run'))).toEqual([paid(0.4)]);
  });

  it('are kept before they go out, until it is known how they ended', async () => {
    const store = await created();
    const out = (unansweredUsd: number): Metric => ({ ...paid(0), unanswered: 1, unansweredUsd });
    value(await store.beginAttempt('run', 'first', 1, out(0.5)));
    value(await store.beginAttempt('run', 'first', 2, out(0.6)));
    value(await store.addAttempt('run', 'first', 1, paid(0.1), 2));
    expect(value(await store.attempts('run'))).toEqual([out(0.5), paid(0.1)]);
    value(await store.commitStep('run', 'first', step('a'), { countedAttempts: 1 }, SNAPSHOT));
    expect(value(await store.attempts('run'))).toEqual([out(0.5)]);
    expect(value(await store.claimRun(SNAPSHOT, 'second', value(await store.owner('run')), 5))).toBe(true);
    expect(value(await store.attempts('run'))).toEqual([]);
    expect(await store.beginAttempt('run', 'first', 3, out(0.7))).toEqual(REFUSED);
    value(await store.beginAttempt('run', 'second', 1, out(0.8)));
    value(await store.endRun(SNAPSHOT, 'second'));
    expect(value(await store.attempts('run'))).toEqual([]);
  });

  it('are counted by who takes the run up, and not where that is refused', async () => {
    const store = await created();
    value(await store.addAttempt('run', 'first', 1, paid(0.1)));
    expect(value(await store.claimRun(SNAPSHOT, 'second', { owner: 'other', heartbeatAt: 1 }, 5))).toBe(false);
    expect(value(await store.attempts('run'))).toEqual([paid(0.1)]);
    expect(value(await store.claimRun(SNAPSHOT, 'second', value(await store.owner('run')), 5))).toBe(true);
    expect(value(await store.attempts('run'))).toEqual([]);
    expect(await store.addAttempt('run', 'first', 2, paid(0.2))).toEqual(REFUSED);
    value(await store.addAttempt('run', 'second', 1, paid(0.3)));
    expect(value(await store.attempts('run'))).toEqual([paid(0.3)]);
    value(await store.endRun(SNAPSHOT, 'second'));
    expect(value(await store.attempts('run'))).toEqual([]);
  });
});

describe('finished calls', () => {
  it('are on disk, for the process that comes next', async () => {
    const folder = temporaryFolder();
    const stores = await openIn(folder);
    value(await stores.runs.createRun(SNAPSHOT, '{}', 'first'));
    value(await stores.calls.begin('run', 'first', ['b']));
    value(await stores.calls.append('run', 'first', [call('a')]));
    expect(value(await (await openIn(folder)).calls.load('run'))).toEqual({ finished: [call('a')], unfinished: 1 });
  });

  it('that wait when the store is closed are written', async () => {
    const folder = temporaryFolder();
    const stores = await openIn(folder);
    value(await stores.runs.createRun(SNAPSHOT, '{}', 'first'));
    const appending = stores.calls.append('run', 'first', [call('a')]);
    await stores.close();
    value(await appending);
    expect(value(await (await openIn(folder)).calls.load('run')).finished).toEqual([call('a')]);
  });

  const TROUBLES: readonly (readonly [name: string, words: string, after: string])[] = [
    ['takes no writes', 'query_only = ON', 'query_only = OFF'],
    // SQLite answers SQLITE_FULL to a write that needs another page, as on a full disk.
    ['is on a full disk', 'max_page_count = 1', 'max_page_count = 1000000'],
  ];
  for (const [name, begin, end] of TROUBLES) {
    it(`go on in memory, with all there are, when the file ${name}`, async () => {
      const folder = temporaryFolder();
      const stores = await openIn(folder);
      value(await stores.runs.createRun(SNAPSHOT, '{}', 'first'));
      value(await stores.calls.begin('run', 'first', ['b', 'c']));
      value(await stores.calls.append('run', 'first', [call('a')]));
      value(await stores.runs.addAttempt('run', 'first', 1, paid(0.1)));
      const connection = opened.get(join(folder, 'work.db')) as databases.Connection;
      connection.pragma(begin);
      const large = 'words '.repeat(10_000);
      const written = await Promise.all(['b', 'd', 'e'].map((id) => stores.calls.append('run', 'first', [call(id, large)])));
      connection.pragma(end);
      expect(written.map(({ ok }) => ok)).toEqual([true, true, true]);
      expect(stores.runs.isKept('run')).toBe(false);
      expect(stores.runs.status.mode).toBe('memory');
      value(await stores.calls.append('run', 'first', [call('f')]));
      value(await stores.runs.addAttempt('run', 'first', 2, paid(0.2)));
      expect(value(await stores.runs.attempts('run'))).toEqual([paid(0.1), paid(0.2)]);
      const { finished, unfinished } = value(await stores.calls.load('run'));
      expect(finished.map(({ call: id }) => id)).toEqual(['a', 'b', 'd', 'e', 'f']);
      expect(unfinished).toBe(1);
    });
  }

  it('are kept in memory where there is no store', async () => {
    const stores = await openIn('/dev/null/none');
    expect(stores.runs.status.mode).toBe('memory');
    value(await stores.runs.createRun(SNAPSHOT, '{}', 'first'));
    value(await stores.calls.append('run', 'first', [call('a')]));
    expect(value(await stores.calls.load('run')).finished).toEqual([call('a')]);
  });
});
