import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Budget } from '../../../server/src/engine/scheduling/budget.ts';

const never = (): AbortSignal => new AbortController().signal;

describe('a budget', () => {
  it('refuses what does not fit when nothing can give room back', async () => {
    expect(await new Budget(1, 0.9).reserve(0.2, never())).toBeNull();
  });

  it('refuses all once it has refused one: the run comes to rest', async () => {
    const budget = new Budget(1, 0);
    const first = await budget.reserve(0.9, never());
    const [large, small] = [budget.reserve(0.8, never()), budget.reserve(0.05, never())];
    first?.settle(0.9);
    expect(await large).toBeNull();
    expect(await small).toBeNull();
    expect(await budget.reserve(0.01, never())).toBeNull();
  });

  it('counts every attempt of a call, and refuses one that does not fit any more', async () => {
    const budget = new Budget(1, 0);
    const call = await budget.reserve(0.4, never());
    expect([call?.again(0.3), budget.spentUsd]).toEqual([true, 0.3]);
    // 0.6 is spent, and another attempt may cost 0.4: just as much as there is.
    expect([call?.again(0.3), budget.spentUsd]).toEqual([true, 0.6]);
    expect(call?.again(0.1)).toBe(false);
    call?.settle(0);
    expect(budget.spentUsd).toBeCloseTo(0.7);
    expect(await budget.reserve(0.01, never())).toBeNull();
  });

  it('lets everything pass where there is none', async () => {
    expect(await new Budget(null, 1_000).reserve(1_000, never())).not.toBeNull();
  });

  it('waits for calls that may cost less than they might', async () => {
    const budget = new Budget(1, 0);
    const first = await budget.reserve(0.8, never());
    const second = budget.reserve(0.5, never());
    first?.settle(0.1);
    expect(await second).not.toBeNull();
    expect(budget.spentUsd).toBe(0.1);
  });

  it('refuses who waited when the room did not come', async () => {
    const budget = new Budget(1, 0);
    const first = await budget.reserve(0.8, never());
    const second = budget.reserve(0.5, never());
    first?.settle(0.8);
    expect(await second).toBeNull();
  });

  it('lets a cancelled call go at once, and those behind it in', async () => {
    const budget = new Budget(1, 0);
    const first = await budget.reserve(0.5, never());
    const abort = new AbortController();
    const large = budget.reserve(0.9, abort.signal);
    const small = budget.reserve(0.4, never());
    abort.abort(new Error('Cancelled.'));
    await expect(large).rejects.toThrow('Cancelled.');
    expect(await small).not.toBeNull();
    first?.settle(0);
  });

  it('counts what may have been spent on calls whose answer was never seen', async () => {
    expect(await new Budget(1, 0.5, 0.4).reserve(0.2, never())).toBeNull();
    const budget = new Budget(1, 0.1);
    const first = await budget.reserve(0.3, never());
    expect(first?.again(0, 0.3)).toBe(true);
    first?.settle(0.1, 0.3);
    expect(budget.spentUsd).toBeCloseTo(0.2, 9);
    expect(budget.unseenUsd).toBeCloseTo(0.6, 9);
    expect(await budget.reserve(0.3, never())).toBeNull();
  });

  it('says that a reservation was settled twice', async () => {
    const reservation = await new Budget(null, 0).reserve(1, never());
    reservation?.settle(1);
    expect(() => reservation?.settle(1)).toThrow('twice');
  });

  it('is never gone over, whatever calls cost and in whatever order they end', async () => {
    const calls = fc.array(fc.record({ worst: fc.integer({ min: 1, max: 50 }), share: fc.double({ min: 0, max: 1, noNaN: true }), later: fc.boolean() }), { maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(calls, fc.integer({ min: 1, max: 200 }), async (list, limit) => {
        const budget = new Budget(limit, 0);
        const outcomes = list.map(async ({ worst, share, later }) => {
          const reservation = await budget.reserve(worst, never());
          if (reservation === null) return;
          if (later) await Promise.resolve();
          reservation.settle(worst * share);
          expect(budget.spentUsd).toBeLessThanOrEqual(limit + 0.001);
        });
        await Promise.all(outcomes);
      }),
    );
  });
});
