/** A row of a table of text, without its header. */
export interface TableRow {
  /** From the first letter of the first cell to the last of the last. */
  readonly start: number;
  readonly end: number;
  readonly cells: readonly string[];
  /** Cells of the table's first row, where it has a header. */
  readonly header: readonly string[];
}

interface Line {
  readonly start: number;
  readonly end: number;
  readonly cells: readonly string[];
}

/** Rows that end in a figure, side by side in columns, that make a table even without a header. */
const MIN_ROWS = 2;
/** Longer lines are prose. */
const MAX_LINE = 400;

/** Rows of Markdown tables, and of columns set apart by blanks, dots or tabs that end in a percentage or number. */
export function tableRows(text: string): readonly TableRow[] {
  const rows: TableRow[] = [];
  let block: Line[] = [];
  let piped = false;
  const flush = (): void => {
    rows.push(...(piped ? pipeTable(block) : columnTable(block)));
    block = [];
  };
  let start = 0;
  for (const line of text.split('\n')) {
    const isPipe = /^\s{0,20}\|.*\|\s*$/u.test(line) && line.length <= MAX_LINE;
    const parsed = isPipe ? pipeLine(line, start) : columnLine(line, start);
    if (block.length > 0 && (parsed === null || piped !== isPipe) && !(line.trim() === '' && !piped)) flush();
    if (parsed !== null) {
      piped = isPipe;
      block.push(parsed);
    }
    start += line.length + 1;
  }
  flush();
  return rows;
}

function pipeLine(line: string, at: number): Line {
  const cells = line.trim().slice(1, -1).split('|').map((cell) => cell.trim());
  return { ...edges(line, at, /[^\s|]/u), cells };
}

/** `3 years ........ 40%`, `3 years      40%`: words, a gap, figures. */
function columnLine(line: string, at: number): Line | null {
  if (line.length > MAX_LINE || line.trim() === '') return null;
  const cells = line.trim().split(/[ \t]*(?:\.(?:[ \t]?\.){2,200}|\t|[ ]{2,200})[ \t]*/u).filter((cell) => cell !== '');
  if (cells.length < 2) return null;
  return { ...edges(line, at, /\S/u), cells };
}

function edges(line: string, at: number, inside: RegExp): { readonly start: number; readonly end: number } {
  let first = 0;
  let last = line.length;
  while (first < last && !inside.test(line.charAt(first))) first++;
  while (last > first && !inside.test(line.charAt(last - 1))) last--;
  return { start: at + first, end: at + last };
}

function pipeTable(lines: readonly Line[]): readonly TableRow[] {
  const rule = lines.findIndex(({ cells }) => cells.every((cell) => /^:?-{2,}:?$/u.test(cell)));
  const header = rule > 0 ? (lines[rule - 1]?.cells ?? []) : [];
  return lines.filter((line, k) => k > rule && line.cells.length >= 2 && line.start < line.end).map((line) => ({ ...line, header }));
}

const FIGURE = /^[$€£]?\d[\d,.]*\s?%?$|^\d+(?:\.\d+)?\s?(?:percent|per cent)$/iu;

function columnTable(lines: readonly Line[]): readonly TableRow[] {
  const body = lines.filter(({ cells }) => FIGURE.test(cells.at(-1) ?? ''));
  if (body.length < MIN_ROWS) return [];
  const before = lines.indexOf(body[0] as Line) - 1;
  const header = lines[before]?.cells ?? [];
  return body.map((line) => ({ ...line, header: header.length === line.cells.length ? header : [] }));
}

/** Places of the header of each table, with its rule: words that a schedule in prose has no use for. */
export function tableHeaders(text: string): readonly { readonly start: number; readonly end: number }[] {
  const found: { start: number; end: number }[] = [];
  let start = 0;
  let before: { start: number; end: number } | null = null;
  for (const line of text.split('\n')) {
    const end = start + line.length;
    if (/^\s{0,20}\|(?:\s{0,20}:?-{2,200}:?\s{0,20}\|){1,40}\s*$/u.test(line) && before !== null) found.push({ start: before.start, end });
    before = { start, end };
    start = end + 1;
  }
  return found;
}
