/** Plain tables that fit a width. Cells are one line of printable text; styles are put on after the widths are known. */
export interface Column {
  readonly head: string;
  readonly align?: 'right';
  /** Cut with an ellipsis when the table is too wide; other columns keep their width. */
  readonly shrinks?: boolean;
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

function fit(text: string, columns: number): string {
  if (width(text) <= columns) return text;
  return `${[...text].slice(0, Math.max(0, columns - 1)).join('').trimEnd()}\u2026`;
}

/** Takes from the widest column that may shrink, until the table fits or nothing can be taken. */
function widths(columns: readonly Column[], natural: readonly number[], available: number): number[] {
  const fitted = [...natural];
  let excess = fitted.reduce((sum, one) => sum + one, 0) + GAP.length * (columns.length - 1) - available;
  while (excess > 0) {
    let widest = -1;
    for (const [at, column] of columns.entries()) {
      const own = fitted[at] ?? 0;
      if (column.shrinks === true && own > MIN_WIDTH && own > (fitted[widest] ?? 0)) widest = at;
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
      const text = fit(cell.text, size);
      const space = ' '.repeat(Math.max(0, size - width(text)));
      const styled = cell.style === undefined ? text : cell.style(text);
      return column.align === 'right' ? space + styled : styled + space;
    }).join(GAP).trimEnd();
  const head = columns.map(({ head: text }): Cell => ({ text }));
  const all = columns.every((column) => column.head === '') ? cells : [head, ...cells];
  return all.map((row) => `${line(row)}\n`).join('');
}

/** Words broken into lines of at most `columns` characters. */
export function wrapped(text: string, columns: number, indent = ''): string {
  const lines: string[] = [];
  let line = indent;
  for (const word of text.split(' ')) {
    if (line.length > indent.length && line.length + 1 + word.length > columns) {
      lines.push(line);
      line = indent + word;
    } else line += line.length === indent.length ? word : ` ${word}`;
  }
  lines.push(line);
  return `${lines.join('\n')}\n`;
}
