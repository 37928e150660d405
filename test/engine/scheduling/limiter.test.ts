import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { CallFailure, CallResult } from '../../../server/src/engine/models/modelPort.ts';
import { bindingVerdict } from '../../../server/src/engine/scheduling/binding.ts';
import { createLimiter, type LimiterOptions } from '../../../server/src/engine/scheduling/createLimiter.ts';
import { createMemoryAllowance } from '../../../server/src/engine/scheduling/memoryAllowance.ts';
import type { LimitedCall, ResourceLimits, SharedAllowance } from '../../../server/src/engine/scheduling/limiterTypes.ts';
import { VirtualTime } from '../../fakes/modelSimulator/virtualTime.ts';
import { seeded } from '../../fakes/modelSimulator/seeded.ts';

const LIMITS: ResourceLimits = {
  startConcurrency: 4, maxConcurrency: 4, requestsPerMinute: null, tokensPerMinute: null, requestsPerDay: null, callTimeoutMs: 60_000, maxAttempts: 4,
};
const never = new AbortController().signal;
const answer = (value: string): CallResult<string> => ({ ok: true, value, usage: { tokensIn: 60, tokensOut: 40, tokensCached: 0, estimated: false } });
const fails = (failure: Partial<CallFailure>): CallResult<string> => ({ ok: false, failure: { code: 'unreachable', message: '', retry: 'later', ...failure } });

function setUp(limits: Partial<ResourceLimits> = {}, more: Partial<LimiterOptions> = {}) {
  const time = new VirtualTime();
  const random = seeded(7);
  const limiter = createLimiter({
    resource: 'test model', limits: { ...LIMITS, ...limits }, clock: time, sleep: time.sleep, random: () => random.next(), allowance: createMemoryAllowance(), ...more,
  });
  const sent: { readonly name: string; readonly at: number }[] = [];
  /** A call that takes `ms` and then gives these results, one an attempt, the last for ever. */
  const call = (name: string, ms: number, results: readonly CallResult<string>[] = [answer(name)], rest: Partial<LimitedCall<string>> = {}): LimitedCall<string> => {
    let attempts = 0;
    return {
      priority: 'batch', runId: 'run', expectedTokens: 100,
      attempt: async (signal) => {
        sent.push({ name, at: time.monotonic() });
        const result = results[Math.min(attempts++, results.length - 1)]!;
        await time.sleep(ms, signal);
        return result;
      },
      ...rest,
    };
  };
  return { time, limiter, sent, call };
}

/** An allowance of which another process has just used all. */
async function usedUp(limits: Partial<ResourceLimits>): Promise<SharedAllowance> {
  const allowance = createMemoryAllowance();
  await allowance.lease('test model', { requests: 10, tokens: 1_000 }, { ...LIMITS, ...limits }, new VirtualTime().now());
  return allowance;
}

test('every call gets its own answer, whatever order they end in', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 9_000 }), { minLength: 1, maxLength: 40 }), async (durations) => {
      const { time, limiter, call } = setUp();
      const results = await time.until(Promise.all(durations.map((ms, i) => limiter.run(call(`${i}`, ms), never))));
      expect(results.map((result) => result.ok && result.value)).toEqual(durations.map((_, i) => `${i}`));
    }),
    { numRuns: 30 },
  );
});

test('aborting at any moment settles every call at once, and leaves no slot behind', async () => {
  const failing = fc.constantFrom('answer', 'unreachable', 'rateLimited');
  await fc.assert(
    fc.asyncProperty(fc.array(failing, { minLength: 1, maxLength: 12 }), fc.integer({ min: 0, max: 20_000 }), async (kinds, abortAt) => {
      const { time, limiter, call } = setUp({ requestsPerMinute: 30 });
      const abort = new AbortController();
      const settledAt: number[] = [];
      const runs = kinds.map(async (kind, i) => {
        const results = kind === 'answer' ? [answer('')] : [fails({ code: kind === 'rateLimited' ? 'rateLimited' : 'unreachable' }), answer('')];
        const result = await limiter.run(call(`${i}`, 4_000, results), abort.signal);
        settledAt.push(time.monotonic());
        return result;
      });
      time.at(abortAt, () => abort.abort());
      const results = await time.until(Promise.all(runs));
      for (const result of results) if (!result.ok) expect(result.failure.code).toBe('cancelled');
      expect(Math.max(...settledAt)).toBeLessThanOrEqual(Math.max(abortAt, 0));
      await time.until(limiter.run(call('after', 10), never));
      expect(limiter.snapshot()).toMatchObject({ inFlight: 0, waiting: 0 });
    }),
    { numRuns: 60 },
  );
});

