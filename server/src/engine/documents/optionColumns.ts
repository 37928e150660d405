/** Blanks that part two columns of a line. */
const GAP = /\S[ \u00a0]{3,}\S|\S\t+\S/;
/** So far behind a box its line and the next are looked at, in UTF-16 code units. */
const LOOKED_AT = 1_000;

/**
 * What stands below a box that is not the first of its line, up to `end`: words that go on (`own`), a note on the
 * question (`note`), or the second lines of several columns, whose words cannot be told apart (`columns`). `lineEnd` is
 * where the box's own line ends.
 */
export function belowInnerBox(text: string, boxEnd: number, end: number): { readonly lineEnd: number; readonly below: 'own' | 'note' | 'columns' } {
  const stop = text.indexOf('\n', boxEnd);
  const lineEnd = stop === -1 ? end : Math.min(stop, end);
  const next = text.slice(lineEnd, Math.min(end, lineEnd + LOOKED_AT)).split('\n').slice(1, 2)[0] ?? '';
  if (next.trim() === '') return { lineEnd, below: 'own' };
  if (GAP.test(next)) return { lineEnd, below: 'columns' };
  return { lineEnd, below: /^\s*\p{Ll}/u.test(next) ? 'own' : 'note' };
}
