import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createMemoryAllowance, LEASE_MS } from '../../../server/src/engine/scheduling/memoryAllowance.ts';
import { RateWindow } from '../../../server/src/engine/scheduling/rateWindow.ts';

const MINUTE = 60_000;

test('no 60 seconds ever hold more than the limit, wherever they begin', () => {
  const steps = fc.array(fc.record({ pause: fc.integer({ min: 0, max: 20_000 }), amount: fc.integer({ min: 1, max: 30 }) }), { maxLength: 200 });
  fc.assert(
    fc.property(steps, fc.integer({ min: 30, max: 60 }), (drawn, limit) => {
      const window = new RateWindow(MINUTE, 50);
      const spent: { at: number; amount: number }[] = [];
      let now = 1_000;
      for (const { pause, amount } of drawn) {
        now += pause;
        if (window.freeAt(amount, limit, now) !== now) continue;
        window.add(amount, now);
        spent.push({ at: now, amount });
      }
      for (const { at } of spent) {
        expect(spent.reduce((sum, other) => (other.at >= at && other.at < at + MINUTE ? sum + other.amount : sum), 0)).toBeLessThanOrEqual(limit);
      }
    }),
  );
});

test('what is told to be free then is free then, and not long before', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 5_000 }), { minLength: 1, maxLength: 60 }), (pauses) => {
      const window = new RateWindow(MINUTE, 50);
      let now = 0;
      for (const pause of pauses) {
        now += pause;
        const at = window.freeAt(1, 10, now)!;
        if (at > now + 1) expect(window.freeAt(1, 10, at - 51)).toBeGreaterThan(at - 51);
        now = at;
        expect(window.freeAt(1, 10, now)).toBe(now);
        window.add(1, now);
      }
    }),
  );
});

test.each([
  { name: 'what is given back is free at once', by: -4, at: 100, asked: 200, spent: 6 },
  { name: 'more than was spent then cannot be given back', by: -40, at: 100, asked: 200, spent: 0 },
  { name: 'more may turn out to have been used', by: 3, at: 100, asked: 200, spent: 13 },
  { name: 'what has left the window is not given back again', by: -4, at: 100, asked: 70_000, spent: 0 },
])('$name', ({ by, at, asked, spent }) => {
  const window = new RateWindow(MINUTE, 50);
  window.add(10, 100);
  window.correct(by, at);
  expect(window.spent(asked)).toBe(spent);
});

test('a wall clock that is set back keeps what was spent, for a minute and not for longer', () => {
  const window = new RateWindow(MINUTE, 50);
  window.add(10, 3_600_000);
  expect(window.spent(1_000)).toBe(10);
  expect(window.spent(1_000 + MINUTE + 50)).toBe(0);
});

test('two limiters share one allowance; a day is over at midnight UTC', async () => {
  const allowance = createMemoryAllowance();
  const noon = Date.UTC(2026, 0, 5, 12);
  const limits = { requestsPerMinute: 10, tokensPerMinute: 1_000, requestsPerDay: 12 };
  const lease = (requests: number, tokens: number, now: number) => allowance.lease('model', { requests, tokens }, limits, now);
  expect(await lease(6, 600, noon)).toEqual({ granted: { requests: 6, tokens: 600 }, retryAt: null });
  const short = await lease(6, 600, noon + 10);
  expect(short.granted).toEqual({ requests: 4, tokens: 400 });
  expect(short.retryAt! - noon).toBeGreaterThanOrEqual(MINUTE + LEASE_MS);
  await allowance.correct('model', { requests: 0, tokens: -300 }, noon + 20, noon);
  expect((await lease(1, 100, short.retryAt!)).granted.requests).toBe(1);
  const late = await lease(5, 100, noon + 3 * MINUTE);
  expect(late.granted.requests).toBe(1);
  expect(late.retryAt).toBe(Date.UTC(2026, 0, 6));
  expect((await lease(5, 100, Date.UTC(2026, 0, 6))).granted.requests).toBe(5);
});
