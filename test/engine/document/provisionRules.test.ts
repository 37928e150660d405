import { describe, expect, it } from 'vitest';
import { findingsIn } from './findings.ts';

/** The words each finding points at, a line a finding. */
function check(analyzer: string, words: string, found: readonly (readonly string[])[]): void {
  const findings = findingsIn(['# Plan', '## 1.1 Title', words], analyzer);
  expect(findings.map(({ evidence }) => evidence.map(({ quote }) => quote))).toEqual(found);
}

const ELECTIONS: readonly (readonly [words: string, found: readonly (readonly string[])[]])[] = [
  ['The age is 21, unless otherwise elected in the Adoption Agreement.', [['unless otherwise elected in the Adoption Agreement']]],
  ['The match is paid as specified in the Adoption Agreement.', [['as specified in the Adoption Agreement']]],
  ['The Employer may, if so elected in the Adoption Agreement, pay more.', [['if so elected in the Adoption Agreement']]],
  ['Pay counts only if the Employer elects to include it.', [['only if the Employer elects']]],
  ['Pay counts unless the Employer elects otherwise.', [['unless the Employer elects']]],
  ['One as elected in the Adoption Agreement, two only if the Employer elects it.', [['as elected in the Adoption Agreement', 'only if the Employer elects']]],
  ['The Adoption Agreement is part of the Plan.', []],
  ['A Participant may elect a lump sum.', []],
];

const BLANKS: readonly (readonly [words: string, found: readonly (readonly string[])[]])[] = [
  ['The plan starts on ________.', [['________']]],
  ['The plan starts on [date] for [insert name].', [['[date]'], ['[insert name]']]],
  ['The trustee is TBD.', [['TBD']]],
  ['The trustee is [TBD].', [['[TBD]']]],
  ['The plan starts on [January 1].', []],
  ['A name__with lines.', []],
];

describe('provisions that depend on an election', () => it.each(ELECTIONS)('%s', (words, found) => check('elections', words, found)));
describe('blanks', () => it.each(BLANKS)('%s', (words, found) => check('blanks', words, found)));
