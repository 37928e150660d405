import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CollateDocument } from '../../../server/src/engine/documents/document.ts';
import { findFurniture } from '../../../server/src/engine/documents/furniture/findFurniture.ts';
import { readingText } from '../../../server/src/engine/documents/readingText.ts';
import { read } from './read.ts';

/** The lines that are furniture, and that all others are still read. */
function check(text: string, furniture: readonly string[]): void {
  const { ranges, lines } = findFurniture(text);
  expect(lines.map(({ start, end }) => text.slice(start, end).trim())).toEqual(furniture);
  const kept = readingText(text, 0, text.length, ranges).text.split('\n').map((line) => line.trim()).filter((line) => line !== '');
  const rest = text.split(/[\n\f]/).map((line) => line.trim()).filter((line) => line !== '');
  for (const line of furniture) rest.splice(rest.indexOf(line), 1);
  expect(kept.toSorted()).toEqual(rest.toSorted());
}

const LINES = [
  'Each Participant whose employment ends before Normal Retirement Age keeps the vested',
  'part of the Account, and the Plan Administrator shall hold the remainder in a separate',
  'account until the Participant has incurred five consecutive one-year breaks; it shall',
  'then be applied as a forfeiture in the Plan Year in which the last of them ends.',
];
/** So many wrapped lines of running text, no two alike. */
const prose = (count: number, seed = 0): readonly string[] => Array.from({ length: count }, (_, k) => `${LINES[(k + seed) % LINES.length] ?? ''} ${'abcdefghij'[(k + seed) % 10] ?? ''}${seed * 100 + k}x`);
/** Pages of prose with what `between` puts after page `n`. */
const paged = (pages: number, between: (page: number) => readonly string[], perPage = 24): string =>
  Array.from({ length: pages }, (_, page) => [...prose(perPage, page), ...(page === pages - 1 ? [] : between(page + 1))]).flat().join('\n');

const FURNITURE: readonly (readonly [name: string, text: string, furniture: readonly string[]])[] = [
  ['Page 2 of 9', paged(3, (n) => ['', `Page ${n} of 9`, '']), ['Page 1 of 9', 'Page 2 of 9']],
  ['a mark with no blank line around it', paged(2, () => ['Page 1 of 2']), ['Page 1 of 2']],
  ['dashes', paged(3, (n) => ['', `- ${n} -`, '']), ['- 1 -', '- 2 -']],
  ['Roman pages', paged(3, (n) => ['', `Page ${'i'.repeat(n)}`, '\f']), ['Page i', 'Page ii']],
  ['3/9', paged(3, (n) => ['', `${n}/9`, '']), ['1/9', '2/9']],
  ['bare numbers at a form feed', paged(3, (n) => ['', String(n), '\f']), ['1', '2']],
  ['bare numbers at page distance', paged(4, (n) => ['', String(n), '']), ['1', '2', '3']],
  ['a header below a form feed', paged(4, () => ['\fALDER BASIC PLAN DOCUMENT', '']), ['ALDER BASIC PLAN DOCUMENT', 'ALDER BASIC PLAN DOCUMENT', 'ALDER BASIC PLAN DOCUMENT']],
  ['header and footer of two lines', paged(3, (n) => ['', 'Alder Retirement', `Rev. 2024   Page ${n}`, '\f', 'Basic Plan Document No. 01', '']), [
    'Alder Retirement', 'Rev. 2024   Page 1', 'Basic Plan Document No. 01', 'Alder Retirement', 'Rev. 2024   Page 2', 'Basic Plan Document No. 01',
  ]],
  ['a header whose page number grows', paged(4, (n) => ['\f', `Alder Plan Document     ${n}`, '']), ['Alder Plan Document     1', 'Alder Plan Document     2', 'Alder Plan Document     3']],
  ['a mark in brackets', paged(3, (n) => ['', `Alder          Standard Plan          [Page ${n}]`, '\f']), ['Alder          Standard Plan          [Page 1]', 'Alder          Standard Plan          [Page 2]']],
  ['a header without any page mark', paged(6, () => ['', 'Alder Basic Plan Document', ''], 30), Array.from({ length: 5 }, () => 'Alder Basic Plan Document')],
  ['a header of two pages, below a page mark', `ALDER PLAN\n\n${paged(2, () => ['', 'Page 1 of 2', '\fALDER PLAN', ''])}\n\nPage 2 of 2\n`, ['Page 1 of 2', 'ALDER PLAN', 'Page 2 of 2']],
  ['a header of two pages that cuts a sentence', `Alder Retirement Plan\n\n${[...prose(22), LINES[0] ?? ''].join('\n')}\n\fAlder Retirement Plan\n\n${[...LINES.slice(1), ...prose(20, 1)].join('\n')}`, ['Alder Retirement Plan']],
  ['header and footer of two pages, one of which counts', `Alder Plan  1\nBasic Plan Document\n\n${prose(20).join('\n')}\n\nRevised 2024\n\fAlder Plan  2\nBasic Plan Document\n\n${prose(18, 1).join('\n')}\n\nRevised 2024\n`, ['Revised 2024', 'Alder Plan  2', 'Basic Plan Document', 'Revised 2024']],
  ['letters down the page', ['D', 'R', 'A', 'F', 'T'].flatMap((letter, k) => [...prose(6, k), letter]).join('\n'), ['D', 'R', 'A', 'F', 'T']],
  ['letters of a turned stamp', ['Y', '', 'P', '', 'O', '', 'C'].join('\n') + `\n${prose(4).join('\n')}`, ['Y', 'P', 'O', 'C']],
  ['a stamp spelled on one line', `${prose(3).join('\n')}\n     D R A F T\n${prose(3, 1).join('\n')}`, ['D R A F T']],
];

