import { expect, test } from 'vitest';
import type { CallFailure } from '../../../server/src/engine/models/modelPort.ts';
import { AdaptiveConcurrency } from '../../../server/src/engine/scheduling/adaptiveConcurrency.ts';
import { canHeal, pauseBefore } from '../../../server/src/engine/scheduling/backoff.ts';
import { CircuitBreaker, LAST_PROBE_MS, OPENS_AFTER } from '../../../server/src/engine/scheduling/circuitBreaker.ts';
import { Pace } from '../../../server/src/engine/scheduling/pace.ts';

const problem = (failure: Partial<CallFailure>): CallFailure => ({ code: 'rateLimited', message: '', retry: 'later', ...failure });

test.each([
  { failure: problem({}), heals: true },
  { failure: problem({ code: 'unreachable' }), heals: true },
  { failure: problem({ code: 'timeout' }), heals: true },
  { failure: problem({ code: 'badAnswer', retry: 'now' }), heals: true },
  { failure: problem({ code: 'badAnswer', retry: 'never' }), heals: false },
  { failure: problem({ code: 'quota' }), heals: false },
  { failure: problem({ code: 'quota', retryAfterMs: 1 }), heals: true },
  { failure: problem({ code: 'refused', retry: 'now' }), heals: false },
  { failure: problem({ code: 'unauthorized' }), heals: false },
  { failure: problem({ code: 'tooLarge' }), heals: false },
  { failure: problem({ code: 'internal' }), heals: false },
])('$failure.code, $failure.retry: heals $heals', ({ failure, heals }) => expect(canHeal(failure)).toBe(heals));

test.each([
  { name: 'full jitter begins at nothing', failure: problem({}), attempts: 3, random: 0, least: 0, most: 0 },
  { name: 'and doubles', failure: problem({}), attempts: 3, random: 0.999, least: 3_900, most: 4_000 },
  { name: 'up to a cap', failure: problem({ code: 'unreachable' }), attempts: 30, random: 0.999, least: 29_000, most: 30_000 },
  { name: 'up to a lower one where one call shows whether it is over', failure: problem({}), attempts: 30, random: 0.999, least: 9_900, most: 10_000 },
  { name: 'what the provider asks for is never shortened', failure: problem({ retryAfterMs: 7_000 }), attempts: 1, random: 0, least: 7_000, most: 7_000 },
  { name: 'and hardly lengthened', failure: problem({ retryAfterMs: 7_000 }), attempts: 9, random: 0.999, least: 7_000, most: 7_250 },
])('$name', ({ failure, attempts, random, least, most }) => {
  const pause = pauseBefore(failure, attempts, () => random);
  expect(pause).toBeGreaterThanOrEqual(least);
  expect(pause).toBeLessThanOrEqual(most);
});

test('the breaker opens on errors in a row, probes, opens for longer, and closes on an answer', () => {
  const breaker = new CircuitBreaker(() => 0.5);
  for (let i = 1; i < OPENS_AFTER; i++) breaker.onServerError(0, false);
  breaker.onAnswer();
  for (let i = 1; i < OPENS_AFTER; i++) breaker.onServerError(0, false);
  expect(breaker.state).toBe('closed');
  breaker.onServerError(0, false);
  expect(breaker.state).toBe('open');
  const probeAt = breaker.mayCallAt(0);
  expect(probeAt).toBeGreaterThan(0);
  breaker.onSend(probeAt);
  expect(breaker.state).toBe('halfOpen');
  expect(breaker.mayCallAt(probeAt)).toBeGreaterThan(probeAt);
  breaker.onServerError(probeAt, true);
  const pauses = [breaker.mayCallAt(probeAt) - probeAt];
  for (let now = breaker.mayCallAt(probeAt); pauses.length < 6; now = breaker.mayCallAt(now)) {
    breaker.onSend(now);
    breaker.onServerError(now, true);
    pauses.push(breaker.mayCallAt(now) - now);
  }
  expect(pauses[0]).toBeGreaterThan(probeAt);
  expect(Math.max(...pauses)).toBeLessThanOrEqual(LAST_PROBE_MS);
  expect(breaker.downFor(60_000)).toBe(60_000);
  breaker.onAnswer();
  expect(breaker.state).toBe('closed');
  expect(breaker.mayCallAt(5)).toBe(5);
  expect(breaker.downFor(60_000)).toBe(0);
});

