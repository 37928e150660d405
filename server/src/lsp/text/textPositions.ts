import type { Position, Range } from 'vscode-languageserver/node';

/** Finds 0-based line and character of offsets into a text with `\n` line ends. */
export class TextPositions {
  readonly #lineStarts: readonly number[];
  readonly #length: number;

  constructor(text: string) {
    const starts = [0];
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
    this.#lineStarts = starts;
    this.#length = text.length;
  }

  at(offset: number): Position {
    const within = Math.max(0, Math.min(offset, this.#length));
    let low = 0;
    let high = this.#lineStarts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((this.#lineStarts[middle] ?? 0) <= within) low = middle;
      else high = middle - 1;
    }
    return { line: low, character: within - (this.#lineStarts[low] ?? 0) };
  }

  /** The offset of a line and character, kept inside that line. */
  offset({ line, character }: Position): number {
    const start = this.#lineStarts[Math.max(0, line)];
    if (start === undefined) return this.#length;
    const next = this.#lineStarts[line + 1];
    return Math.max(start, Math.min(start + character, next === undefined ? this.#length : next - 1));
  }

  range(start: number, end: number): Range {
    return { start: this.at(start), end: this.at(end) };
  }
}
