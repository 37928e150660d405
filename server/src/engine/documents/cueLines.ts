/** `00:01:02.000 --> 00:01:05.000`, with WebVTT's cue settings or SubRip's commas. */
const TIMING = /^[ \t]*((?:\d{1,3}:)?\d{2}:\d{2}[.,]\d{1,3})[ \t]+-->[ \t]+((?:\d{1,3}:)?\d{2}:\d{2}[.,]\d{1,3})/;
const CUE_NUMBER = /^[ \t]*\d{1,7}[ \t]*$/;
const NO_CUE = /^(?:NOTE|STYLE|REGION)(?:[ \t]|$)/;
/** So much of a line is looked at, in UTF-16 code units. */
const LOOKED_AT = 200;

/** True where a line is a cue's timing. */
export function isTiming(line: string): boolean {
  return line.length < LOOKED_AT && TIMING.test(line);
}

/** The start of a cue as printed, with a point; null where the line is no timing. */
export function startOfCue(line: string): string | null {
  return TIMING.exec(line.slice(0, LOOKED_AT))?.[1]?.replace(',', '.') ?? null;
}

/** True for the number that SubRip prints above a timing. */
export function isCueNumber(line: string): boolean {
  return CUE_NUMBER.test(line);
}

/** True for the first line of a block of WebVTT that holds nothing said. */
export function startsNoCue(line: string): boolean {
  return NO_CUE.test(line);
}

export interface TextLine {
  readonly start: number;
  readonly end: number;
}

/** The lines of a text between two offsets. */
export function linesBetween(text: string, from: number, to: number): readonly TextLine[] {
  const lines: TextLine[] = [];
  for (let start = from; start <= to; ) {
    const stop = text.indexOf('\n', start);
    const end = stop === -1 || stop > to ? to : stop;
    lines.push({ start, end });
    start = end + 1;
  }
  return lines;
}

/**
 * What stands between the words of one cue and the words of the next, for every such place between two offsets that lie
 * in the words of cues: empty lines, notes, the number or name of the cue, its timing. Nothing where there is no timing.
 */
export function linesOfCues(text: string, from: number, to: number): readonly TextLine[] {
  if (!text.slice(from, to).includes('-->')) return [];
  const lines = linesBetween(text, from, to);
  const gaps: TextLine[] = [];
  let silent = -1;
  lines.forEach(({ start, end }, index) => {
    const line = text.slice(start, Math.min(end, start + LOOKED_AT));
    if (line.trim() === '' && silent === -1) silent = start;
    if (!isTiming(line)) return;
    const above = lines[index - 1];
    const first = silent !== -1 ? silent : above !== undefined && isCueNumber(text.slice(above.start, above.end)) ? above.start : start;
    gaps.push({ start: first, end: Math.min(end + 1, to) });
    silent = -1;
  });
  return gaps;
}
