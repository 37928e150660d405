import { reflow, type TextRange } from '../../../shared/words/textParts.ts';

/** Stands where a character is left out of what is shown, so that offsets stay those of the document. */
export const LEFT_OUT = '\u0000';

/**
 * A unit's words as a person reads them, exactly as long as `text`: page furniture (`omitted`, offsets into `text`) and
 * hyphens at line ends are left out, a sentence that runs on over a page is one, and hard wrapping is undone.
 */
export function readableText(text: string, omitted: readonly TextRange[]): string {
  let masked = text;
  for (const { start, end } of omitted) {
    const from = Math.max(0, start);
    const to = Math.min(text.length, end);
    if (from < to) masked = masked.slice(0, from) + LEFT_OUT.repeat(to - from) + masked.slice(to);
  }
  const joined = masked.replace(/[\n\f \t]*\u0000[\u0000\n\f \t]*/g, (gap, at: number) => {
    if (!/[\n\f]/.test(gap)) return gap;
    // One line end, right before the words that go on: a list item keeps its line, a sentence runs on.
    return at === 0 || at + gap.length === masked.length ? LEFT_OUT.repeat(gap.length) : `${LEFT_OUT.repeat(gap.length - 1)}\n`;
  });
  return reflow(joined);
}
