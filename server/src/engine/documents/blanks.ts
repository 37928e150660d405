import type { FillIn, TextPlace } from '../../../../shared/model.ts';

/** Filled: `__21__`, also over a line end; `____ 21 ____` (figures only, as two blanks may stand around a word); `__21`. */
const FILLED = '_{2,}(?=[^\\s_])([^_\\n]{0,120}[^\\s_])_{2,}|_{2,}([A-Z0-9][^_\\n]{0,120}\\n[ \\t]{0,40}[^\\s_](?:[^_\\n]{0,120}[^\\s_])?)_{2,}|_{2,}[ \\t]{0,3}(\\$?\\d[\\d,./]{0,14}%?)[ \\t]{0,3}_{2,}|_{2,}(\\$?\\d[\\d,.]{0,14}%?)(?![\\w])';
const EMPTY = '_{3,}|\\[(?:_{4,}|[ \\u00a0]{4,40}|[ ]?(?:TBD|TBC|TODO|XX+|insert|enter|specify|describe|date|amount|number|percentage|\u25cf|\u2022|name of)(?:[ \\t][^\\]\\n[]{0,80})?)\\]';
const BLANK = new RegExp(`${FILLED}|${EMPTY}`, 'gi');
/** `__Plan Year__:` in front of a line is bold type, not an answer. */
const BOLD_BEFORE = /(?:^|\n)[ \t]*(?:(?:[-*+\u2022]|\d{1,3}[.)])[ \t]+)?$/;
const LOOK_BACK = 40;
/** The end of a line that goes on in the next one, which begins with the blank. */
const GOES_ON = /(?:^|\n)(?!#)[^\n]*[\p{L}\p{N},]\n[ \t]*$/u;
const LINE_BACK = 240;

function isBold(text: string, { start, end }: TextPlace, value: string): boolean {
  if (!/^[A-Za-z]/.test(value) || !BOLD_BEFORE.test(text.slice(Math.max(0, start - LOOK_BACK), start))) return false;
  return text[end] === ':' || !GOES_ON.test(text.slice(Math.max(0, start - LINE_BACK), start));
}

/**
 * Blanks of a stretch of text and what stands in them. A blank is a run of underscores, a bracket with `insert ...` or
 * nothing in it, or underscores around an answer. An answer typed over a blank without a trace of it is told from the
 * form's own words only behind a label, by `typedAnswer`. `taken` places (boxes, in order) hold none.
 */
export function blanksIn(text: string, { start, end }: TextPlace, taken: readonly TextPlace[]): readonly FillIn[] {
  const found: FillIn[] = [];
  // Searched in the whole stretch, so that an expression cannot reach out of it.
  let next = 0;
  for (const match of text.slice(start, end).matchAll(BLANK)) {
    const from = start + match.index;
    const to = from + match[0].length;
    while (next < taken.length && (taken[next]?.end ?? 0) <= from) next += 1;
    if ((taken[next]?.start ?? to) < to) continue;
    const value = (match[1] ?? match[2] ?? match[3] ?? match[4])?.replace(/\s+/g, ' ').trim();
    if (value === undefined || !/[\p{L}\p{N}]/u.test(value)) found.push({ start: from, end: to, value: null });
    else if (!isBold(text, { start: from, end: to }, value)) found.push({ start: from, end: to, value });
  }
  return found;
}
