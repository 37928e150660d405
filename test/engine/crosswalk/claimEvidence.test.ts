import fc from 'fast-check';
import { expect, test } from 'vitest';
import { RECIPE } from '../../../server/src/engine/workflows/crosswalk/scoring/recipe.ts';
import { opening } from '../../../server/src/engine/workflows/crosswalk/scoring/opening.ts';
import type { RankedSource } from '../../../server/src/engine/workflows/crosswalk/scoring/rankedCandidates.ts';
import { claimCounts } from '../../../server/src/engine/workflows/crosswalk/scoring/sharedClaims.ts';
import { shareWords } from '../../../server/src/engine/workflows/crosswalk/sharedStems.ts';

test.each([
  ['The Plan pays benefits. It also lends.', 'The Plan pays benefits'],
  ['1. The Plan pays benefits; it also lends.', '1. The Plan pays benefits'],
  ['Loans:\nA Participant may borrow.\nOnce.', 'Loans:\nA Participant may borrow'],
  ['The rate is 3.5 percent a year', 'The rate is 3.5 percent a year'],
  ['Reserved.', 'Reserved.'],
  ['', ''],
])('%j opens with %j', (text, expected) => {
  expect(opening({ title: 'T', text })).toEqual({ title: 'T', text: expected });
});

test.each([
  ['vesting of the account', 'the vested accounts', true],
  ['vesting, vesting and vesting', 'a ballad of vesting', false],
  ['the of and', 'the of and', false],
])('%j and %j share words: %s', (text, other, expected) => {
  expect(shareWords(text, other)).toBe(expected);
});

function source(target: number, score: number, detector: number): RankedSource {
  return { candidates: [{ target, score, competed: score, matched: 0, cosine: 0, lead: 0 }], detector, usualCosine: 0 };
}

test.each<[string, RankedSource[], number[]]>([
  ['above the threshold', [source(0, -1, 0)], [1]],
  ['below it', [source(0, -3, 9)], [0]],
  ['below it, the target taken and a counterpart likely', [source(0, -1, 0), source(0, -3, 9)], [1, 1]],
  ['below it, the target taken and no counterpart likely', [source(0, -1, 0), source(0, -3, 0)], [1, 0]],
  ['below it, another target taken', [source(0, -1, 0), source(1, -3, 9)], [1, 0]],
])('claims %s', (_name, sources, expected) => {
  expect(claimCounts(sources, -2, RECIPE)).toEqual(expected);
});

test('claims do not depend on the order of the sources', () => {
  const some = fc.array(fc.tuple(fc.nat(4), fc.integer({ min: -5, max: 0 }), fc.integer({ min: -3, max: 6 })), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(some, (rows) => {
      const sources = rows.map(([target, score, detector]) => source(target, score, detector));
      expect(claimCounts(sources.toReversed(), -2, RECIPE)).toEqual(claimCounts(sources, -2, RECIPE).toReversed());
    }),
  );
});
