/** Plain tables that fit a width. Cells are one line of printable text; styles are put on after the widths are known. */
export interface Column {
  readonly head: string;
  readonly align?: 'right';
  /**
   * What gives way when the table is too wide; other columns keep their width. `end` and `start` cut there, with an
   * ellipsis; `wraps` goes on below.
   */
  readonly shrinks?: 'end' | 'start' | 'wraps';
}
export interface Cell {
  readonly text: string;
  style?(text: string): string;
}

const GAP = '  ';
const MIN_WIDTH = 8;
const COMBINING = /\p{M}/gu;

function width(text: string): number {
  return [...text.replace(COMBINING, '')].length;
}

function fit(text: string, columns: number, cut: 'end' | 'start'): string {
  if (width(text) <= columns) return text;
  const kept = Math.max(0, columns - 1);
  const all = [...text];
  return cut === 'start' ? `\u2026${all.slice(all.length - kept).join('').trimStart()}` : `${all.slice(0, kept).join('').trimEnd()}\u2026`;
}

/** Takes from the widest column that may shrink, until the table fits or nothing can be taken. */
function widths(columns: readonly Column[], natural: readonly number[], available: number): number[] {
  const fitted = [...natural];
  let excess = fitted.reduce((sum, one) => sum + one, 0) + GAP.length * (columns.length - 1) - available;
  while (excess > 0) {
    let widest = -1;
    for (const [at, column] of columns.entries()) {
      const own = fitted[at] ?? 0;
      if (column.shrinks !== undefined && own > MIN_WIDTH && own > (fitted[widest] ?? 0)) widest = at;
    }
    if (widest === -1) break;
    fitted[widest] = (fitted[widest] ?? 0) - 1;
    excess -= 1;
  }
  return fitted;
}

/** Lines of a table, head first (left out where every head is empty), each ended by a line feed. */
export function textTable(
  columns: readonly Column[],
  rows: readonly (readonly (Cell | string)[])[],
  available: number,
  indent = '',
): string {
  const cells = rows.map((row) => row.map((cell): Cell => (typeof cell === 'string' ? { text: cell } : cell)));
  const natural = columns.map((column, at) => Math.max(width(column.head), ...cells.map((row) => width(row[at]?.text ?? ''))));
  const fitted = widths(columns, natural, available - indent.length);
  const line = (row: readonly Cell[]): string =>
    indent + columns.map((column, at) => {
      const cell = row[at] ?? { text: '' };
      const size = fitted[at] ?? 0;
      const text = fit(cell.text, size, column.shrinks === 'start' ? 'start' : 'end');
      const space = ' '.repeat(Math.max(0, size - width(text)));
      const styled = cell.style === undefined ? text : cell.style(text);
      return column.align === 'right' ? space + styled : styled + space;
    }).join(GAP).trimEnd();
  /** A row as the rows it takes up: its first line, then what goes on below. */
  const lines = (row: readonly Cell[]): readonly (readonly Cell[])[] => {
    const cut = columns.map((column, at): readonly Cell[] => {
      const cell = row[at] ?? { text: '' };
      return column.shrinks === 'wraps' ? linesOf(cell.text, fitted[at] ?? 0).map((text) => ({ ...cell, text })) : [cell];
    });
    return Array.from({ length: Math.max(...cut.map((cells) => cells.length)) }, (_, at) => cut.map((cells) => cells[at] ?? { text: '' }));
  };
  const head = columns.map(({ head: text }): Cell => ({ text }));
  const all = columns.every((column) => column.head === '') ? cells : [head, ...cells];
  return all.flatMap(lines).map((row) => `${line(row)}\n`).join('');
}

/** Words in lines of at most `columns` characters; a longer word, as a URL, is broken. */
function linesOf(text: string, columns: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && width(line) + 1 + width(word) <= columns) {
      line += ` ${word}`;
      continue;
    }
    if (line !== '') lines.push(line);
    const rest = [...word];
    while (rest.length > columns) lines.push(rest.splice(0, columns).join(''));
    line = rest.join('');
  }
  return [...lines, line];
}

/** Words broken into lines of at most `columns` characters, the indent included. */
export function wrapped(text: string, columns: number, indent = ''): string {
  return linesOf(text, columns - indent.length).map((line) => `${indent}${line}\n`).join('');
}
