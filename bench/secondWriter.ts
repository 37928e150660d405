import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { openStores } from '../server/src/adapters/openStores.ts';
import type { Result } from '../shared/failure.ts';
import { snapshotOf } from '../test/server/lsp/fakeEngine.ts';
import { answer } from '../test/server/store/cacheFolder.ts';
import { callOf } from '../test/server/store/killedCallsSpec.ts';
import { withSecondWriter } from '../test/server/store/secondWriter.ts';
import { report } from './benches.ts';

// The longest the event loop is kept while the stores write and another process holds the locks of their files most of the
// time. Baseline beside it: the same work with nobody else at the files.

const ROUNDS = 12;
const CALLS = 6;
const LIMITS = { requestsPerMinute: 100_000, tokensPerMinute: 100_000_000, requestsPerDay: null };
const NANOSECONDS = 1e6;

const folder = mkdtempSync(join(tmpdir(), 'collate-bench-'));
const quiet = () => undefined;
const stores = await openStores({ folder, log: { debug: quiet, info: quiet, warn: quiet, error: quiet } });

function done<T>(result: Result<T>): void {
  if (!result.ok) throw new Error(result.failure.message);
}

/** The longest delay of each round, in milliseconds. */
async function rounds(first: number): Promise<readonly number[]> {
  const longest: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const delay = monitorEventLoopDelay({ resolution: 1 });
    delay.enable();
    await Promise.all(Array.from({ length: CALLS }, async (_, n) => {
      const call = String(first + round * CALLS + n);
      await stores.allowance.lease('large', { requests: 1, tokens: 10 }, LIMITS, 1_000);
      done(await stores.calls.begin('run', 'first', [call]));
      await stores.answers.put([{ key: call, value: answer(call) }]);
      done(await stores.calls.append('run', 'first', [callOf(call)]));
      await stores.answers.get([call]);
    }));
    delay.disable();
    longest.push(delay.max / NANOSECONDS);
  }
  return longest.sort((a, b) => a - b);
}

try {
  done(await stores.runs.createRun(snapshotOf({ id: 'run' }), '{}', 'first'));
  const alone = await rounds(0);
  const files = ['work.db', 'cache.db', 'limits.db'].map((name) => join(folder, name));
  const beside = await withSecondWriter({ files, heldMs: 60, freeMs: 5 }, () => rounds(ROUNDS * CALLS));
  const told = (sorted: readonly number[]): string => `${(sorted[0] ?? 0).toFixed(0)} to ${(sorted.at(-1) ?? 0).toFixed(0)} ms, half of them below ${(sorted[ROUNDS / 2] ?? 0).toFixed(0)} ms`;
  // What the machine does besides makes single rounds longer, never shorter.
  report((beside[0] ?? 0) / 1_000, `the event loop's longest delay in each of ${String(ROUNDS)} rounds: ${told(beside)}; with no second writer ${told(alone)}`);
} finally {
  await stores.close();
  rmSync(folder, { recursive: true, force: true });
}
