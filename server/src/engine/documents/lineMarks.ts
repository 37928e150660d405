/** Outline marks that only their row proves: `A.` is one where a `B.` follows, not in "A. Smith". */
export type MarkStyle = 'I.' | 'A.' | 'a.';

export interface LineMark {
  /** Index of the line. */
  readonly line: number;
  readonly style: MarkStyle;
  /** As printed, `A.`. */
  readonly number: string;
}

const MARK = /^[ \t]*(?:\*\*|__)?((?:[A-Z]|[IVXLC]{1,7}|[a-z])[.)])[ \t]+(?:\*\*|__)?["\u201c(]?[A-Z"\u201c]/;
const VALUES: Readonly<Record<string, number>> = { I: 1, V: 5, X: 10, L: 50, C: 100 };

function roman(mark: string): number {
  const values = [...mark].map((letter) => VALUES[letter] ?? 0);
  return values.reduce((sum, value, k) => sum + (value < (values[k + 1] ?? 0) ? -value : value), 0);
}

/** What a mark may count, by style. */
function readings(mark: string): readonly (readonly [MarkStyle, number])[] {
  if (/^[a-z]$/.test(mark)) return [['a.', mark.charCodeAt(0) - 96]];
  const letter: readonly (readonly [MarkStyle, number])[] = mark.length === 1 ? [['A.', mark.charCodeAt(0) - 64]] : [];
  return /^[IVXLC]+$/.test(mark) ? [...letter, ['I.', roman(mark)]] : letter;
}

interface Row {
  last: number;
  readonly marks: LineMark[];
}

/**
 * Marks `A.`, `I.` and `a.` that stand in a row: from the first on, each one more than the one before it. A mark that
 * two rows could take, as `I.` after `H.`, goes on with the row that waits for it.
 */
export function lineMarks(lines: readonly { readonly text: string }[], isLookedAt: (line: number) => boolean): ReadonlyMap<number, LineMark> {
  const found = new Map<number, LineMark>();
  const open = new Map<MarkStyle, Row>();
  const close = (style: MarkStyle): void => {
    const marks = open.get(style)?.marks ?? [];
    if (marks.length > 1) for (const mark of marks) found.set(mark.line, mark);
    open.delete(style);
  };
  lines.forEach(({ text }, line) => {
    const mark = MARK.exec(text.slice(0, 80))?.[1];
    if (mark === undefined || !isLookedAt(line)) return;
    const all = readings(mark.slice(0, -1));
    const next = all.find(([style, value]) => open.get(style)?.last === value - 1);
    const [style, value] = next ?? all.find(([, first]) => first === 1) ?? [null, 0];
    if (style === null) return;
    if (next === undefined) close(style);
    const row = open.get(style) ?? { last: 0, marks: [] };
    row.last = value;
    row.marks.push({ line, style, number: mark });
    open.set(style, row);
    // A new row of letters starts below every Roman number.
    if (style === 'I.') close('A.');
    if (style !== 'a.') close('a.');
  });
  for (const style of [...open.keys()]) close(style);
  return found;
}
