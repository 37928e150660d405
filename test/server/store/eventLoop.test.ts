import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import type * as databases from '../../../server/src/adapters/openDatabase.ts';
import { value } from '../../engine/runs/scenarios.ts';
import { snapshotOf } from '../lsp/fakeEngine.ts';
import { answer } from './cacheFolder.ts';
import { callOf } from './killedCallsSpec.ts';
import { Blocking, withSecondWriter } from './secondWriter.ts';
import { openIn, temporaryFolder } from './storeFolder.ts';

const { busy } = vi.hoisted(() => ({ busy: { during: <T>(work: () => T): T => work() } }));

// Everything a store does with SQLite begins a transaction: what it waits for the lock, it waits there, blocking.
vi.mock('../../../server/src/adapters/openDatabase.ts', async (importOriginal) => {
  const original = await importOriginal<typeof databases>();
  const openDatabase: typeof original.openDatabase = (file, options) => {
    const connection = original.openDatabase(file, options);
    const begin = connection.transaction.bind(connection);
    connection.transaction = ((work: () => unknown) => {
      const transaction = begin(work);
      return Object.assign(() => busy.during(() => transaction()), { ...transaction, immediate: () => busy.during(() => transaction.immediate()) });
    }) as typeof connection.transaction;
    return connection;
  };
  return { ...original, openDatabase };
});

/** What the editor can stand: more is felt while typing. Milliseconds. */
const MAX_BLOCKED_MS = 25;
/** A machine that is busy with something else measures that; a store that waits for a lock does so in every round. */
const ROUNDS = 8;

describe('the event loop', () => {
  it('is never kept for more than 25 ms by the stores while another process writes', async () => {
    const folder = temporaryFolder();
    const stores = await openIn(folder);
    value(await stores.runs.createRun(snapshotOf({ id: 'run' }), '{}', 'first'));
    const files = ['work.db', 'cache.db', 'limits.db'].map((name) => join(folder, name));
    const limits = { requestsPerMinute: 1_000, tokensPerMinute: 1_000_000, requestsPerDay: null };
    const longest: number[] = [];
    await withSecondWriter({ files, heldMs: 60, freeMs: 5 }, async () => {
      for (let round = 0; round < ROUNDS && !longest.some((ms) => ms <= MAX_BLOCKED_MS); round += 1) {
        const blocking = new Blocking();
        busy.during = (work) => blocking.measure(work);
        const calls = Array.from({ length: 6 }, (_, n) => String(round * 10 + n));
        await Promise.all(
          calls.map(async (call) => {
            expect((await stores.allowance.lease('large', { requests: 1, tokens: 10 }, limits, 1_000)).granted).toEqual({ requests: 1, tokens: 10 });
            value(await stores.calls.begin('run', 'first', [call]));
            await stores.answers.put([{ key: call, value: answer(call) }]);
            value(await stores.calls.append('run', 'first', [callOf(call)]));
            expect(await stores.answers.get([call])).toEqual([answer(call)]);
          }),
        );
        longest.push(blocking.longest);
      }
    });
    expect(Math.min(...longest)).toBeGreaterThan(0);
    expect(Math.min(...longest)).toBeLessThanOrEqual(MAX_BLOCKED_MS);
    expect(stores.warnings).toEqual([]);
  });
});