test('a call in flight that ignores its signal is let go all the same, and its late answer is nobody\'s', async () => {
  const { time, limiter, call } = setUp({ maxConcurrency: 1 });
  const abort = new AbortController();
  const deaf = limiter.run({ ...call('deaf', 0), attempt: () => new Promise<CallResult<string>>((resolve) => time.at(9_000, () => resolve(answer('late')))) }, abort.signal);
  time.at(1_000, () => abort.abort());
  expect(await time.until(deaf)).toMatchObject({ ok: false, failure: { code: 'cancelled' }, attempts: 1 });
  expect(await time.until(limiter.run(call('next', 10), never))).toMatchObject({ ok: true, value: 'next' });
  expect(time.monotonic()).toBe(1_010);
  await time.pass(20_000);
  expect(limiter.totals()).toMatchObject({ succeeded: 1, failed: 1 });
});

test.each([
  { name: 'what heals is tried again', results: [fails({}), answer('b')], attempts: 2, ends: 'b' },
  { name: 'what cannot heal is not', results: [fails({ code: 'refused', retry: 'never' }), answer('b')], attempts: 1, ends: 'refused' },
  { name: 'a 4xx that says now is not', results: [fails({ code: 'unauthorized', retry: 'now' }), answer('b')], attempts: 1, ends: 'unauthorized' },
  { name: 'garbage may be better the next time', results: [fails({ code: 'badAnswer', retry: 'now' }), answer('b')], attempts: 2, ends: 'b' },
  { name: 'attempts come to an end, and the failure stays one', results: [fails({})], attempts: 4, ends: 'unreachable' },
  { name: 'those that are paid for garbage sooner', results: [fails({ code: 'badAnswer', retry: 'now' })], attempts: 3, ends: 'badAnswer' },
  { name: 'a spent account is not asked again', results: [fails({ code: 'quota' }), answer('b')], attempts: 1, ends: 'quota' },
])('$name', async ({ results, attempts, ends }) => {
  const { time, limiter, call } = setUp();
  const result = await time.until(limiter.run(call('a', 100, results), never));
  expect(result.attempts).toBe(attempts);
  expect(result.ok ? result.value : result.failure.code).toBe(ends);
});

test('refusals do not use up the attempts of a call, and what is refused again lets others go first', async () => {
  const { time, limiter, sent, call } = setUp({ maxConcurrency: 1, startConcurrency: 1 });
  const refused = fails({ code: 'rateLimited' });
  const often = limiter.run(call('often', 50, [...Array<CallResult<string>>(LIMITS.maxAttempts + 2).fill(refused), answer('often')]), never);
  const others = ['b', 'c'].map((name) => limiter.run(call(name, 50), never));
  expect(await time.until(Promise.all([often, ...others]))).toMatchObject([{ ok: true, value: 'often' }, { ok: true, value: 'b' }, { ok: true, value: 'c' }]);
  expect(sent.map(({ name }) => name).slice(0, 4)).toEqual(['often', 'often', 'b', 'c']);
});