/** Lets calls go out and end one after the other up to the limit, with the latency a provider of that capacity gives them. */
function run(concurrency: AdaptiveConcurrency, calls: number, latencyAt: (limit: number) => number, now = 0): number {
  for (let i = 0; i < calls; i++) {
    const latencyMs = latencyAt(concurrency.limit);
    now += latencyMs / concurrency.limit;
    concurrency.onSuccess({ startedAt: now - latencyMs, inFlight: Math.min(i + 1, concurrency.limit), latencyMs, tokens: 100, atLimit: true }, now);
  }
  return now;
}

test('concurrency grows above its start and no further than it may', () => {
  const concurrency = new AdaptiveConcurrency(4, 50);
  run(concurrency, 200, () => 1_000);
  expect(concurrency.limit).toBe(50);
  expect(concurrency.isTooSmall).toBe(true);
});

test('it does not grow on calls that never filled it, nor after errors of the server', () => {
  const concurrency = new AdaptiveConcurrency(4, 50);
  concurrency.onSuccess({ startedAt: 0, inFlight: 2, latencyMs: 10, tokens: 1, atLimit: false }, 10);
  concurrency.onServerError(10);
  concurrency.onSuccess({ startedAt: 5, inFlight: 4, latencyMs: 10, tokens: 1, atLimit: true }, 15);
  expect(concurrency.limit).toBe(4);
});

test('it shrinks once for the calls of one refusal, comes back below the ceiling, and tries above it', () => {
  const concurrency = new AdaptiveConcurrency(4, 200);
  let now = run(concurrency, 48, () => 1_000);
  expect(concurrency.limit).toBe(100);
  for (const inFlight of [90, 91, 92]) concurrency.onRefused(now - 1, inFlight, now);
  expect(concurrency.limit).toBe(78);
  now = run(concurrency, 20, () => 1_000, now + 2_000);
  expect(concurrency.limit).toBe(89);
  run(concurrency, 2_000, () => 1_000, now + 2_000);
  expect(concurrency.limit).toBeGreaterThan(150);
});

test('latency that rises with the calls in flight shrinks it; latency that rises by itself does not', () => {
  const busy = new AdaptiveConcurrency(8, 100);
  run(busy, 6_000, (limit) => 1_000 * Math.max(1, limit / 20));
  expect(busy.limit).toBeLessThan(70);
  const drifting = new AdaptiveConcurrency(8, 64);
  const now = run(drifting, 1_000, () => 1_000);
  run(drifting, 1_000, () => 3_000, now);
  expect(drifting.limit).toBe(64);
});

test('one place too many costs one, and is tried again soon where there are few', () => {
  const concurrency = new AdaptiveConcurrency(8, 32);
  concurrency.onRefused(0, 4, 1);
  expect(concurrency.limit).toBe(3);
  run(concurrency, 20, () => 1_000, 2);
  expect(concurrency.limit).toBe(4);
});

test('calls that were not refused when another was show how many are borne', () => {
  const concurrency = new AdaptiveConcurrency(8, 32);
  // Eight go out at once, the second is the first to be refused; three are worked on.
  for (const inFlight of [2, 5, 6, 7, 8]) concurrency.onRefused(0, inFlight, 10);
  expect(concurrency.limit).toBe(1);
  for (const inFlight of [1, 3, 4]) concurrency.onSuccess({ startedAt: 0, inFlight, latencyMs: 900, tokens: 100, atLimit: false }, 900);
  expect(concurrency.limit).toBe(3);
});

test('calls far apart keep a distance that journeys of different length do not eat up', () => {
  const pace = new Pace();
  pace.setLimit(6, 0);
  let now = 0;
  const next = (): number => {
    now = pace.readyAt(1, now);
    pace.spend(1, now);
    return now;
  };
  for (let i = 0; i < 12; i++) next();
  const before = now;
  expect(next() - before).toBeCloseTo(10_000);
  // Refused at just its limit: the provider has room for one call, and this one was quicker than the one before.
  expect(pace.onRefused(now)).toBe(true);
  for (let i = 0; i < 200; i++) next();
  const later = now;
  expect(next() - later).toBeCloseTo(10_000 / 0.99);
});

test('a provider in which calls wait is told from a limit that is too small', () => {
  const waits = new AdaptiveConcurrency(8, 32);
  run(waits, 1_000, (limit) => 1_000 * Math.max(1, limit / 22));
  expect(waits.limit).toBe(32);
  expect(waits.isTooSmall).toBe(false);
});
