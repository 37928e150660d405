import type { TableCell } from '../../../../../shared/model.ts';
import { isContentsLine } from '../tableOfContents.ts';
import type { TextLine } from '../textLines.ts';
import { limited, type TableLook } from './foundTable.ts';

/** Longer lines are running text, in UTF-16 code units. */
const MAX_LINE = 300;
/** Words or numbers with single blanks between; two blanks or a tab part cells. */
const CELL = /\S+(?: \S+)*/g;
/** `-----   -----`. */
const RULE = /^[ \t]*[-=_\u2500-\u257f]{3,}(?:[ \t]+[-=_\u2500-\u257f]{2,})*[ \t]*$/;
/** Columns start or end within so many characters of each other. */
const SLACK = 2;
/** Without a rule or figures, cells of so many words are the columns of a newspaper. */
const PROSE_WORDS = 4;
/** A cell of more words is a sentence. */
const MAX_CELL_WORDS = 14;
/** Rows of figures may be two; rows of words must be more, or a pair of lines would do. */
const MIN_WORD_ROWS = 3;
const LIST_MARK = /^(?:\(?[A-Za-z0-9]{1,4}[.)]|[-*•o–]|\d{1,3}(?:\.\d{1,3}){1,4}\.?|(?:section|sec\.|article|§)\s?\S{1,8}|[[(][ xX]?[\])]|[☐☑☒])$/i;
/** `20%`, `$1,000`, `1.5`, `6 years`. */
const FIGURE = /^[$€£(]?\d[\d.,]{0,12}[%)]?(?: \p{L}{1,10})?$/u;
const CODE = /[;{}]|\/\/|=>|==|^\s*#/;

interface Row {
  readonly line: number;
  readonly cells: readonly TableCell[];
  /** By cell: first and last column of the page, tabs expanded. */
  readonly from: readonly number[];
  readonly to: readonly number[];
  readonly tabbed: boolean;
}

const TAB = 8;

function rowOf(line: TextLine, index: number): Row | null {
  const { text, start } = line;
  if (text.length > MAX_LINE || !/\S(?: {2,}|\t)\s*\S/.test(text.slice(0, MAX_LINE)) || isContentsLine(text)) return null;
  const cells: TableCell[] = [];
  const from: number[] = [];
  const to: number[] = [];
  let column = 0;
  let at = 0;
  const advance = (until: number): number => {
    for (; at < until; at += 1) column = text[at] === '\t' ? column - (column % TAB) + TAB : column + 1;
    return column;
  };
  for (const match of text.matchAll(CELL)) {
    cells.push({ start: start + match.index, end: start + match.index + match[0].length, text: match[0] });
    from.push(advance(match.index));
    to.push(advance(match.index + match[0].length));
  }
  return cells.length < 2 || cells.some((cell) => /_{3}/.test(cell.text)) ? null : { line: index, cells, from, to, tabbed: text.trim().includes('\t') };
}

/** True where the cells of two rows of equal length start or end below each other. */
function aligned(a: Row, b: Row): boolean {
  if (a.cells.length !== b.cells.length) return false;
  if (a.tabbed && b.tabbed) return true;
  return a.from.every((from, k) => {
    const [left, right] = [Math.abs(from - (b.from[k] ?? 0)), Math.abs((a.to[k] ?? 0) - (b.to[k] ?? 0))];
    return k === 0 ? left <= 2 * SLACK || right <= SLACK : left <= SLACK || right <= SLACK || isCentred(a, b, k);
  });
}

/** One cell stands inside the width of the other, as figures below a long head do. */
function isCentred(a: Row, b: Row, k: number): boolean {
  const [aFrom, aTo, bFrom, bTo] = [a.from[k] ?? 0, a.to[k] ?? 0, b.from[k] ?? 0, b.to[k] ?? 0];
  const inside = (aFrom >= bFrom && aTo <= bTo) || (bFrom >= aFrom && bTo <= aTo);
  return inside && (FIGURE.test(a.cells[k]?.text ?? '') || FIGURE.test(b.cells[k]?.text ?? ''));
}

