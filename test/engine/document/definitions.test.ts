import { describe, expect, it } from 'vitest';
import { findingsIn } from './findings.ts';

const term = (words: string): readonly string[] => ['# ARTICLE I  DEFINITIONS', '## 1.1 First', words];

function check(lines: readonly string[], terms: readonly string[]): void {
  const findings = findingsIn(lines, 'definitions');
  expect(findings.map(({ kind, fields }) => (kind === 'definition' ? '' : 'again: ') + (fields?.term ?? ''))).toEqual(terms);
}

const CASES: readonly (readonly [name: string, words: string, terms: readonly string[]])[] = [
  ['in quotes', '"Plan Year" means the calendar year.', ['Plan Year']],
  ['in curly quotes', '\u201cPlan Year\u201d means the calendar year.', ['Plan Year']],
  ['in bold', '**Plan Year** means the calendar year.', ['Plan Year']],
  ['with "The term"', 'The term "Plan Year" means the calendar year.', ['Plan Year']],
  ['with "shall mean"', '"Plan Year" shall mean the calendar year.', ['Plan Year']],
  ['with "has the meaning"', '"Plan Year" has the meaning given in the Trust Agreement.', ['Plan Year']],
  ['without quotes, at the start', 'Plan Year means the calendar year.', ['Plan Year']],
  ['of several words', 'Actual Deferral Percentage for the Plan means an average.', ['Actual Deferral Percentage for the Plan']],
  ['two in one provision', '"Plan" means this plan. "Trust" means its trust.', ['Plan', 'Trust']],
  ['not a verb in a sentence', 'This means that the claim is late.', []],
  ['not words in small letters', 'The word "vested" means nothing here.', []],
  ['not what is only quoted', 'A notice headed "Important" goes to all.', []],
];

describe('defined terms', () => {
  it.each(CASES)('%s', (_, words, terms) => check(term(words), terms));

  it('says where a term is defined a second time in other words', () => {
    const lines = [...term('"Plan Year" means the calendar year.'), '## 1.2 Second', '"Plan year" means a fiscal year.'];
    check(lines, ['Plan Year', 'Plan year', 'again: Plan year']);
    const again = findingsIn(lines, 'definitions').at(-1);
    expect(again?.evidence.map(({ quote }) => quote)).toEqual(['"Plan year" means', '"Plan Year" means']);
    expect(again?.text).toBe('"Plan year" is also defined on line 5, in other words.');
  });

  it('says nothing where the words are the same', () => {
    check([...term('"Plan Year" means the calendar year.'), '## 1.2 Second', '"Plan Year" means the  calendar year.'], ['Plan Year', 'Plan Year']);
  });
});
