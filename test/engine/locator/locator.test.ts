import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Locator, type Neighbourhood } from '../../../server/src/engine/documents/locator/locator.ts';

const TEXT = [
  'Chair: We agreed that the Trustee must not lend more than 50% of the vested balance, and Ms. Okafor wrote it down.',
  'Counsel: An Employee who attains age 21 and completes one Year of Service shall enter the Plan on January 1.',
  'Chair: Fine. We will look at the fees next week.',
  'Analyst: The committee reviewed the loan policy, the investment policy and the fee schedule in April.',
  'Chair: Fine. We will look at the fees next week, but only after the audit is done.',
  'Counsel: The contri-\nbution is due within 60 days; a pre-tax deferral cannot be returned.',
  'Analyst: It costs $1,000.50 a year – “cheap”, said nobody.',
  'Chair: 😀 café naïve 𝒳 ends here.',
].join('\n');

/** What the text says at the place of a quote, or null where it is absent. */
function said(quote: string, neighbourhood?: Neighbourhood): string | null {
  const place = new Locator(TEXT).locate(quote, neighbourhood);
  return place === null ? null : TEXT.slice(place.start, place.end);
}

describe('a quote is found', () => {
  const cases: readonly (readonly [name: string, quote: string, match: string, words: string])[] = [
    ['as it stands', 'reviewed the loan policy, the investment policy', 'exact', 'reviewed the loan policy, the investment policy'],
    ['with its outer punctuation', '“cheap”, said nobody.', 'exact', '“cheap”, said nobody.'],
    ['beyond the basic plane', '😀 café naïve 𝒳 ends', 'exact', '😀 café naïve 𝒳 ends'],
    ['over other white space', 'reviewed  the loan\npolicy', 'tolerant', 'reviewed the loan policy'],
    ['with other quotation marks and dashes', 'a year - "cheap", said', 'tolerant', 'a year – “cheap”, said'],
    ['in another case', 'THE TRUSTEE MUST NOT LEND', 'tolerant', 'the Trustee must not lend'],
    ['over a word parted at the end of a line', 'The contribution is due', 'tolerant', 'The contri-\nbution is due'],
    ['with another sign for thousands', 'It costs $1000.50 a year', 'tolerant', 'It costs $1,000.50 a year'],
    ['with words replaced', 'The committee reviewed the credit policy, the investment rules and the fee schedule', 'approximate', 'The committee reviewed the loan policy, the investment policy and the fee schedule'],
    ['with words left out', 'The committee reviewed the policy, the investment policy and schedule in April', 'approximate', 'The committee reviewed the loan policy, the investment policy and the fee schedule in April'],
    ['with a word put in', 'An Employee who attains age 21 and duly completes one Year of Service', 'approximate', 'An Employee who attains age 21 and completes one Year of Service'],
    ['where the first word was replaced', 'That committee reviewed the loan policy, the investment policy', 'approximate', 'The committee reviewed the loan policy, the investment policy'],
  ];
  it.each(cases)('%s', (_, quote, match, words) => {
    const place = new Locator(TEXT).locate(quote);
    expect(place?.match).toBe(match);
    expect(said(quote)).toBe(words);
  });
});

describe('a quote that says something else is absent', () => {
  const cases: readonly (readonly [name: string, quote: string])[] = [
    ['another number', 'lend more than 40% of the vested balance, and Ms. Okafor wrote it down'],
    ['another sign of a number', 'lend more than $50 of the vested balance, and Ms. Okafor wrote it down'],
    ['a decimal sign gone', 'It costs $100050 a year'],
    ['another number in words', 'attains age 21 and completes two Year of Service shall enter the Plan'],
    ['another date', 'completes one Year of Service shall enter the Plan on February 1'],
    ['another name', 'of the vested balance, and Ms. Osei wrote it down'],
    ['a name that begins the sentence', 'Nobody agreed that the Trustee must not lend more than 50% of the vested balance'],
    ['a denial taken out', 'We agreed that the Trustee must lend more than 50% of the vested balance'],
    ['a denial put in', 'An Employee who attains age 21 and completes one Year of Service shall not enter the Plan'],
    ['another modal verb', 'We agreed that the Trustee may not lend more than 50% of the vested balance'],
    ['a denial at the end', 'the audit is done.\nCounsel: The contribution is not'],
    ['a contraction undone', 'a pre-tax deferral can be returned'],
    ['a part of a word', 'deferral can'],
    ['words that are nowhere', 'the quarterly bowling tournament was moved to the annex of the library'],
    ['a short one with a word replaced', 'the loan rules, the'],
    ['nothing but punctuation', ' ... '],
    ['nothing', ''],
  ];
  it.each(cases)('%s', (_, quote) => {
    expect(said(quote)).toBeNull();
  });
});

describe('of several equal places', () => {
  const quote = 'We will look at the fees next week';
  const places = [TEXT.indexOf(quote), TEXT.lastIndexOf(quote)];
  const at = (neighbourhood: Neighbourhood): number | undefined => new Locator(TEXT).locate(quote, neighbourhood)?.start;

  it('says that there are more', () => {
    expect(new Locator(TEXT).locate(quote)).toMatchObject({ start: places[0], places: 2 });
  });
  it('takes the nearest', () => {
    expect(at({ near: 0 })).toBe(places[0]);
    expect(at({ near: TEXT.length })).toBe(places[1]);
  });
  it('takes the one among the words around it, before the nearest', () => {
    expect(at({ around: 'only after the audit', near: 0 })).toBe(places[1]);
    expect(at({ around: 'An Employee shall enter the Plan on January 1.' })).toBe(places[0]);
  });
});

describe('whatever the text', () => {
  const word = fc.constantFrom('plan', 'fee', 'trustee', 'must', 'not', '21', '5%', 'may', 'the', 'of', 'vested', 'Okafor', 'loan', 'naïve', '𝒳');
  const gap = fc.constantFrom(' ', '  ', '\n', ', ', '. ', ' – ', '\u00a0');
  const text = fc.array(fc.tuple(word, gap), { minLength: 1, maxLength: 120 }).map((parts) => parts.flat().join(''));

  it('every stretch of whole words is found with equal words', () => {
    fc.assert(
      fc.property(text, fc.nat(), fc.nat(), (all, a, b) => {
        const words = [...all.matchAll(/[^\s,.–]+/gu)];
        const [first, last] = [a % words.length, b % words.length].sort((x, y) => x - y) as [number, number];
        const quote = all.slice(words[first]?.index, (words[last]?.index ?? 0) + (words[last]?.[0].length ?? 0));
        const place = new Locator(all).locate(quote);
        expect(place?.match).toBe('exact');
        expect(all.slice(place?.start, place?.end)).toBe(quote);
      }),
    );
  });

  it('a place lies inside the text and an approximate one has the same hard words', () => {
    const hard = (words: string): readonly string[] => words.match(/\b(?:must|not|21|5|may|Okafor)\b/gu) ?? [];
    fc.assert(
      fc.property(text, text, (all, quote) => {
        const place = new Locator(all).locate(quote);
        if (place === null) return;
        expect(place.start).toBeGreaterThanOrEqual(0);
        expect(place.end).toBeLessThanOrEqual(all.length);
        expect(hard(all.slice(place.start, place.end))).toEqual(hard(quote));
      }),
    );
  });
});