/** A cell that goes on in the line below: alone in its line, below a column that is not the first. */
function goesOn(line: TextLine, index: number, above: Row): Row | null {
  const match = /^[ \t]*(\S+(?: \S+)*)[ \t]*$/.exec(line.text.slice(0, MAX_LINE));
  const words = match?.[1];
  if (words === undefined || line.text.length > MAX_LINE) return null;
  const at = line.text.indexOf(words);
  if (!above.from.some((from, k) => k > 0 && Math.abs(from - at) <= SLACK)) return null;
  return { line: index, cells: [{ start: line.start + at, end: line.start + at + words.length, text: words }], from: [at], to: [at + words.length], tabbed: false };
}

/** A table of columns parted by blanks that starts on this line: rows below each other, with rules or without. */
export function plainTableAt(lines: readonly TextLine[], index: number): TableLook {
  const first = rowOf(lines[index] as TextLine, index);
  if (first === null) return { table: null, last: index };
  const rows: Row[] = [first];
  let ruled = false;
  let last = index;
  for (let at = index + 1; at < lines.length; ) {
    const line = lines[at] as TextLine;
    const before = rows.at(-1) as Row;
    const full = rows.findLast((row) => row.cells.length > 1) as Row;
    if (RULE.test(line.text.slice(0, MAX_LINE)) && line.text.length <= MAX_LINE) {
      ruled = true;
      last = at;
      at += 1;
      continue;
    }
    const isBlank = line.text.trim() === '';
    const here = isBlank ? at + 1 : at;
    const own = lines[here];
    const row = own === undefined ? null : rowOf(own, here);
    if (row !== null && own !== undefined && (aligned(row, full) || aligned(row, first))) {
      rows.push(row);
      last = here;
      at = here + 1;
      continue;
    }
    const more = isBlank || before.cells.length === 1 ? null : goesOn(line, at, full);
    if (more === null) break;
    rows.push(more);
    last = at;
    at += 1;
  }
  if (!isTable(rows, ruled)) return { table: null, last };
  const top = index > 0 && RULE.test(lines[index - 1]?.text.slice(0, MAX_LINE) ?? '') ? index - 1 : index;
  return { table: limited(top, last, rows.map(({ cells }) => cells)), last };
}

function isTable(all: readonly Row[], ruled: boolean): boolean {
  const rows = all.filter((row) => row.cells.length > 1);
  if (rows.length < 2) return false;
  const columns = rows[0]?.cells.length ?? 0;
  const column = (k: number): readonly string[] => rows.map((row) => row.cells[k]?.text ?? '');
  if (columns === 2 && column(0).every((text) => LIST_MARK.test(text))) return false;
  if (column(0).every((text) => !/[\p{L}\p{N}]/u.test(text))) return false;
  // Wrapped text with wide blanks inside its lists: "...; 2)  for ...".
  if (!ruled && rows.filter((row) => row.cells.slice(0, -1).some((cell) => /(?:[;,]|(?:^| )\(?[a-z\d]{1,3}\))$/i.test(cell.text))).length > 1) return false;
  if (columns === 2 && column(0).every((text) => text.endsWith(':'))) return false;
  if (rows.filter((row) => row.cells.some((cell) => CODE.test(cell.text))).length * 2 >= rows.length) return false;
  const words = (text: string): number => text.split(' ').length;
  if (rows.some((row) => row.cells.some((cell) => words(cell.text) > MAX_CELL_WORDS))) return false;
  if (ruled) return true;
  // Two blanks after a full stop that happen to stand below each other.
  if (rows.filter((row) => row.cells.slice(0, -1).some((cell) => /\p{Ll}[.?!:][")\u201d]?$/u.test(cell.text))).length * 2 >= rows.length) return false;
  const figures = rows.filter((row) => row.cells.slice(1).some((cell) => /\d/.test(cell.text))).length;
  if (figures * 2 < rows.length && rows.length < MIN_WORD_ROWS) return false;
  const long = Array.from({ length: columns }, (_, k) => column(k)).every((texts) => texts.filter((text) => words(text) >= PROSE_WORDS).length * 2 > texts.length);
  return !long;
}
