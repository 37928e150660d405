import { describe, expect, it } from 'vitest';
import type { CallFailure, CallResult } from '../../../server/src/engine/models/modelPort.ts';
import { createLimiter } from '../../../server/src/engine/scheduling/createLimiter.ts';
import { createMemoryAllowance } from '../../../server/src/engine/scheduling/memoryAllowance.ts';
import { VirtualTime } from '../../fakes/modelSimulator/virtualTime.ts';

const ANSWER: CallResult<string> = { ok: true, value: 'a', usage: { tokensIn: 60, tokensOut: 40, tokensCached: 0, estimated: false } };
const CALL_MS = 180_000;
const MINUTE_MS = 60_000;

/** One attempt: what comes, and after how many milliseconds; null never. */
type Reply = (attempt: number, now: number) => { readonly result: CallResult<string>; readonly ms: number } | null;
const failing = (code: CallFailure['code']): Reply => () => ({ result: { ok: false, failure: { code, message: 'It is broken.', retry: 'later' } }, ms: 5 });

/** All calls asked at once; when the last was settled, in milliseconds. */
async function asked(calls: number, reply: Reply, optional: boolean) {
  const time = new VirtualTime();
  const limiter = createLimiter({
    resource: 'm', clock: time, sleep: time.sleep, random: () => 0.5, allowance: createMemoryAllowance(),
    limits: { startConcurrency: 8, maxConcurrency: 8, requestsPerMinute: null, tokensPerMinute: null, requestsPerDay: null, callTimeoutMs: CALL_MS, maxAttempts: 6 },
  });
  let attempts = 0;
  const attempt = async (signal: AbortSignal): Promise<CallResult<string>> => {
    const came = reply(attempts++, time.monotonic());
    await time.sleep(came?.ms ?? 10 * CALL_MS, signal);
    return came?.result ?? ANSWER;
  };
  const results = await time.until(Promise.all(Array.from({ length: calls }, () =>
    limiter.run({ priority: 'batch', runId: 'run', expectedTokens: 100, attempt, ...(optional ? { optional } : {}) }, new AbortController().signal))));
  return { results, attempts, at: time.monotonic() };
}

describe('calls that nothing needs', () => {
  it.each([1, 3, 40])('%i of them are given up soon where the server fails, and say so once and for all', async (calls) => {
    const { results, attempts, at } = await asked(calls, failing('unreachable'), true);
    for (const result of results) {
      expect(result).toMatchObject({ ok: false, failure: { code: 'unreachable', everyCall: true, message: 'm failed again and again, and what it is asked is not needed, so that it is not waited for. It is broken.' } });
    }
    expect(at).toBeLessThan(20_000);
    expect(attempts).toBeLessThanOrEqual(12);
  });

  it('are waited for like others while the server answers some', async () => {
    const { results } = await asked(20, (attempt) => (attempt % 3 === 0 ? failing('unreachable')(attempt, 0) : { result: ANSWER, ms: 20 }), true);
    expect(results.every(({ ok }) => ok)).toBe(true);
  });

  it('are given up after some minutes of a server that takes no requests', async () => {
    expect((await asked(10, failing('rateLimited'), true)).at).toBeLessThan(3 * MINUTE_MS);
    expect((await asked(10, failing('rateLimited'), false)).at).toBeGreaterThan(10 * MINUTE_MS);
  });

  it.each([1, 20])('%i of them wait once for a server that never answers', async (calls) => {
    const { at, results } = await asked(calls, () => null, true);
    expect(results.some(({ ok }) => ok)).toBe(false);
    expect(at).toBeLessThanOrEqual(CALL_MS + 1_000);
  });
});

describe('calls to a server that takes them and never answers', () => {
  it.each([1, 2, 8, 40])('%i end, with what to do', async (calls) => {
    const { results, at } = await asked(calls, () => null, false);
    for (const result of results) expect(result).toMatchObject({ ok: false, failure: { message: expect.stringMatching(/did not answer in time\. See whether its server is at work and has room, or name another model\.$/u) } });
    expect(at).toBeLessThanOrEqual(2 * CALL_MS + 10_000);
  });

  it('are tried more often where it answers others', async () => {
    const { results, attempts } = await asked(12, (attempt) => (attempt < 3 ? null : { result: ANSWER, ms: 60_000 }), false);
    expect(results.every(({ ok }) => ok)).toBe(true);
    expect(attempts).toBe(15);
  });
});
