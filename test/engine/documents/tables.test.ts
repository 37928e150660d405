import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CollateDocument } from '../../../server/src/engine/documents/document.ts';
import { findFurniture } from '../../../server/src/engine/documents/furniture/findFurniture.ts';
import { read } from './read.ts';

const rowsOf = (document: CollateDocument): readonly (readonly (readonly string[])[])[] =>
  document.units.flatMap(({ table }) => (table === undefined ? [] : [table.rows.map(({ cells }) => cells.map(({ text }) => text))]));

/** The rows of the only table in a provision, whose cells stand where they say. */
function check(lines: readonly string[], rows: readonly (readonly string[])[]): void {
  const document = read(`8.02 Vesting Schedule\n\nThe vested percentage is determined under this schedule.\n\n${lines.join('\n')}\n\n8.03 Other\n\nWords.\n`, 'plan.txt');
  expect(rowsOf(document)).toEqual([rows]);
  const table = document.units.find((unit) => unit.table !== undefined);
  expect(table).toMatchObject({ kind: 'provision', path: ['Vesting Schedule'], level: 2 });
  for (const { start, end, text } of table?.table?.rows.flatMap(({ cells }) => cells) ?? []) {
    expect(document.text.slice(start, end)).toBe(text);
    expect(start >= (table?.textStart ?? 0) && end <= (table?.textEnd ?? 0)).toBe(true);
  }
  expect(document.units.map(({ number }) => number)).toEqual(['8.02', undefined, '8.03']);
}

const VESTING = [['Years of Service', 'Vested Percentage'], ['Less than 2', '0%'], ['2 but less than 3', '20%'], ['3 or more', '100%']];
const TABLES: readonly (readonly [name: string, lines: readonly string[], rows: readonly (readonly string[])[]])[] = [
  ['pipes', ['| Years of Service | Vested Percentage |', '| --- | ---: |', '| Less than 2 | 0% |', '| 2 but less than 3 | 20% |', '| 3 or more | 100% |'], VESTING],
  ['pipes without a frame', ['Years of Service | Vested Percentage', '--- | ---', 'Less than 2 | 0%', '2 but less than 3 | 20%', '3 or more | 100%'], VESTING],
  ['pipes with an empty and an escaped cell', ['| a | b |', '|---|---|', '| x \\| y |  |'], [['a', 'b'], ['x \\| y', '']]],
  ['a drawn grid', ['+------+-----+', '| Year | Pct |', '+======+=====+', '| 1    | 20% |', '+------+-----+'], [['Year', 'Pct'], ['1', '20%']]],
  ['blanks', ['Years of Service          Vested Percentage', 'Less than 2                      0%', '2 but less than 3               20%', '3 or more                      100%'], VESTING],
  ['blanks and rules', ['Years of Service          Vested Percentage', '----------------          -----------------', 'Less than 2               0%', '2 but less than 3         20%', '3 or more                 100%'], VESTING],
  ['one rule below the head', ['Years of Service          Vested Percentage', '--------------------------------------------', 'Less than 2               0%', '2 but less than 3         20%', '3 or more                 100%'], VESTING],
  ['tabs', VESTING.map((row) => row.join('\t')), VESTING],
  ['a blank line between the rows', VESTING.flatMap(([a = '', b = '']) => [`  ${a.padEnd(30)}${b}`, '']), VESTING],
  ['two rows of figures', ['Age 21       One year', 'Age 18       1,000 hours'], [['Age 21', 'One year'], ['Age 18', '1,000 hours']]],
  ['a cell that goes on below', ['Tier      Match', 'One       100% of the first three', '          percent of pay', 'Two       50% of the next two'], [['Tier', 'Match'], ['One', '100% of the first three'], ['percent of pay'], ['Two', '50% of the next two']]],
];

const NO_TABLES: readonly (readonly [name: string, lines: readonly string[]])[] = [
  ['a paragraph with two blanks after its sentences', ['The Employer shall pay the expenses.  The Trustee shall', 'collect them from the fund.  No Participant pays any of', 'them in a year.  The Plan Administrator keeps the bills.']],
  ['sentences whose blanks stand below each other', ['It was signed.  However, nothing else in 3', 'it was so said.  Therefore the Plan holds 4', 'it as was said.  Nobody pays more than 5']],
  ['lists inside wrapped text', ['for the Trustee; 2)  apart from the Plan and 3', 'from the rest; or 3)  for the loss of 4 in it', 'as is said here; 4)  for any of the rest of 5']],
  ['a box of asterisks', ['*****************************', '*  6. Loans             *', '*  7. Notices           *', '*  8. Amendment         *']],
  ['justified text', ['The   Employer  shall  pay   the  expenses  of', 'the Plan  unless  the  Trustee   has  paid  them', 'out   of  the   fund   before   the   end   of']],
  ['a list with wide marks', ['(a)   Employees who are covered by an agreement', '(b)   Employees who live abroad', '(c)   Employees who are leased']],
  ['bullets', ['-    Hours of 2020', '-    Hours of 2021', '-    Hours of 2022']],
  ['fields', ['Employer:     Alder Works 1', 'Plan Year:    2024', 'Trustee:      Birch Bank 2']],
  ['signatures', ['____________________      ____________________', 'Employer                  Trustee', '____________________      ____________________']],
  ['columns of a newspaper', ['The Trustee shall hold the      The Employer may amend the', 'assets of the Plan in trust     Plan at any time, but may', 'for the Participants and        not take away what was', 'their Beneficiaries alone.      vested before that date.']],
  ['a sum with an or', ['The fee is a | b, as the Employer may choose it.', 'It is paid by c | d, as the Trustee may choose it.']],
  ['code', ['let a = 1;    // first 1', 'let b = 2;    // second 2', 'let c = 3;    // third 3']],
  ['a fence', ['```', 'a     1', 'b     2', 'c     3', '```']],
  ['one line with a gap', ['Effective date        January 1, 2024']],
];

