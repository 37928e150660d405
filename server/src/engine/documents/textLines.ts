/** A line of a text without its line end; offsets are in the text. */
export interface TextLine {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export function linesOf(text: string): readonly TextLine[] {
  const lines: TextLine[] = [];
  for (let start = 0; start <= text.length; ) {
    const stop = text.indexOf('\n', start);
    const end = stop === -1 ? text.length : stop;
    lines.push({ start, end, text: text.slice(start, end) });
    start = end + 1;
  }
  return lines;
}

const FENCE = /^ {0,3}(`{3,}|~{3,})/;

/** By line: true inside a code fence and on its marks. */
export function fencedLines(lines: readonly TextLine[]): readonly boolean[] {
  let fence = '';
  return lines.map(({ text }) => {
    const mark = FENCE.exec(text)?.[1];
    const inside = fence !== '' || mark !== undefined;
    if (mark !== undefined) fence = fence === '' ? mark : mark.startsWith(fence) ? '' : fence;
    return inside;
  });
}
