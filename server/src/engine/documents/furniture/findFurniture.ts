import type { TextRange } from '../../../../../shared/words/textParts.ts';
import { capitalLine, headingLine } from '../headingLine.ts';
import { pageLines, type PageLine } from '../pageLines.ts';
import type { FurnitureKind, LineKinds } from './furnitureKind.ts';
import { findPageMarks } from './pageMarks.ts';
import { findRunningLines } from './runningLines.ts';
import { findTwoPageLines } from './twoPages.ts';
import { findWatermarks } from './watermarks.ts';

export interface Furniture {
  /** What is left out of the words, in order and apart: the lines, and the blank lines a page break brought. */
  readonly ranges: readonly TextRange[];
  /** The lines themselves. */
  readonly lines: readonly (TextRange & { readonly kind: FurnitureKind })[];
}

/** A line that ends so goes on in the next one. */
const UNFINISHED = /(?:[,\u2013\u2014-]|\b(?:Section|Sections|Article|Articles|and|or|of|to|the|under|in|with|by|from|a|an|for|as|at|on|any|such))$/;
const SENTENCE_END = /[.:;!?]["')\]\u201d*_]*$/;

/** Finds page marks, running headers and footers, and watermark letters. Linear in the text. */
export function findFurniture(text: string): Furniture {
  const lines = pageLines(text);
  const kinds: LineKinds = lines.map(() => null);
  findPageMarks(lines, kinds, text);
  findRunningLines(lines, kinds);
  findTwoPageLines(lines, kinds);
  findWatermarks(lines, kinds);
  const ranges: TextRange[] = [];
  for (let index = 0; index < lines.length; index += 1) {
    if (!isGap(lines, kinds, index)) continue;
    const first = index;
    while (isGap(lines, kinds, index + 1)) index += 1;
    const range = leftOut(lines, kinds, first, index);
    if (range !== null) ranges.push(range);
  }
  const marked = lines.flatMap(({ start, end }, index) => {
    const kind = kinds[index] ?? null;
    return kind === null ? [] : [{ start, end, kind }];
  });
  return { ranges, lines: marked };
}

function isGap(lines: readonly PageLine[], kinds: LineKinds, index: number): boolean {
  return index < lines.length && (lines[index]?.blank === true || kinds[index] !== null);
}

/** What of the lines `first` to `last` is left out: nothing of mere blank lines; otherwise all but one blank line where a paragraph ends here. */
function leftOut(lines: readonly PageLine[], kinds: LineKinds, first: number, last: number): TextRange | null {
  const inside = kinds.slice(first, last + 1);
  const feeds = lines.slice(Math.max(0, first - 1), last + 1).some((line) => line.lastOfPage);
  if (!feeds && inside.every((kind) => kind === null)) return null;
  const above = lines[first - 1];
  const below = lines[last + 1];
  const start = (lines[first] as PageLine).start;
  const end = (lines[last] as PageLine).next;
  if (above === undefined || below === undefined) return inside.every((kind) => kind === null) ? null : { start, end };
  const blank = lines.slice(first, last + 1).find((line) => line.blank);
  if (blank === undefined || goesOn(above, below)) return { start, end };
  // One blank line stays: the line end of the first, or of the last line of the gap.
  if (lines[first]?.blank === true) return start + 1 < end ? { start: (lines[first] as PageLine).next, end } : null;
  return lines[last]?.blank === true ? { start, end: (lines[last] as PageLine).start } : { start, end };
}

/** True where the words above a page break go on below it. */
function goesOn(above: PageLine, below: PageLine): boolean {
  if (UNFINISHED.test(above.text)) return true;
  if (SENTENCE_END.test(above.text)) return false;
  if (/^\p{Ll}/u.test(below.text)) return true;
  const head = headingLine(above.text);
  const isHeading = (head !== null && head.textStart >= above.text.length) || capitalLine(above.text) !== null;
  // "Section 4.2" without a title, below words that do not end, is a reference; with one it is the next heading.
  const opens = (headingLine(below.text)?.title ?? '') !== '' || capitalLine(below.text) !== null || /^\(/.test(below.text);
  return !isHeading && !opens && above.text.length >= MIN_WRAPPED;
}

/** A line that was wrapped is at least so long, in UTF-16 code units; a shorter one ends its paragraph. */
const MIN_WRAPPED = 45;
