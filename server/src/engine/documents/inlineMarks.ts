import type { OutlineHead } from './outlineDefinitions.ts';

/** The text of an item is looked through up to here for the mark of the next, in UTF-16 code units. */
const LOOKED_AT = 3_000;

/** What `(a)`, `(2)`, `(iii)` and `(B)` count; a single `i`, `v` or `x` may be two things. */
function valuesOf(mark: string): readonly number[] {
  if (/^\d+$/.test(mark)) return [Number(mark)];
  const lower = mark.toLowerCase();
  const letter = lower.length === 1 ? [lower.charCodeAt(0) - 96] : [];
  const roman = ROMANS.indexOf(lower);
  return roman === -1 ? letter : [...letter, roman + 1];
}

const ROMANS = 'i ii iii iv v vi vii viii ix x xi xii xiii xiv xv'.split(' ');
const SECONDS: Readonly<Record<string, string>> = { a: 'b', A: 'B', i: 'ii', I: 'II', '1': '2' };

/**
 * Leaves out marks that only happen to start a line of a running sentence: "(1) is made, and (2) is kept". Such a mark has
 * no blank line above it, and the one before it, or the one after the first, stands inside a line.
 */
export function withoutInlineMarks(heads: readonly OutlineHead[], text: string): readonly OutlineHead[] {
  const kept: OutlineHead[] = [];
  /** Values of the marks of this section, kept or not. */
  let seen = new Set<string>();
  heads.forEach((head, k) => {
    if (!head.style.startsWith('(')) {
      if (head.candidate === undefined) seen = new Set();
      kept.push(head);
      return;
    }
    const mark = (head.number ?? '').slice(1, -1);
    const values = valuesOf(mark);
    const isNext = values.some((value) => value === 1 || seen.has(`${head.style}${value - 1}`));
    const isInline = head.isTight === true && (!isNext || (SECONDS[mark] !== undefined && goesOnInline(heads, k, SECONDS[mark], text)));
    if (isInline) return;
    for (const value of values) seen.add(`${head.style}${value}`);
    kept.push(head);
  });
  return kept;
}

/** True where the second mark of a list stands inside a line before any line starts with it. */
function goesOnInline(heads: readonly OutlineHead[], k: number, second: string, text: string): boolean {
  const head = heads[k] as OutlineHead;
  const next = heads.slice(k + 1, k + 30).find((one) => !one.style.startsWith('(') || one.number === `(${second})`);
  if (next?.style.startsWith('(') === true) return false;
  const words = text.slice(head.textAt, Math.min(next?.start ?? text.length, head.textAt + LOOKED_AT));
  return words.includes(` (${second})`);
}
