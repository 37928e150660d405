import { expect, test } from 'vitest';
import type { CallFailure, CallResult } from '../../../server/src/engine/models/modelPort.ts';
import { createLimiter } from '../../../server/src/engine/scheduling/createLimiter.ts';
import { createMemoryAllowance } from '../../../server/src/engine/scheduling/memoryAllowance.ts';
import { seeded } from '../../fakes/modelSimulator/seeded.ts';
import { VirtualTime } from '../../fakes/modelSimulator/virtualTime.ts';

const REFUSED: CallFailure = { code: 'unreachable', message: 'Nothing answers.', retry: 'later', notThere: true };
const ANSWER: CallResult<string> = { ok: true, value: 'a', usage: { tokensIn: 60, tokensOut: 40, tokensCached: 0, estimated: false } };

interface Settled {
  readonly result: CallResult<string> & { readonly attempts: number };
  readonly at: number;
}

/** A server of this machine that is there from `startsAt` on, and one call or many to it; `failure` before that. */
function world({ startsAt = Infinity, failure = REFUSED, seed = 7 } = {}) {
  const time = new VirtualTime();
  const random = seeded(seed);
  const limiter = createLimiter({
    resource: 'm', clock: time, sleep: time.sleep, random: () => random.next(), allowance: createMemoryAllowance(),
    limits: { startConcurrency: 8, maxConcurrency: 8, requestsPerMinute: null, tokensPerMinute: null, requestsPerDay: null, callTimeoutMs: 60_000, maxAttempts: 6 },
  });
  const attempt = async (signal: AbortSignal): Promise<CallResult<string>> => {
    await time.sleep(2, signal);
    return time.monotonic() < startsAt ? { ok: false, failure } : ANSWER;
  };
  const ask = (calls: number): Promise<readonly Settled[]> =>
    time.until(Promise.all(Array.from({ length: calls }, async (): Promise<Settled> => {
      const result = await limiter.run({ priority: 'batch', runId: 'run', expectedTokens: 100, attempt }, new AbortController().signal);
      return { result, at: time.monotonic() };
    })));
  return { time, ask };
}

const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8];

test.each(SEEDS)('where nothing listens, all calls fail after some seconds, with how to go on, seed %i', async (seed) => {
  const settled = await world({ seed }).ask(100);
  for (const { result, at } of settled) {
    expect(result).toMatchObject({ ok: false, failure: { ...REFUSED, everyCall: true } });
    expect(at).toBeGreaterThan(3_000);
    expect(at).toBeLessThan(7_000);
  }
  // What was out just then comes back a moment later.
  const times = settled.map(({ at }) => at);
  expect(Math.max(...times) - Math.min(...times)).toBeLessThan(10);
});

test.each(SEEDS)('one call alone is tried more than once, seed %i', async (seed) => {
  const [settled] = await world({ seed }).ask(1);
  expect(settled?.result).toMatchObject({ ok: false, failure: { everyCall: true } });
  expect(settled?.result.attempts).toBeGreaterThan(1);
  expect(settled?.at).toBeLessThan(12_000);
});

test('a server that is just starting is waited for', async () => {
  for (const { result } of await world({ startsAt: 2_500 }).ask(100)) expect(result.ok).toBe(true);
});

test('what is asked later is tried anew', async () => {
  const { time, ask } = world({ startsAt: 600_500 });
  expect((await ask(10)).every(({ result }) => !result.ok)).toBe(true);
  await time.until(time.sleep(600_000 - time.monotonic(), new AbortController().signal));
  expect((await ask(10)).every(({ result }) => result.ok)).toBe(true);
});

test('another server that refuses the connection is waited for, as in any outage', async () => {
  const { notThere: _, ...failure } = REFUSED;
  const settled = await world({ startsAt: 60_000, failure }).ask(20);
  expect(settled.filter(({ result }) => result.ok).length).toBeGreaterThan(10);
});
