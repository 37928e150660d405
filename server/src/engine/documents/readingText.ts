import type { TextRange } from '../../../../shared/words/textParts.ts';

/** The words of a stretch of a document as a person reads them, with the way back to the document. */
export interface ReadingText {
  readonly text: string;
  /** Document offset of a character of `text`; of its end for `text.length`. */
  at(offset: number): number;
  /** Document range of a range of `text`: from its first character to its last one. */
  range(start: number, end: number): readonly [start: number, end: number];
}

/**
 * The text between `start` and `end` without the ranges that are left out of the words (page furniture, hyphens at line
 * ends), which are given in order and apart. A form feed reads as a line end. The one place where words are taken from.
 */
export function readingText(text: string, start: number, end: number, omitted: readonly TextRange[] = []): ReadingText {
  const pieces: string[] = [];
  /** Parallel: a piece of the reading text starts here, and there in the document. */
  const starts: number[] = [];
  const places: number[] = [];
  let length = 0;
  const take = (from: number, to: number): void => {
    if (from >= to) return;
    starts.push(length);
    places.push(from);
    const piece = text.slice(from, to);
    pieces.push(piece.includes('\f') ? piece.replaceAll('\f', '\n') : piece);
    length += to - from;
  };
  let from = start;
  for (const range of omitted) {
    if (range.end <= from) continue;
    if (range.start >= end) break;
    take(from, range.start);
    from = range.end;
  }
  take(from, end);
  const at = (offset: number): number => {
    if (length === 0) return start;
    let low = 0;
    let high = starts.length - 1;
    const inside = Math.max(0, Math.min(offset, length - 1));
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= inside) low = middle;
      else high = middle - 1;
    }
    return (places[low] ?? start) + (inside - (starts[low] ?? 0)) + (offset >= length ? 1 : 0);
  };
  return {
    text: pieces.join(''),
    at,
    range: (first, last) => (first >= last ? [at(first), at(first)] : [at(first), at(last - 1) + 1]),
  };
}
