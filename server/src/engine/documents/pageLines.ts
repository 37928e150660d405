/** One line of a text that may have pages. A form feed ends a line as a line feed does. Offsets are in the text. */
export interface PageLine {
  readonly start: number;
  /** Without the line end. */
  readonly end: number;
  /** Where the next line starts. */
  readonly next: number;
  /** Trimmed, white space folded; cut at MAX_LINE. */
  readonly text: string;
  readonly blank: boolean;
  /** True where a form feed ends the line. */
  readonly lastOfPage: boolean;
  /** True inside a code fence of Markdown: such lines are never furniture. */
  readonly fenced: boolean;
}

/** Lines are looked at up to here, in UTF-16 code units; no page mark or running line is longer. */
const MAX_LINE = 200;
const LINE_END = /[\n\f]/g;
const FENCE = /^ {0,3}(`{3,}|~{3,})/;

/** The lines of a text, in order. Linear. */
export function pageLines(text: string): readonly PageLine[] {
  const lines: PageLine[] = [];
  let start = 0;
  let fence = '';
  const add = (end: number, next: number, lastOfPage: boolean): void => {
    const raw = text.slice(start, Math.min(end, start + MAX_LINE + 1));
    const mark = FENCE.exec(raw)?.[1];
    const wasOpen = fence !== '';
    if (mark !== undefined) fence = fence === '' ? mark : mark.startsWith(fence) ? '' : fence;
    const folded = raw.replace(/\s+/g, ' ').trim();
    const blank = folded === '' && text.slice(start, end).trim() === '';
    lines.push({ start, end, next, text: folded, blank, lastOfPage, fenced: wasOpen || fence !== '' });
    start = next;
  };
  for (const match of text.matchAll(LINE_END)) add(match.index, match.index + 1, match[0] === '\f');
  if (start < text.length) add(text.length, text.length, false);
  return lines;
}

/** True where the line is short enough to be anything but running text. */
export function isShort(line: PageLine, most: number): boolean {
  return !line.blank && line.text.length <= most && line.end - line.start <= MAX_LINE;
}
