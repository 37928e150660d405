import type { TextPlace } from '../../../../shared/model.ts';
import { trimRange } from './draftUnit.ts';
import type { OptionBox } from './optionBox.ts';

const ANY_WORD = /[\p{L}\p{N}]/u;
/** A word or a blank to fill in. */
const ANYTHING = /[\p{L}\p{N}_]/u;
/** The number of a question in front of its words: `5.`, `B-3)`, `2-1`. */
const NUMBER = /^(?:\*\*)?(?:[A-Z]{1,2}[-.]?)?\d{1,3}(?:[.-]\d{1,3}){0,3}[a-z]?(?:\([a-z0-9]{1,3}\)){0,3}(?:[.):]|(?<=[-.]\d{1,3}))[*]{0,2}[ \t]+/;
/** Bullet, list mark, bars of a table: what may stand before the words of an option. */
const LEAD = /^[\s|>]*(?:[-*+\u2022][ \t]+)?(?:(?:\([A-Za-z0-9]{1,4}\)|(?:[A-Za-z]|[ivxIVX]{2,5}|\d{1,2})[.)])[ \t]+)?/u;
/** Where the words of a question end and those of its first option begin on one line. */
const QUESTION_ENDS = /[.?:;)](?=\s)|\t|[ \u00a0]{3,}|\|/gu;

interface Row {
  readonly start: number;
  readonly end: number;
  readonly boxes: readonly OptionBox[];
}

/** The lines of a stretch that hold words or boxes. */
function rowsOf(text: string, { start, end }: TextPlace, boxes: readonly OptionBox[]): readonly Row[] {
  const rows: Row[] = [];
  let next = 0;
  for (let from = start; from < end; ) {
    const stop = text.indexOf('\n', from);
    const to = stop === -1 || stop > end ? end : stop;
    const first = next;
    while ((boxes[next]?.start ?? Infinity) < to) next += 1;
    if (text.slice(from, to).trim() !== '') rows.push({ start: from, end: to, boxes: boxes.slice(first, next) });
    from = to + 1;
  }
  return rows;
}

function indentOf(text: string, { start, end }: Row): string {
  return /^[ \t]*/.exec(text.slice(start, end))?.[0] ?? '';
}

/** Words between two boxes of a row without what leads them; behind the question's own words on its first line. */
function wordsOf(text: string, from: number, to: number, afterQuestion: boolean): TextPlace {
  const all = trimRange(text, from, to);
  const own = { ...all, start: all.start + (afterQuestion ? (NUMBER.exec(text.slice(all.start, all.end))?.[0].length ?? 0) : 0) };
  const last = afterQuestion ? [...text.slice(own.start, own.end).trimEnd().replace(/[.:;?|)\s]+$/u, '').matchAll(QUESTION_ENDS)].at(-1) : undefined;
  const start = own.start + (last === undefined ? 0 : last.index + last[0].length);
  const lead = LEAD.exec(text.slice(start, own.end))?.[0].length ?? 0;
  const words = text.slice(start + lead, own.end);
  return { start: start + lead, end: start + lead + words.replace(/[\s|.\u2026:]+$/u, '').length };
}

/**
 * The words of each box of a question whose boxes stand behind them (`Yes [x]  No [ ]`, or a row each), or null where it
 * is laid out otherwise or not the same throughout: every row with boxes begins with words and ends with a box, every
 * box has words of its own before it, rows below the first start in one column, and none of other words is between them.
 */
export function wordsBeforeBoxes(text: string, { start, end }: TextPlace, boxes: readonly OptionBox[]): readonly TextPlace[] | null {
  if (boxes.length === 0 || boxes.some(({ shape }) => shape === 'line')) return null;
  const rows = rowsOf(text, { start, end }, boxes);
  const first = rows.findIndex((row) => row.boxes.length > 0);
  const last = rows.findLastIndex((row) => row.boxes.length > 0);
  const listed = rows.slice(first, last + 1);
  const below = listed.filter((_, at) => first + at > 0);
  if (new Set(below.map((row) => indentOf(text, row))).size > 1) return null;
  const places: TextPlace[] = [];
  for (const [at, row] of listed.entries()) {
    const lastBox = row.boxes.at(-1);
    if (lastBox === undefined || ANYTHING.test(text.slice(lastBox.end, row.end))) return null;
    for (const [k, box] of row.boxes.entries()) {
      const words = wordsOf(text, row.boxes[k - 1]?.end ?? row.start, box.start, first === 0 && at === 0 && k === 0);
      if (!ANY_WORD.test(text.slice(words.start, words.end))) return null;
      places.push(words);
    }
  }
  // "The following applies: [x]" and words below: what the box is for stands there.
  const [only, another] = boxes;
  const isLeadIn = another === undefined && /:\s*$/u.test(text.slice(start, only?.start)) && last < rows.length - 1;
  return isLeadIn ? null : places;
}