test('a provider that refuses everything for a quarter of an hour fails what waits', async () => {
  const { time, limiter, sent, call } = setUp({ maxConcurrency: 1, startConcurrency: 1 });
  const results = await time.until(Promise.all(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j'].map((name) => limiter.run(call(name, 50, [fails({ code: 'rateLimited' })]), never))));
  for (const result of results) expect(result).toMatchObject({ ok: false, failure: { code: 'rateLimited' } });
  expect(time.monotonic()).toBeLessThan(20 * 60_000);
  expect(sent.length).toBeLessThan(240);
});

test('a small call uses the tokens that are too few for the large one before it, which is not held up by more than its own size', async () => {
  const { time, limiter, sent, call } = setUp({ maxConcurrency: 10, startConcurrency: 10, tokensPerMinute: 1_000 });
  const used = (tokens: number) => ({ expectedTokens: tokens, attempt: async (): Promise<CallResult<string>> => ({ ok: true, value: '', usage: { tokensIn: tokens, tokensOut: 0, tokensCached: 0, estimated: false } }) });
  const named = (name: string, tokens: number): LimitedCall<string> => {
    const { expectedTokens, attempt } = used(tokens);
    return call(name, 0, [], { expectedTokens, attempt: () => {
      sent.push({ name, at: time.monotonic() });
      return attempt();
    } });
  };
  const calls = [named('first', 700), named('large', 600), ...Array.from({ length: 12 }, (_, n) => named(`small ${n}`, 100))];
  await time.until(Promise.all(calls.map((one) => limiter.run(one, never))));
  const at = (name: string): number => sent.find((one) => one.name === name)?.at ?? NaN;
  expect(at('small 0')).toBeLessThan(1_000);
  // What the first used is free again after a minute; small ones in between would put it off for ever.
  expect(at('large')).toBeLessThan(125_000);
  const before = sent.slice(0, sent.findIndex(({ name }) => name === 'large')).filter(({ name }) => name.startsWith('small'));
  expect(before.length).toBeLessThanOrEqual(6);
  expect(sent.length).toBe(calls.length);
});

test('what an attempt throws is a failure, never an answer', async () => {
  const { time, limiter, call } = setUp();
  const thrown = await time.until(limiter.run({ ...call('a', 1), attempt: () => Promise.reject(new Error('broken')) }, never));
  expect(thrown).toMatchObject({ ok: false, failure: { code: 'internal', message: 'broken' }, attempts: 1 });
  const atOnce = await time.until(limiter.run({ ...call('a', 1), attempt: () => { throw new Error('at once'); } }, never));
  expect(atOnce).toMatchObject({ ok: false, failure: { code: 'internal', message: 'at once' } });
});

test('Retry-After holds back every call of the model, and is not shortened', async () => {
  const { time, limiter, call, sent } = setUp({ maxConcurrency: 2 });
  const runs = [limiter.run(call('a', 100, [fails({ code: 'rateLimited', retryAfterMs: 7_000 }), answer('a')]), never), limiter.run(call('b', 150), never)];
  time.at(500, () => runs.push(limiter.run(call('c', 100), never)));
  await time.pass(600);
  await time.until(Promise.all(runs));
  expect(sent.map(({ name }) => name)).toEqual(['a', 'b', 'a', 'c']);
  expect(sent[2]!.at).toBeGreaterThanOrEqual(7_100);
  expect(sent[2]!.at).toBeLessThan(7_400);
});

test('a call that hangs ends as a timeout and is tried again; one with a deadline is given up then', async () => {
  const { time, limiter, call } = setUp({ callTimeoutMs: 5_000, maxAttempts: 2 });
  const hanging = await time.until(limiter.run(call('hangs', 1e9), never));
  expect(hanging).toMatchObject({ ok: false, failure: { code: 'timeout' }, attempts: 2 });
  const from = time.monotonic();
  const late = await time.until(limiter.run(call('late', 1e9, undefined, { deadline: from + 700 }), never));
  expect(late).toMatchObject({ ok: false, failure: { code: 'timeout' }, attempts: 1 });
  expect(time.monotonic()).toBe(from + 700);
  expect(await limiter.run(call('past', 1, undefined, { deadline: 0 }), never)).toMatchObject({ ok: false, failure: { code: 'timeout' }, attempts: 0 });
});

test('interactive calls overtake batch calls, and runs take turns', async () => {
  const { time, limiter, call, sent } = setUp({ startConcurrency: 1, maxConcurrency: 1 });
  const runs = ['a1', 'a2', 'a3', 'b1', 'b2'].map((name) => limiter.run(call(name, 100, undefined, { runId: name[0]! }), never));
  runs.push(limiter.run(call('now', 100, undefined, { priority: 'interactive' }), never));
  await time.until(Promise.all(runs));
  expect(sent.map(({ name }) => name)).toEqual(['a1', 'now', 'a2', 'b1', 'a3', 'b2']);
});

test('an attempt that asks the same limiter is refused, so that slots cannot wait for one another', async () => {
  const { time, limiter, call } = setUp({ startConcurrency: 1, maxConcurrency: 1 });
  const nested = { ...call('outer', 0), attempt: async (signal: AbortSignal) => { await time.sleep(5, signal); return limiter.run(call('inner', 5), signal); } };
  expect(await time.until(limiter.run(nested, never))).toMatchObject({ ok: false, failure: { code: 'internal', retry: 'never' }, attempts: 1 });
  const hidden = { ...call('outer', 0), attempt: () => limiter.run(call('inner', 5), never) };
  expect(await time.until(limiter.run(hidden, never))).toMatchObject({ ok: false, failure: { code: 'internal' }, attempts: 1 });
});

test('no 60 seconds hold more requests or tokens than the limits, over two limiters of one key', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 20, max: 90 }), fc.integer({ min: 3_000, max: 9_000 }), fc.integer({ min: 5, max: 20_000 }), async (requestsPerMinute, tokensPerMinute, ms) => {
      const allowance = createMemoryAllowance();
      const { time, limiter, sent, call } = setUp({ requestsPerMinute, tokensPerMinute, startConcurrency: 16, maxConcurrency: 32 }, { allowance });
      const random = seeded(ms);
      const other = createLimiter({
        resource: 'test model', limits: { ...LIMITS, requestsPerMinute, tokensPerMinute, startConcurrency: 16, maxConcurrency: 32 },
        clock: time, sleep: time.sleep, random: () => random.next(), allowance,
      });
      await time.until(Promise.all(Array.from({ length: 200 }, (_, i) => (i % 2 === 0 ? limiter : other).run(call(`${i}`, ms), never))));
      for (const { at } of sent) {
        const within = sent.filter((other) => other.at >= at && other.at < at + 60_000).length;
        expect(within).toBeLessThanOrEqual(requestsPerMinute);
        expect(within * 100).toBeLessThanOrEqual(tokensPerMinute);
      }
    }),
    { numRuns: 6 },
  );
});