describe('tables', () => {
  it.each(TABLES)('of %s are units with their cells', (_, lines, rows) => check(lines, rows));
  it.each(NO_TABLES)('are never made of %s', (_, lines) => {
    expect(rowsOf(read(`8.02 Other\n\nSome words come first.\n\n${lines.join('\n')}\n\nMore words.\n`, 'plan.txt'))).toEqual([]);
  });

  const table = '| Year | Pct |\n| --- | --- |\n| 1 | 20% |';
  const titles = (text: string): readonly (string | undefined)[] => read(text, 'plan.md').units.map((unit) => (unit.table === undefined ? undefined : unit.title));

  it('are named by the line above them, else by the heading', () => {
    expect(titles(`## 8.02 Vesting\n\nWords.\n\nTable 3: Graded Schedule\n\n${table}\n`)).toEqual([undefined, 'Table 3: Graded Schedule']);
    expect(titles(`## 8.02 Vesting\n\nWords.\n\n**Graded Schedule**\n\n${table}\n`)).toEqual([undefined, 'Graded Schedule']);
    expect(titles(`## 8.02 Vesting\n\nIt is determined under this schedule:\n\n${table}\n`)).toEqual([undefined, 'Vesting']);
  });

  it('keep a short note below them, and leave longer text to a unit of its own', () => {
    const words = (text: string): readonly string[] => read(text, 'plan.md').units.map((unit) => unit.span.quote);
    expect(words(`## 8.02 Vesting\n\nWords.\n\n${table}\n\n* before 2024\n`)).toEqual(['## 8.02 Vesting\n\nWords.', `${table}\n\n* before 2024`]);
    const rest = 'A Participant who dies or becomes disabled while employed is fully vested, whatever the schedule says.';
    expect(words(`## 8.02 Vesting\n\nWords.\n\n${table}\n\n${rest}\n`)).toEqual(['## 8.02 Vesting\n\nWords.', table, rest]);
  });

  it('that are too large are read whole and said to be cut', () => {
    const document = read(`# Data\n\n| a | b |\n|---|---|\n${'| x | 1 |\n'.repeat(5000)}`, 'data.md');
    expect(document.units.find((unit) => unit.table !== undefined)?.table?.rows.length).toBe(200);
    expect(document.problems).toMatchObject([{ code: 'table.capped', severity: 'info', span: { line: 3 } }]);
  });

  it('run over a page as one', () => {
    const rows = Array.from({ length: 8 }, (_, k) => `${k + 1} years                 ${k * 10}%`);
    const paged = [...rows.slice(0, 4), '', 'Page 1 of 2', '\f', ...rows.slice(4)].join('\n');
    const document = read(`8.02 Vesting\n\nThe schedule is this.\n\n${paged}\n`, 'plan.txt');
    expect(rowsOf(document)).toEqual([rows.map((row) => row.split(/ {2,}/))]);
    for (const { start, end, text } of document.units.flatMap((unit) => unit.table?.rows ?? []).flatMap(({ cells }) => cells)) expect(document.text.slice(start, end)).toBe(text);
  });

  it('and the words around them are each in one unit', () => {
    const piece = fc.constantFrom('a  b  1', '| a | b |', '|---|---|', 'Words of a sentence.', '', '2.1 Title', '(a) Words go here.', '----   ----', 'x\ty', 'Table 1', 'Page 2 of 3', '\f', '"Term" means this.', 'A. One', 'B. Two');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 24 }), (pieces) => {
        const result = pieces.join('\n');
        if (result.trim() === '') return;
        const { text, units } = read(result, 'a.txt');
        const named = new Uint8Array(text.length);
        let last = 0;
        for (const { span, textStart, textEnd, table: own, omitted = [] } of units) {
          expect(span.start >= last && textStart >= span.start && textEnd <= span.end && textStart <= textEnd).toBe(true);
          named.fill(1, span.start, span.end);
          last = span.end;
          for (const cell of own?.rows.flatMap(({ cells }) => cells) ?? []) expect(text.slice(cell.start, cell.end)).toBe(cell.text);
          for (const { start, end } of omitted) expect(start >= span.start && end <= span.end).toBe(true);
        }
        for (const { start, end } of findFurniture(text).lines) named.fill(1, start, end);
        expect([...text].filter((sign, at) => sign.trim() !== '' && named[at] === 0)).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });
});
