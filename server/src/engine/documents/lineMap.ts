import type { Span } from '../../../../shared/model.ts';

/** Lines of a normalised text. Offsets are UTF-16 code units. */
export class LineMap {
  readonly #starts: readonly number[];
  readonly #length: number;

  constructor(text: string) {
    const starts = [0];
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
    this.#starts = starts;
    this.#length = text.length;
  }

  get lineCount(): number {
    return this.#starts.length;
  }

  /** 0-based line of an offset; offsets outside the text go to its ends. */
  lineAt(offset: number): number {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** 0-based line and character, as the Language Server Protocol counts. */
  positionAt(offset: number): { readonly line: number; readonly character: number } {
    const inside = Math.max(0, Math.min(offset, this.#length));
    const line = this.lineAt(inside);
    return { line, character: inside - (this.#starts[line] ?? 0) };
  }

  /** The offset of a 0-based line and character, kept inside that line. */
  offsetAt(line: number, character: number): number {
    const start = this.#starts[Math.max(0, Math.min(line, this.#starts.length - 1))] ?? 0;
    const next = this.#starts[line + 1];
    const end = next === undefined ? this.#length : next - 1;
    return Math.max(start, Math.min(start + character, end));
  }
}

/** Builds spans of one text. */
export function spanBuilder(document: string, text: string, lines: LineMap): (start: number, end: number) => Span {
  return (start, end) => {
    const { line, character } = lines.positionAt(start);
    return { document, start, end, line: line + 1, column: character + 1, quote: text.slice(start, end) };
  };
}
