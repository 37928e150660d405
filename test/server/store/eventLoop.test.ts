import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { expect, it, onTestFinished, vi } from 'vitest';
import type * as databases from '../../../server/src/adapters/openDatabase.ts';
import { openDatabase } from '../../../server/src/adapters/openDatabase.ts';
import type { Stores } from '../../../server/src/adapters/openStores.ts';
import { snapshotOf } from '../lsp/fakeEngine.ts';
import { value } from '../../engine/runs/scenarios.ts';
import { answer } from './cacheFolder.ts';
import { callOf } from './killedCallsSpec.ts';
import { openIn, temporaryFolder } from './storeFolder.ts';

const LIMITS = { requestsPerMinute: 1_000, tokensPerMinute: 1_000_000, requestsPerDay: null };

const { tries } = vi.hoisted(() => ({ tries: { count: 0 } }));

// Everything a store writes begins a transaction, and is refused there.
vi.mock('../../../server/src/adapters/openDatabase.ts', async (importOriginal) => {
  const original = await importOriginal<typeof databases>();
  const openDatabase: typeof original.openDatabase = (file, options) => {
    const connection = original.openDatabase(file, options);
    const begin = connection.transaction.bind(connection);
    connection.transaction = ((work: () => unknown) => {
      const transaction = begin(work);
      return { immediate: () => {
        tries.count += 1;
        return transaction.immediate();
      } };
    }) as unknown as typeof connection.transaction;
    return connection;
  };
  return { ...original, openDatabase };
});

const writes: readonly (readonly [name: string, file: string, write: (stores: Stores) => Promise<unknown>])[] = [
  ['a run', 'work.db', async ({ runs }) => value(await runs.saveText('hash', 'text'))],
  ['a review', 'work.db', async ({ runs }) => value(await runs.reviews.write({ seen: 0, run: { run: 'run', workflow: 'crosswalk', documents: [] }, lines: [], states: new Map(), mark: 1 }))],
  ['a call', 'work.db', async ({ calls }) => value(await calls.begin('run', 'first', ['1']))],
  ['a finished call', 'work.db', async ({ calls }) => value(await calls.append('run', 'first', [callOf('1')]))],
  ['an answer', 'cache.db', ({ answers }) => answers.put([{ key: '1', value: answer('1') }])],
  ['a lease', 'limits.db', ({ allowance }) => allowance.lease('large', { requests: 1, tokens: 10 }, LIMITS, 1_000)],
];

// In this process, the other one gives the lock back only where the store that waits for it lets it have a turn.
it.each(writes)('goes on while %s waits for another that writes', async (_, file, write) => {
  const folder = temporaryFolder();
  const stores = await openIn(folder);
  value(await stores.runs.createRun(snapshotOf({ id: 'run' }), '{}', 'first'));
  const other = openDatabase(join(folder, file), { synchronous: 'NORMAL' });
  onTestFinished(() => void other.close());
  other.exec('BEGIN IMMEDIATE');
  tries.count = 0;
  let isWritten = false;
  const written = write(stores).then(() => (isWritten = true));
  while (tries.count < 3) await turn();
  expect(isWritten).toBe(false);
  other.exec('COMMIT');
  await written;
  expect(stores.warnings).toEqual([]);
});

it('no connection waits for a lock itself for longer than a turn may take', () => {
  const connection = openDatabase(join(temporaryFolder(), 'work.db'), { synchronous: 'FULL' });
  onTestFinished(() => void connection.close());
  expect(connection.pragma('busy_timeout', { simple: true })).toBeLessThanOrEqual(20);
});
