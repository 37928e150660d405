import { describe, expect, it } from 'vitest';
import { crossReferences } from '../../../server/src/engine/documents/crossReferences.ts';
import { unitReading } from '../../../server/src/engine/documents/unitReading.ts';
import { read } from '../documents/read.ts';
import { brief, findingsIn } from './findings.ts';

/** The provision under test is the last section, 5.2. */
const PLAN = [
  '# ARTICLE IV  BENEFITS', '## 4.1 Payment', 'Benefits are paid in cash.',
  '## 4.2 Vesting', '(a) Rule. Benefits vest at once.', '(b) Exception. Some do not.',
  '# ARTICLE V  CLAIMS', '## 5.1 Filing', 'A claim is filed in writing.', '## 5.2 Review',
];

/** `printed number -> number of the provision`, or `?` where there is none. */
function check(words: string, references: readonly string[]): void {
  const document = read(`${[...PLAN, words].join('\n\n')}\n`, 'plan.md');
  const found = crossReferences(document, unitReading(document)).filter(({ unit }) => unit.number === '5.2');
  for (const { start, end, number } of found) expect(document.text.slice(start, end)).toBe(number);
  expect(found.map(({ number, target }) => `${number} -> ${target?.number ?? '?'}`)).toEqual(references);
}

const CASES: readonly (readonly [name: string, words: string, references: readonly string[]])[] = [
  ['a section', 'As described in Section 4.1, it is final.', ['4.1 -> 4.1']],
  ['a paragraph of a section', 'As described in Section 4.2(b), it is final.', ['4.2(b) -> 4.2(b)']],
  ['a part below what is cut, by the nearest above', 'As described in Section 4.1(a)(2), it is final.', ['4.1(a)(2) -> 4.1']],
  ['a section that is not there', 'As described in Section 4.7, it is final.', ['4.7 -> ?']],
  ['a paragraph of a section that is not there', 'As described in Section 4.7(a), it is final.', ['4.7(a) -> ?']],
  ['each of several', 'See Sections 4.1, 4.9 and 5.1.', ['4.1 -> 4.1', '4.9 -> ?', '5.1 -> 5.1']],
  ['a range by its ends', 'See Sections 4.1 through 4.2.', ['4.1 -> 4.1', '4.2 -> 4.2']],
  ['a sign for a section', 'See \u00a7 4.1 and \u00a7\u00a7 4.2 and 4.8.', ['4.1 -> 4.1', '4.2 -> 4.2', '4.8 -> ?']],
  ['a sign without a space', 'See \u00a74.1.', ['4.1 -> 4.1']],
  ['not signs of the Code', 'See Code \u00a7401(a), \u00a7125 and \u00a772. See \u00a74.1.', ['4.1 -> 4.1']],
  ['not a section of a regulation', 'See Treas. Reg. \u00a71.401(k)-1(d) or Section 1.401(k)-1(d).', []],
  ['a reference over a line end', 'As described in Section\n4.1, it is final.', ['4.1 -> 4.1']],
  ['a section of the Plan', 'See Section 4.1 of the Plan.', ['4.1 -> 4.1']],
  ['not a section of the Code', 'See Section 401(a) and Code Section 72(p) and Section 72(t) of the Code.', []],
  ['not a section of another document', 'See Section 4.7 of the Adoption Agreement and Section 9.9 of the Trust Agreement.', []],
  ['not a section of an act', 'See ERISA Section 3.7 and Section 5.9 of the Act.', []],
  ['not a number that goes on', 'See Section 4.1-A.', []],
  ['not a number alone', 'At least 4.7 percent.', []],
];

const ARTICLES: readonly (readonly [name: string, words: string, references: readonly string[]])[] = [
  ['in Roman numbers', 'See Article IV.', ['Article IV']],
  ['in digits', 'See Article 5.', ['Article 5']],
  ['that is not there', 'See Article IX.', ['Article IX -> ?']],
  ['of another document', 'See Article IX of the Trust Agreement.', []],
];

describe('references of a document to itself', () => {
  it.each(CASES)('%s', (_, words, references) => check(words, references));

  it.each(ARTICLES)('an article %s', (_, words, references) => {
    const document = read(`${[...PLAN, words].join('\n\n')}\n`, 'plan.md');
    expect(crossReferences(document, unitReading(document)).map(({ number, target }) => `${number}${target === null ? ' -> ?' : ''}`)).toEqual(references);
    for (const { start, end, number } of crossReferences(document, unitReading(document))) expect(document.text.slice(start, end)).toBe(number);
  });

  it('are none in a text without numbers', () => {
    const letter = read('# Letter\n\nSee Section 4.7 and Article IX.\n', 'letter.md');
    expect(crossReferences(letter, unitReading(letter))).toEqual([]);
  });

  it('are a finding where they point nowhere, and only there', () => {
    const findings = findingsIn([...PLAN, 'See Section 4.1, Section 4.7 and Article IX.'], 'crossReferences');
    expect(findings.map(brief)).toEqual(['crossReference.unresolved: 4.7', 'crossReference.unresolved: Article IX']);
    expect(findings.map(({ text }) => text)).toEqual(['Section 4.7 is not in this document.', 'Article IX is not in this document.']);
    expect(new Set(findings.map(({ key }) => key)).size).toBe(2);
  });
});
