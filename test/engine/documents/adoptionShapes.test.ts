import { describe, expect, it } from 'vitest';
import type { Unit } from '../../../shared/model.ts';
import { blanksIn } from '../../../server/src/engine/documents/blanks.ts';
import { citationsIn } from '../../../server/src/engine/documents/planCitation.ts';
import { readText } from '../../../server/src/engine/documents/readDocument.ts';

function units(text: string): readonly Unit[] {
  const read = readText({ key: 'aa.txt', path: 'aa.txt', text, kind: 'adoptionAgreement' });
  if (!read.ok) throw new Error(read.failure.message);
  return read.value.units;
}

/** `number title: state`, of headings and provisions `-` for the state. */
function cut(text: string): readonly string[] {
  return units(text).map(({ number, title, election }) => `${number ?? ''} ${title ?? ''}: ${election?.state ?? '-'}`);
}

describe('shapes of forms as taken from a PDF', () => {
  const SHAPES: readonly (readonly [name: string, text: string, found: readonly string[]])[] = [
    ['sections with lettered numbers', 'Section A-1.  Age. Check one:\n\n    [ ] none\n    [x] 21\n\nSection A-2.  Trustee: __Larkspur__\n', ['A-1 Age: answered', 'A-2 Trustee: answered']],
    ['a reference to one at the start of a line is none', 'Section E-2.  Basis of the Match. The limits in\nSection E-1 are tested over (check one):\n\n    [x] a.  the year\n    [ ] b.  the month\n', ['E-2 Basis of the Match: answered']],
    ['a sentence that goes on behind its options', '1. Entry. On the first day of the (check one):\n\n[x] year\n[ ] month\n\nthat follows the date of hire.\n\n2. Loans.\n\n[ ] Yes [x] No\n', ['1 Entry: answered', '2 Loans: answered']],
    ['a heading with a citation over lettered questions', 'Section H-7.  Loans to Participants (Plan Section 5.03).\n\n    (1) Least amount: $__500__\n    (2) Number: __2__\n', ['H-7 Loans to Participants: -', 'H-7(1) Least amount: answered', 'H-7(2) Number: answered']],
    ['a sentence over lettered questions is no heading', '7. A loan is granted on these terms.\n    (a) Least amount: $__500__\n', ['7 : -', '7(a) Least amount: answered']],
    ['a lettered question over a grid', 'Section B-3.  Entry.\n\n    (1) Age. Age __21__\n\n    (2) Service. Check one box on each line.\n\n                    None     Months\n        Match       [ ]      [x] __3__\n', ['B-3 Entry: -', 'B-3(1) Age: answered', 'B-3(2) Service: ambiguous']],
  ];
  it.each(SHAPES)('%s', (_, text, found) => {
    expect(cut(text)).toEqual(found);
  });

  it('labels and titles have no hyphens of line ends', () => {
    const [unit] = units('1. Time of pay-\n   ment (check one):\n   [x] a. in the Plan of the compen-\n          sation\n   [ ] b. pre-\n          tax pay, pre-tax\n');
    expect([unit?.title, ...(unit?.election?.options ?? []).map(({ label }) => label)]).toEqual(['Time of payment', 'in the Plan of the compensation', 'pre-tax pay, pre-tax']);
  });
});

describe('answers over a line end', () => {
  const ANSWERS: readonly (readonly [text: string, values: readonly (string | null)[]])[] = [
    ['The Trustee is __Larkspur Trust\n   and Savings Bank__.', ['Larkspur Trust and Savings Bank']],
    ['The tax year closes on\n__December 31__.', ['December 31']],
    ['The tax year.\n\n__Plan Year__ means the year', []],
    ['Above it\n__Plan Year__: the year', []],
    ['# Heading\n__Plan Year__ means the year', []],
    ['up to ____% of pay\nand ____% of more', [null, null]],
  ];
  it.each(ANSWERS)('%j', (text, values) => {
    expect(blanksIn(text, { start: 0, end: text.length }, []).map(({ value }) => value)).toEqual(values);
  });
});

describe('citations over a line end', () => {
  const CITATIONS: readonly (readonly [text: string, sections: readonly string[]])[] = [
    ['within 90 days (Plan Sec-\n    tion 2.02(b)).', ['2.02(b)']],
    ['vesting (Plan Section\n6.02 and\n  6.03)', ['6.02', '6.03']],
    ['as in Section 1.2 of\nthe Plan', ['1.2']],
    ['(BPD Article\n  IX)', ['IX']],
    ['the Plan\n\nSection 3.1 Age', []],
  ];
  it.each(CITATIONS)('%j', (text, sections) => {
    expect(citationsIn(text, { start: 0, end: text.length }).map(({ section }) => section)).toEqual(sections);
  });
});