const repeated = (line: string, distances: readonly number[]): string => distances.flatMap((distance, k) => [...prose(distance, k).slice(0, -1), 'The words end here.', '', line, '']).join('\n');
const CONTENT: readonly (readonly [name: string, text: string])[] = [
  ['a provision of one line that stands three times', repeated('The Employer shall pay the expenses of the Plan.', [9, 14, 30])],
  ['a provision that stands at equal distances', repeated('No Participant may assign a benefit.', [24, 24, 24, 24, 24])],
  ['a heading that every record of a form has', repeated('Rationale', [24, 25, 24, 26, 24, 25])],
  ['rows of a table', 'Years   Vested\n1   20%\n2   40%\n3   60%\n4   80%\n5   100%\n'],
  ['a column of numbers', ['1', '', '2', '', '3', '', '4', '', '5'].join('\n')],
  ['numbered chapters with titles below', [1, 2, 3, 4].flatMap((n) => ['', String(n), '', `Chapter Title ${'abcd'[n] ?? 'z'}`, '', ...prose(22, n)]).join('\n')],
  ['letters of a list', ['A', 'B', 'C', 'D', 'E', 'F', 'G'].flatMap((letter, k) => [letter, ...prose(2, k)]).join('\n')],
  ['a signature', `${prose(3).join('\n')}\n\nX\n\nBy: ______________\n\nX\n\nBy: ______________\n`],
  ['(a) alone on its line', `${prose(3).join('\n')}\n(a)\n${prose(3, 1).join('\n')}\n(b)\n${prose(3, 2).join('\n')}`],
  ['articles and sections that count up', [1, 2, 3, 4, 5].flatMap((n) => ['', `ARTICLE ${n}`, '', ...prose(24, n)]).join('\n')],
  ['reserved provisions at page breaks', paged(4, () => ['', '[Reserved]', '\f', 'Reserved.'])],
  ['headings at the top of pages', paged(4, (n) => ['\f', `2.0${n} Eligibility`, ''])],
  ['the title of each of two forms in one file', ['Beneficiary Designation', '', ...prose(12), 'The words end here.', '\fBeneficiary Designation', '', 'Each form is signed.'].join('\n')],
  ['a line at the edges of two pages and elsewhere', `Alder Plan\n\n${[...prose(9), 'Alder Plan', ...prose(9), LINES[0] ?? ''].join('\n')}\n\fAlder Plan\n\n${LINES.slice(1).join('\n')}`],
  ['a mention of a page', 'The form is\nPage 3 of the booklet, which\nsays the same on page 4 of it.\n'],
  ['a year alone on its line', '1998\n\nThe Plan was adopted.\n\n2004\n\nThe Plan was restated.\n'],
];

describe('page furniture', () => {
  it.each(FURNITURE)('is %s', (_, text, furniture) => check(text, furniture));
  it.each(CONTENT)('is never %s', (_, text) => check(text, []));

  it('leaves one heading where a running title repeats it', () => {
    const heading = 'ARTICLE II ELIGIBILITY';
    check(paged(5, () => ['\f', heading, '']), [heading, heading, heading]);
  });

  it('is said once, with its kinds and the first place', () => {
    const document = read(`# Plan\n\n${paged(3, (n) => ['', `Page ${n} of 3`, '\fALDER PLAN', ''])}\nD\nR\nA\nF\nT\n`, 'plan.txt');
    expect(document.problems).toMatchObject([{
      code: 'text.furniture', severity: 'info', span: { quote: 'Page 1 of 3' },
      message: 'Left out of the words as page furniture: 2 page marks, 2 running header or footer lines, 5 watermark letter lines, the first here.',
    }]);
  });
});

