import { describe, expect, it } from 'vitest';
import type { CallFailure, CallResult } from '../../../server/src/engine/models/modelPort.ts';
import { createLimiter } from '../../../server/src/engine/scheduling/createLimiter.ts';
import { createMemoryAllowance } from '../../../server/src/engine/scheduling/memoryAllowance.ts';
import { VirtualTime } from '../../fakes/modelSimulator/virtualTime.ts';

const ANSWER: CallResult<string> = { ok: true, value: 'a', usage: { tokensIn: 60, tokensOut: 40, tokensCached: 0, estimated: false } };
const failing = (failure: Partial<CallFailure>): CallResult<string> => ({ ok: false, failure: { code: 'unreachable', message: '', retry: 'later', ...failure } });

interface Reply {
  readonly result: CallResult<string>;
  /** Milliseconds it takes. */
  readonly ms: number;
}

/** What is told, with the second it was told at, while one call after another is answered by `reply`. */
async function told(calls: number, reply: (now: number) => Reply, { sideBySide = 1 } = {}) {
  const time = new VirtualTime();
  const limiter = createLimiter({
    resource: 'm', clock: time, sleep: time.sleep, random: () => 0.5, allowance: createMemoryAllowance(),
    limits: { startConcurrency: sideBySide, maxConcurrency: sideBySide, requestsPerMinute: null, tokensPerMinute: null, requestsPerDay: null, callTimeoutMs: 180_000, maxAttempts: 50 },
  });
  const words: string[] = [];
  const start = time.monotonic();
  limiter.onWaiting((one) => words.push(`${Math.round((time.monotonic() - start) / 1_000)}: ${one ?? 'over'}`));
  const attempt = async (signal: AbortSignal): Promise<CallResult<string>> => {
    const { result, ms } = reply(time.monotonic() - start);
    await time.sleep(ms, signal);
    return result;
  };
  const abort = new AbortController();
  const done = Promise.all(Array.from({ length: calls }, () => limiter.run({ priority: 'batch', runId: 'run', expectedTokens: 10, attempt }, abort.signal)));
  await time.until(done);
  return { words, results: await done, at: time.monotonic() - start };
}

describe('what a limiter waits for', () => {
  it('is nothing while calls are answered, also where one in three is not', async () => {
    let calls = 0;
    const { words, at } = await told(60, () => ({ result: calls++ % 3 === 0 ? failing({}) : ANSWER, ms: 900 }), { sideBySide: 4 });
    expect(at).toBeGreaterThan(10_000);
    expect(words).toEqual([]);
  });

  it('is told after some seconds of a server that does not answer, and over with its first answer', async () => {
    let answeredAt = Infinity;
    const { words } = await told(3, (now) => {
      if (now < 12_000) return { result: failing({}), ms: 10 };
      answeredAt = Math.min(answeredAt, now + 3_500);
      return { result: ANSWER, ms: 3_500 };
    });
    expect(words[0]).toMatch(/^5: Waiting: the server does not answer \(\d+ attempts\)$/);
    expect(words[1]).toMatch(/^10: Waiting: the server does not answer \(\d+ attempts\)$/);
    expect(words.filter((one) => one.endsWith(': over'))).toEqual([`${Math.round(answeredAt / 1_000)}: over`]);
    expect(words.at(-1)).toMatch(/: over$/);
  });

  it('is told with the time of the next attempt where the server names one', async () => {
    const { words } = await told(1, (now) => ({ result: now < 20_000 ? failing({ code: 'rateLimited', retryAfterMs: 22_000 }) : ANSWER, ms: 10 }));
    expect(words).toEqual([...[[5, 17], [10, 12], [15, 7], [20, 2]].map(([at, left]) => `${at}: Waiting: the server takes no more requests for now (next attempt in ${left} s)`), '22: over']);
  });

  it('is told in minutes where it takes long', async () => {
    const { words } = await told(1, (now) => ({ result: now < 300_000 ? failing({ code: 'rateLimited', retryAfterMs: 300_000 }) : ANSWER, ms: 10 }));
    expect(words[0]).toBe('5: Waiting: the server takes no more requests for now (next attempt in 5 min)');
  });

  it('is told of a server that says nothing, and not before models are usually done', async () => {
    const { words } = await told(1, () => ({ result: ANSWER, ms: 42_000 }));
    expect(words).toEqual(['30: Waiting: no answer for 30 s (a call is given up after 3 min)', '35: Waiting: no answer for 35 s (a call is given up after 3 min)', '40: Waiting: no answer for 40 s (a call is given up after 3 min)', '42: over']);
    expect((await told(4, () => ({ result: ANSWER, ms: 25_000 }))).words).toEqual([]);
  });

  it('is over where the calls are given up', async () => {
    const { words, results } = await told(2, () => ({ result: failing({}), ms: 10 }));
    expect(results.every(({ ok }) => !ok)).toBe(true);
    expect(words.at(-1)).toMatch(/: over$/);
    expect(words.filter((one) => one.endsWith(': over'))).toHaveLength(1);
  });

  it('is told to nobody who has left', async () => {
    const time = new VirtualTime();
    const limiter = createLimiter({
      resource: 'm', clock: time, sleep: time.sleep, random: () => 0.5, allowance: createMemoryAllowance(),
      limits: { startConcurrency: 1, maxConcurrency: 1, requestsPerMinute: null, tokensPerMinute: null, requestsPerDay: null, callTimeoutMs: 180_000, maxAttempts: 50 },
    });
    const [heard, left]: [string[], string[]] = [[], []];
    limiter.onWaiting((words) => heard.push(words ?? 'over'));
    limiter.onWaiting((words) => left.push(words ?? 'over'))();
    await time.until(limiter.run({ priority: 'batch', runId: 'run', expectedTokens: 10, attempt: async (signal) => {
      await time.sleep(32_000, signal);
      return ANSWER;
    } }, new AbortController().signal));
    expect([heard, left]).toEqual([['Waiting: no answer for 30 s (a call is given up after 3 min)', 'over'], []]);
  });
});
