import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planBatches } from '../../../server/src/engine/models/batchPlan.ts';
import { itemIds } from '../../../server/src/engine/models/itemIds.ts';

const LIMITS = { tokens: 10, items: 3 };

describe('items in batches', () => {
  it.each<[name: string, tokens: readonly number[], batches: readonly (readonly number[])[]]>([
    ['none', [], []],
    ['that fit', [3, 3, 3], [[3, 3, 3]]],
    ['by their number', [1, 1, 1, 1], [[1, 1, 1], [1]]],
    ['by their tokens', [6, 4, 1, 9], [[6, 4], [1, 9]]],
    ['with one above the limit alone', [1, 99, 1], [[1], [99], [1]]],
    ['without tokens', [0, 0, 0, 0], [[0, 0, 0], [0]]],
  ])('%s', (_, tokens, batches) => {
    const items = tokens.map((each, at) => ({ id: String(at), tokens: each }));
    expect(planBatches(items, LIMITS).map((batch) => batch.map((item) => item.tokens))).toEqual(batches);
  });

  it('hold every item once, in order, within the limits', () => {
    const limits = fc.record({ tokens: fc.integer({ min: 1, max: 50 }), items: fc.integer({ min: 1, max: 9 }) });
    fc.assert(
      fc.property(fc.array(fc.nat(60)), limits, (tokens, limit) => {
        const items = tokens.map((each, at) => ({ id: String(at), tokens: each }));
        const batches = planBatches(items, limit);
        expect(batches.flat()).toEqual(items);
        for (const batch of batches) {
          expect(batch.length).toBeGreaterThan(0);
          expect(batch.length).toBeLessThanOrEqual(limit.items);
          if (batch.length > 1) expect(batch.reduce((sum, item) => sum + item.tokens, 0)).toBeLessThanOrEqual(limit.tokens);
        }
      }),
    );
  });

  it.each([{ tokens: 0, items: 1 }, { tokens: 1, items: 0 }, { tokens: Number.NaN, items: 1 }])('are not made with %o', (limits) => {
    expect(() => planBatches([], limits)).toThrow(/at least one/u);
  });
});

describe('ids of items', () => {
  it('are of four consonants, one for each key, and the same for the same key in any list', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string(), { maxLength: 200 }), (keys) => {
        const ids = itemIds(keys);
        expect(new Set(ids).size).toBe(keys.length);
        for (const id of ids) expect(id).toMatch(/^[b-df-hj-np-tv-xz]{4}$/u);
        expect(itemIds(keys.toReversed().slice(0, 1))).toEqual(ids.slice(-1));
      }),
      { numRuns: 30 },
    );
  });

  it('differ also where two keys would share one', () => {
    const keys = Array.from({ length: 3_000 }, (_, at) => `plan.md#${at}`);
    expect(new Set(itemIds(keys)).size).toBe(keys.length);
    expect(new Set(keys.map((key) => itemIds([key])[0])).size).toBeLessThan(keys.length);
  });
});
