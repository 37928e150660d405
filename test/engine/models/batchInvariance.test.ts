import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fail, ok, type Result } from '../../../shared/failure.ts';
import { batchSizeAfter, invarianceSample, measureDrift, SAMPLE_ITEMS } from '../../../server/src/engine/models/batchInvariance.ts';

const items = (count: number): readonly { readonly id: string; readonly tokens: number }[] => Array.from({ length: count }, (_, at) => ({ id: `i${at}`, tokens: 1 }));
const answers = (values: Readonly<Record<string, string | null>>): readonly { readonly id: string; readonly result: Result<string> }[] =>
  Object.entries(values).map(([id, value]) => ({ id, result: value === null ? fail('timeout', 'Too late.') : ok(value) }));
const alike = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

describe('items that are asked again', () => {
  it('are some of them, each once, in another order, the same for the same seed', () => {
    fc.assert(
      fc.property(fc.nat(200), fc.nat(), (count, seed) => {
        const asked = items(count);
        const sample = invarianceSample(asked, seed);
        expect(sample).toHaveLength(Math.min(count, SAMPLE_ITEMS));
        expect(new Set(sample).size).toBe(sample.length);
        expect(invarianceSample(asked, seed)).toEqual(sample);
        const inOrder = asked.filter((item) => sample.includes(item));
        if (sample.length > 1) expect(sample).not.toEqual(inOrder);
      }),
    );
  });

  it('are others for another seed', () => expect(invarianceSample(items(500), 1)).not.toEqual(invarianceSample(items(500), 2)));

  it('come from everywhere', () => {
    const chosen = Array.from({ length: 200 }, (_, seed) => invarianceSample(items(10), seed, 1)[0]?.id);
    expect(new Set(chosen).size).toBe(10);
  });
});

describe('drift', () => {
  it.each<[name: string, first: Readonly<Record<string, string | null>>, again: Readonly<Record<string, string | null>>, expected: unknown]>([
    ['is none where answers say the same', { a: 'x', b: 'y' }, { b: 'Y', a: 'x' }, { compared: 2, drifted: [], drift: 0, uncompared: 0 }],
    ['is the share that says something else', { a: 'x', b: 'y', c: 'z', d: 'w' }, { d: 'v', a: 'x', b: 'y', c: 'z' }, { compared: 4, drifted: ['d'], drift: 0.25, uncompared: 0 }],
    ['is not told from what was not asked again', { a: 'x', b: 'y' }, { b: 'y' }, { compared: 1, drifted: [], drift: 0, uncompared: 0 }],
    ['is not told from a failure', { a: 'x', b: null, c: 'z' }, { a: null, b: 'y', c: 'z' }, { compared: 1, drifted: [], drift: 0, uncompared: 2 }],
    ['is unknown where nothing can be compared', { a: 'x' }, { a: null }, { compared: 0, drifted: [], drift: null, uncompared: 1 }],
  ])('%s', (_, first, again, expected) => expect(measureDrift(answers(first), answers(again), alike)).toEqual(expected));

  it.each([
    [0, 20, 20], [0.05, 20, 20], [0.06, 20, 10], [1, 3, 1], [1, 1, 1], [null, 20, 20],
  ])('of %s makes batches of %i to %i', (drift, size, next) => expect(batchSizeAfter({ drift }, size)).toBe(next));
});
