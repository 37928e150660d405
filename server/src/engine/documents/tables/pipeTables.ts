import type { TableCell } from '../../../../../shared/model.ts';
import type { TextLine } from '../textLines.ts';
import { limited, type TableLook } from './foundTable.ts';

/** `| --- | :--: |`, `--- | ---` and the `+----+----+` of a drawn grid. */
const RULE = /^[ \t]*[|+]?[ \t]*:?[-=]{2,}[-=: \t|+]*$/;
const MAX_LINE = 4_000;
/** Without a rule so many rows have as many cells as the first. */
const ALIKE = 0.8;

function isRule(text: string): boolean {
  return text.length <= MAX_LINE && RULE.test(text) && /[|+]/.test(text);
}

function isFramed(text: string): boolean {
  return /^[ \t]*\|.*\|[ \t]*$/.test(text);
}

/** The cells between unescaped pipes; a pipe at either end encloses. */
function cellsOf({ start, text }: TextLine): readonly TableCell[] {
  const borders: number[] = [];
  for (let at = text.indexOf('|'); at !== -1; at = text.indexOf('|', at + 1)) if (text[at - 1] !== '\\') borders.push(at);
  const lead = text.length - text.trimStart().length;
  const tail = text.trimEnd().length;
  const from = borders[0] === lead ? borders.slice(1) : borders;
  const inner = from.at(-1) === tail - 1 ? from.slice(0, -1) : from;
  const ends = [...inner, borders.at(-1) === tail - 1 ? tail - 1 : tail];
  let left = borders[0] === lead ? lead + 1 : 0;
  return ends.map((end) => {
    const words = text.slice(left, end);
    const trimmed = words.trim();
    const at = start + left + (trimmed === '' ? 0 : words.indexOf(trimmed));
    left = end + 1;
    return { start: at, end: at + trimmed.length, text: trimmed };
  });
}

/** The table drawn with pipes that starts on this line: with a rule below the head, or at least two framed rows of equally many cells. */
export function pipeTableAt(lines: readonly TextLine[], index: number): TableLook {
  const isRow = (at: number): boolean => {
    const text = lines[at]?.text ?? '';
    return text.length <= MAX_LINE && text.includes('|') && text.trim() !== '|' && !isRule(text);
  };
  const isLine = (at: number): boolean => isRow(at) || isRule(lines[at]?.text ?? '');
  if (!isLine(index)) return { table: null, last: index };
  let last = index;
  while (isLine(last + 1)) last += 1;
  const block = lines.slice(index, last + 1);
  const ruled = block.slice(0, 3).some(({ text }) => isRule(text));
  const rows = block.filter(({ text }) => !isRule(text));
  // Rows without a frame need the rule, or a line with a pipe in it would do.
  const cells = rows.map(cellsOf);
  const columns = cells[0]?.length ?? 0;
  const alike = cells.filter((row) => row.length === columns).length;
  const framed = rows.every(({ text }) => isFramed(text));
  if (columns < 2 || (ruled ? rows.length < 2 && !framed : !framed || rows.length < 2 || alike < rows.length * ALIKE)) return { table: null, last };
  return { table: limited(index, last, cells), last };
}
