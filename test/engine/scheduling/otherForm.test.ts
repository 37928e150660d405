import { expect, test } from 'vitest';
import type { CallFailure, CallResult } from '../../../server/src/engine/models/modelPort.ts';
import { createLimiter } from '../../../server/src/engine/scheduling/createLimiter.ts';
import { createMemoryAllowance } from '../../../server/src/engine/scheduling/memoryAllowance.ts';
import type { ResourceLimits } from '../../../server/src/engine/scheduling/limiterTypes.ts';
import { VirtualTime } from '../../fakes/modelSimulator/virtualTime.ts';

const REFUSED: CallFailure = { code: 'refused', message: 'The form is not taken.', retry: 'now', otherForm: true, retryAfterMs: 30_000 };
const ANSWER: CallResult<string> = { ok: true, value: 'a', usage: { tokensIn: 60, tokensOut: 40, tokensCached: 0, estimated: false } };
const MS = 100;

/** Calls whose first attempts, so many of each, are refused for their form; when each request went out, and how many were out then. */
async function asked(calls: number, refusals: number, limits: Partial<ResourceLimits>) {
  const time = new VirtualTime();
  const limiter = createLimiter({
    resource: 'm', clock: time, sleep: time.sleep, random: () => 0.9, allowance: createMemoryAllowance(),
    limits: { startConcurrency: 2, maxConcurrency: 2, requestsPerMinute: null, tokensPerMinute: null, requestsPerDay: null, callTimeoutMs: 60_000, maxAttempts: 6, ...limits },
  });
  const sent: number[] = [];
  let out = 0;
  let most = 0;
  const one = async (): Promise<CallResult<string>> => {
    let attempts = 0;
    return limiter.run({
      priority: 'batch', runId: 'run', expectedTokens: 100,
      attempt: async (signal): Promise<CallResult<string>> => {
        sent.push(time.monotonic());
        most = Math.max(most, ++out);
        await time.sleep(MS, signal);
        out -= 1;
        return attempts++ < refusals ? { ok: false, failure: REFUSED } : ANSWER;
      },
    }, new AbortController().signal);
  };
  const results = await time.until(Promise.all(Array.from({ length: calls }, one)));
  return { sent, most, results, breaker: limiter.snapshot().breaker, totals: limiter.totals() };
}

test('a request that was refused for its form goes out again at once, in a place of its own', async () => {
  const { sent, most, results } = await asked(2, 2, {});
  expect(results.every(({ ok }) => ok)).toBe(true);
  expect(sent).toEqual([0, 0, MS, MS, 2 * MS, 2 * MS]);
  expect(most).toBe(2);
});

test('each of its requests counts for the limits', async () => {
  const { sent, results } = await asked(4, 1, { requestsPerMinute: 5 });
  expect(results.every(({ ok }) => ok)).toBe(true);
  expect(sent).toHaveLength(8);
  expect(sent.filter((at) => at < 60_000)).toHaveLength(5);
});

test('it is no failure of the provider, and not tried forever', async () => {
  const { sent, results, breaker, totals } = await asked(20, Infinity, {});
  expect(sent).toHaveLength(20 * 6);
  expect(results.every((result) => !result.ok && result.failure.code === 'refused')).toBe(true);
  expect([breaker, totals.serverErrors, totals.rateLimited]).toEqual(['closed', 0, 0]);
});
