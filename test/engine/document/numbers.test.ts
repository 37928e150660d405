import { describe, expect, it } from 'vitest';
import { numberInWords } from '../../../server/src/engine/workflows/document/numbers.ts';
import { findingsIn } from './findings.ts';

const WORDS: readonly (readonly [words: string, value: number | null])[] = [
  ['zero', 0],
  ['nineteen', 19],
  ['twenty-one', 21],
  ['ninety nine', 99],
  ['hundred', 100],
  ['one hundred', 100],
  ['one hundred and five', 105],
  ['two hundred seventy', 270],
  ['five thousand', 5_000],
  ['one thousand two hundred', 1_200],
  ['two hundred fifty thousand', 250_000],
  ['One Million', 1_000_000],
  ['a few', null],
];

describe('a number in words', () => {
  it.each(WORDS)('%s', (words, value) => expect(numberInWords(words)).toBe(value));
});

/** `words / digits` of each disagreement. */
function check(words: string, disagreements: readonly string[]): void {
  const findings = findingsIn(['# Plan', '## 1.1 Title', words], 'numbers');
  expect(findings.map(({ fields }) => `${fields?.words ?? ''} / ${fields?.digits ?? ''}`)).toEqual(disagreements);
  for (const { evidence } of findings) expect(words).toContain(evidence[0]?.quote);
}

const CASES: readonly (readonly [words: string, disagreements: readonly string[]])[] = [
  ['within thirty (30) days', []],
  ['within thirty (60) days', ['30 / 60']],
  ['within thirty\n(60) days', ['30 / 60']],
  ['Twenty-One (21) years', []],
  ['Twenty-One (12) years', ['21 / 12']],
  ['one hundred percent (100%)', []],
  ['fifty percent (60%)', ['50 / 60']],
  ['five thousand dollars ($5,000)', []],
  ['five thousand dollars ($50,000)', ['5000 / 50000']],
  ['one hundred and twenty (120) months', []],
  ['two and one-half (2.5) months', []],
  ['two and one-half (2 1/2) months', []],
  ['two and one-half (2\u00bd) months', []],
  ['two and one-half (2) months', ['2.5 / 2']],
  ['ten (10) days and sixty (90) days', ['60 / 90']],
  ['one (a) and two (b)', []],
  ['paragraph three (see 4)', []],
  ['someone (1) else', []],
];

describe('numbers in words and in digits', () => {
  it.each(CASES)('%j', check);
});
