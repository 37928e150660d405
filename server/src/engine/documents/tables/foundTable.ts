import type { TableCell } from '../../../../../shared/model.ts';

/** A table at its place: whole lines, and the cells of its rows. */
export interface FoundTable {
  /** Index of the first and of the last line. */
  readonly first: number;
  readonly last: number;
  readonly rows: readonly { readonly cells: readonly TableCell[] }[];
  /** True where rows or cells were left out, or a cell was cut. */
  readonly capped: boolean;
}

/** What stands on a line and below it: a table, or none up to line `last`, so that nobody looks there again. */
export interface TableLook {
  readonly table: FoundTable | null;
  readonly last: number;
}

/** A table of more is a data set; the words of its unit are all there, the cells up to here. */
export const MAX_ROWS = 200;
export const MAX_CELLS = 20;
/** Longest cell, in UTF-16 code units. */
const MAX_CELL = 400;

/** The rows within the limits. */
export function limited(first: number, last: number, all: readonly (readonly TableCell[])[]): FoundTable {
  let capped = all.length > MAX_ROWS;
  const rows = all.slice(0, MAX_ROWS).map((cells) => {
    if (cells.length > MAX_CELLS || cells.some(({ text }) => text.length > MAX_CELL)) capped = true;
    return { cells: cells.slice(0, MAX_CELLS).map(shortened) };
  });
  return { first, last, rows, capped };
}

function shortened(cell: TableCell): TableCell {
  if (cell.text.length <= MAX_CELL) return cell;
  const text = cell.text.slice(0, MAX_CELL).replace(/[\uD800-\uDBFF]$/, '');
  return { start: cell.start, end: cell.start + text.length, text };
}
