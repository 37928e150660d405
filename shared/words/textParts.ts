/** A stretch of text, [start, end) in UTF-16 offsets. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

export interface TextPart {
  readonly text: string;
  /** True where the other side does not have these words. */
  readonly only: boolean;
  /** Number, from 1, of the difference in fact these words show; the same on both sides. */
  readonly fact: number | null;
}

/** Cuts a text at the borders of what is marked in it; ranges are offsets into `text`, and may overlap. */
export function textParts(text: string, only: readonly TextRange[], facts: readonly (TextRange & { readonly fact: number })[]): readonly TextPart[] {
  const borders = new Set([0, text.length]);
  for (const range of [...only, ...facts]) borders.add(range.start).add(range.end);
  const sorted = [...borders].sort((a, b) => a - b);
  const parts: TextPart[] = [];
  for (const [at, start] of sorted.entries()) {
    const end = sorted[at + 1];
    if (end === undefined || end <= start) continue;
    const inside = (range: TextRange): boolean => range.start <= start && range.end >= end;
    parts.push({ text: text.slice(start, end), only: only.some(inside), fact: facts.find(inside)?.fact ?? null });
  }
  return parts;
}

/** The part of a span that lies in a text which begins at `textStart` of the same document; null where none does. */
export function rangeWithin(span: TextRange, textStart: number, length: number): TextRange | null {
  const start = Math.max(0, span.start - textStart);
  const end = Math.min(length, span.end - textStart);
  return start < end ? { start, end } : null;
}

/** A line that starts a list item, a table row or a quote keeps its line; other single line ends are only wrapping. */
const WRAPPING_LINE_END = /(?<!\n)\n(?!\n|[ \t]*(?:[-*+|>\u2022]|\(?[0-9a-zA-Z]{1,4}[.)][ \t]))/g;

/** Undoes hard wrapping without changing any offset. */
export function reflow(text: string): string {
  return text.replace(WRAPPING_LINE_END, ' ');
}