test.each([['tokensPerMinute', { tokensPerMinute: 1_000 }], ['requestsPerMinute', { requestsPerMinute: 10 }]] as const)('where others have used up the %s, that is what limits', async (binding, limits) => {
  const { time, limiter, call } = setUp(limits, { allowance: await usedUp(limits) });
  await time.until(limiter.run(call('a', 10), never));
  const held = Object.entries(limiter.totals().heldMs).filter(([, ms]) => ms > 1_000);
  expect(held.map(([by]) => by)).toEqual([binding]);
});

test('limits said by the provider are kept to; a higher one than the settings is not', async () => {
  const told = setUp({ startConcurrency: 8, maxConcurrency: 8 });
  const hinted = { ...answer('a'), hints: { requestsPerMinute: 20, requestsRemaining: 19 } } as CallResult<string>;
  await told.time.until(Promise.all(Array.from({ length: 60 }, () => told.limiter.run(told.call('a', 1_000, [hinted]), never))));
  expect(told.limiter.snapshot().requestsPerMinute).toBe(20);
  expect(told.time.monotonic()).toBeGreaterThan(100_000);
  const set = setUp({ requestsPerMinute: 10 });
  await set.time.until(set.limiter.run(set.call('a', 1_000, [hinted]), never));
  expect(set.limiter.snapshot().requestsPerMinute).toBe(10);
});

test('a provider that is down is probed, not stormed; a long outage ends as a failure', async () => {
  const { time, limiter, call, sent } = setUp({ maxAttempts: 1_000 });
  const runs = Promise.all(Array.from({ length: 40 }, (_, i) => limiter.run(call(`${i}`, 50, [fails({ message: 'Nothing answers there.' })]), never)));
  await time.pass(60_000);
  expect(limiter.snapshot().breaker).not.toBe('closed');
  expect(sent.length).toBeLessThan(60);
  const results = await time.until(runs);
  for (const result of results) expect(result).toMatchObject({ ok: false, failure: { code: 'unreachable' } });
  expect(results.at(-1)).toMatchObject({ failure: { message: 'test model has not answered for five minutes. Nothing answers there.' } });
  expect(time.monotonic()).toBeLessThan(6 * 60_000);
});

