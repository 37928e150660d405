import { describe, expect, it } from 'vitest';
import { findingsIn } from './findings.ts';

function check(numbers: readonly string[], faults: readonly string[]): void {
  const findings = findingsIn(['# Plan', ...numbers.flatMap((number) => [`## ${number} Title`, `Words under ${number.replaceAll('.', ' point ')}.`])], 'numbering');
  expect(findings.map(({ kind, fields }) => `${kind} ${fields?.after ?? ''}>${fields?.number ?? ''}`)).toEqual(faults);
  for (const { evidence, fields } of findings) expect(evidence[0]?.quote).toBe(`## ${fields?.number ?? ''} Title`);
}

const CASES: readonly (readonly [name: string, numbers: readonly string[], faults: readonly string[]])[] = [
  ['nothing left out', ['1.1', '1.2', '1.3'], []],
  ['one left out', ['1.1', '1.3'], ['numbering.gap 1.1>1.3']],
  ['several left out', ['1.1', '1.5', '1.6'], ['numbering.gap 1.1>1.5']],
  ['with zeros', ['1.09', '1.10', '1.12'], ['numbering.gap 1.10>1.12']],
  ['a new article starts anew', ['1.8', '2.1', '2.2'], []],
  ['a number used twice', ['1.1', '1.2', '1.2', '1.3'], ['numbering.duplicate >1.2']],
  ['the same place in two articles', ['1.1', '2.1', '3.1'], []],
  ['deeper numbers', ['1.1.1', '1.1.2', '1.1.4'], ['numbering.gap 1.1.2>1.1.4']],
  ['numbers that go back', ['1.3', '1.2'], []],
];

describe('section numbers', () => {
  it.each(CASES)('%s', (_, numbers, faults) => check(numbers, faults));

  it('says how many are left out', () => {
    const said = (numbers: readonly string[]): string | undefined => findingsIn(numbers.flatMap((number) => [`## ${number} Title`, 'Words.']), 'numbering')[0]?.text;
    expect(said(['1.1', '1.3'])).toBe('1 number is left out between 1.1 and 1.3.');
    expect(said(['1.1', '1.5'])).toBe('3 numbers are left out between 1.1 and 1.5.');
  });

  it('shows both places of a number used twice', () => {
    const [finding] = findingsIn(['## 1.1 First', 'Words.', '## 1.1 Second', 'Other words.'], 'numbering');
    expect(finding?.evidence.map(({ quote, line }) => `${line}: ${quote}`)).toEqual(['5: ## 1.1 Second', '1: ## 1.1 First']);
  });
});