const readingOf = (document: CollateDocument): readonly unknown[] =>
  document.units.map(({ number, title, path, textStart, textEnd, omitted, contentHash, type }) => ({
    number, title, path, contentHash, type, words: readingText(document.text, textStart, textEnd, omitted).text.replace(/\s+/g, ' ').trim(),
  }));

const CLEAN = [
  'ARTICLE I', 'DEFINITIONS', '', '1.1 "Account" means the separate record that the Plan Administrator keeps for each', 'Participant, to which contributions and earnings are credited.', '',
  '1.2 "Plan Year" means the twelve-month period that ends on December 31.', '', 'ARTICLE II', 'ELIGIBILITY', '',
  '2.01 Eligibility to Participate. An Employee becomes a Participant on the Entry Date', 'that falls on or next follows the day on which the Employee has attained age 21 and has',
  'completed one Year of Service, unless the Adoption Agreement says otherwise for a class', 'of Employees named in it.', '', 'Section 2.02(a) Rehire', '',
  '(a) Return. A Participant who returns to employment participates again at once, and the', 'service before the break is counted if the Participant was vested when it began.', '',
  '(b) Others who return are treated as new Employees if the number of breaks in a row is at', 'least five and is not less than the number of years before them.', '',
  'SECTION 2.03. NOTICES.  The Administrator shall give every notice in writing and keep a', 'copy of it for six years from the end of the Plan Year to which the notice relates.', '',
];
/** Between any two lines: inside a paragraph, a heading, a table or a word. */
const places = CLEAN.flatMap((_, k) => (k === 0 ? [] : [k]));

/** Ways to break a page. */
const breaks: readonly ((page: number) => readonly string[])[] = [
  (page) => ['', `Page ${page} of 40`, '\fALDER RETIREMENT SERVICES', ''],
  (page) => [`Page ${page} of 40`],
  (page) => ['', '', `- ${page} -`, '\f', '', 'ALDER RETIREMENT SERVICES', 'Basic Plan Document No. 01', '', ''],
  (page) => ['', `Confidential                Page ${page}`, '\f'],
];

describe('a document with pages', () => {
  it('reads as the same document without: numbers, titles, words and hashes', () => {
    const clean = read(CLEAN.join('\n'), 'plan.txt');
    const expected = readingOf(clean);
    fc.assert(
      fc.property(fc.subarray(places, { minLength: 3 }), fc.nat(breaks.length - 1), fc.boolean(), (chosen, way, stamped) => {
        const lines = CLEAN.flatMap((line, k) => (chosen.includes(k) ? [...(breaks[way]?.(chosen.indexOf(k) + 1) ?? []), line] : [line]));
        if (stamped) ['D', 'R', 'A', 'F', 'T'].forEach((letter, k) => lines.splice(lines.indexOf(CLEAN[[4, 12, 13, 14, 19][k] ?? 4] ?? ''), 0, letter));
        const document = read(lines.join('\n'), 'plan.txt');
        expect(readingOf(document)).toEqual(expected);
        for (const { span, omitted = [] } of document.units) {
          expect(span.quote).toBe(document.text.slice(span.start, span.end));
          for (const { start, end } of omitted) expect(span.start <= start && start < end && end <= span.end).toBe(true);
        }
      }),
      { numRuns: 250 },
    );
  });

  it('goes on over a page: no paragraph ends there, and no reference becomes a heading', () => {
    const page = ['', 'Page 1 of 2', '\f', ''];
    const section = read([`4.1 Amount. ${LINES[0] ?? ''} in this`, ...page, 'Section 4.2. Loans shall be repaid.'].join('\n'), 'plan.txt');
    expect(section.units.map(({ number }) => number)).toEqual(['4.1']);
    const plain = read([...LINES.slice(0, 2), ...page, ...LINES.slice(2)].join('\n'), 'letter.txt');
    expect(plain.units.map(({ omitted }) => omitted?.length)).toEqual([1]);
  });

  it('reads 2 MB of hostile lines to their end', () => {
    const hostile = ['Page 1 of 2\n', '1\n\n', 'D\n', '\f', 'ab-\n', 'A  B\n\n', '1. A b\n', '| a | b |\n', '"A" means b.\n\n', 'A. Foo\n\nB. Foo\n\n', 'Section 1.1\n', '\n'];
    const text = hostile.map((line) => line.repeat(170_000 / line.length)).join('Some words.\n');
    const { units } = read(text, 'a.txt');
    expect(units.length).toBeGreaterThan(0);
  }, 60_000);
});