test('a spent day fails what waits with quota, unless it is over soon', async () => {
  const spent = setUp({ requestsPerDay: 3 });
  const results = await spent.time.until(Promise.all(Array.from({ length: 5 }, () => spent.limiter.run(spent.call('a', 10), never))));
  expect(results.map((result) => (result.ok ? 'ok' : result.failure.code))).toEqual(['ok', 'ok', 'ok', 'quota', 'quota']);
  expect(results.at(-1)).toMatchObject({ failure: { message: 'Today\'s requests to test model are used up. Wait until they are back.' } });
  const waits = setUp({ requestsPerDay: 3 }, { quotaWaitMs: Infinity });
  const all = await waits.time.until(Promise.all(Array.from({ length: 5 }, () => waits.limiter.run(waits.call('a', 10), never))));
  expect(all.every((result) => result.ok)).toBe(true);
  expect(waits.time.now()).toBeGreaterThanOrEqual(Date.UTC(2026, 0, 6));
});

test.each([[3_600_001, ['a'], 'rateLimited'], [3_600_000, ['a', 'a', 'b', 'c'], 'ok']])('of a server that asks to be left alone for %i ms, %j are sent', async (retryAfterMs, names, end) => {
  const { time, limiter, sent, call } = setUp({ startConcurrency: 1, maxConcurrency: 1 });
  const refusal = fails({ code: 'rateLimited', retry: 'later', retryAfterMs });
  const results = await time.until(Promise.all(['a', 'b', 'c'].map((name) => limiter.run(call(name, 10, name === 'a' ? [refusal, answer(name)] : [answer(name)]), never))));
  expect(sent.map(({ name }) => name)).toEqual(names);
  expect(results.map((result) => (result.ok ? 'ok' : result.failure.code))).toEqual(['a', 'b', 'c'].map(() => end));
  // Who asks later is not held back by it.
  const before = time.now();
  await time.until(limiter.run(call('later', 10), never));
  expect(time.now() - before).toBeLessThan(60_000);
});

test('what waits for a model that is not there fails with the call that found out', async () => {
  const { time, limiter, sent, call } = setUp({ startConcurrency: 1, maxConcurrency: 1 });
  const gone = fails({ code: 'refused', retry: 'never', everyCall: true });
  const results = await time.until(Promise.all(['a', 'b', 'c'].map((name) => limiter.run(call(name, 10, [gone]), never))));
  expect(results.every((result) => !result.ok && result.failure.code === 'refused')).toBe(true);
  expect(sent.map(({ name }) => name)).toEqual(['a']);
});

test('an allowance that cannot be had is done without, and said', async () => {
  const broken: SharedAllowance = { lease: () => Promise.reject(new Error('busy')), correct: () => Promise.reject(new Error('busy')) };
  const events: string[] = [];
  const { time, limiter, call, sent } = setUp({ requestsPerMinute: 5 }, { allowance: broken, onEvent: ({ kind }) => events.push(kind) });
  await time.until(Promise.all(Array.from({ length: 8 }, (_, i) => limiter.run(call(`${i}`, 10), never))));
  expect(events).toContain('allowanceUnavailable');
  expect(sent.filter(({ at }) => at < 60_000)).toHaveLength(5);
});

test.each([[4, 'concurrency'], [3, 'demand']])('who keeps %i of 4 calls out, one after the other, is told that %s limits the speed', async (lanes, binding) => {
  const { time, limiter, call } = setUp();
  const lane = async (): Promise<void> => {
    for (let n = 0; n < 20; n += 1) await limiter.run(call('next', 500), never);
  };
  await time.until(Promise.all(Array.from({ length: lanes }, lane)));
  expect(bindingVerdict(limiter.totals()).binding).toBe(binding);
});
