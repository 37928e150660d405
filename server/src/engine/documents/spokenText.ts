import { linesOfCues, type TextLine } from './cueLines.ts';
import { SOUND_MARK } from './soundMarks.ts';

/** The words of a turn as they are read: on one line, without what nobody says. Every code unit knows its place. */
export interface SpokenText {
  readonly text: string;
  /** Parallel to the code units of `text`: the offset in the document. */
  readonly offsets: readonly number[];
  /** Lines of captions that lie inside the turn, in order; no evidence runs over them. */
  readonly gaps: readonly TextLine[];
}

export interface SpokenUnit {
  readonly textStart: number;
  readonly textEnd: number;
  readonly speaker?: string;
}

/** Tags of captions (`<v Ann>`, `</i>`, `<00:00:01.000>`) and the mark of a new speaker. */
const TAG = String.raw`</?(?:v|c|i|b|u|lang|ruby|rt|font)(?:[ .][^>\n]{0,120})?>|<\d{1,3}:[\d:.]{4,12}>`;
/** Corpora print "we 'll" and "do n't": the word is one. */
const TORN = String.raw`\s+(?=(?:['\u2019](?:ll|re|ve|m|d|s)|n['\u2019]t)(?![\p{L}\p{N}]))|\s+(?=[,.?!](?:\s|$))`;
const LEFT_OUT = new RegExp(`${SOUND_MARK}|${TAG}`, 'giu');
const SPACE = new RegExp(`${TORN}|(\\s+)`, 'giu');

function escaped(words: string): string {
  return words.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** How a cue names the speaker of the cue before once more. */
function namedAgain(speaker: string | undefined): RegExp | null {
  return speaker === undefined ? null : new RegExp(`[ \\t]*(?:>>+|-)?[ \\t]*${escaped(speaker)}[ \\t]*:[ \\t]*`, 'y');
}

function leftOut(text: string, { textStart, textEnd, speaker }: SpokenUnit, gaps: readonly TextLine[]): readonly TextLine[] {
  const out: TextLine[] = [];
  const again = namedAgain(speaker);
  for (const { start, end } of gaps) {
    if (again !== null) again.lastIndex = end;
    const name = again?.exec(text);
    out.push({ start, end: Math.min(textEnd, name === null || name === undefined ? end : end + name[0].length) });
  }
  for (const mark of text.slice(textStart, textEnd).matchAll(LEFT_OUT)) {
    out.push({ start: textStart + mark.index, end: textStart + mark.index + mark[0].length });
  }
  return out.sort((a, b) => a.start - b.start);
}

/** The words of a turn. Linear in its length. */
export function spokenText(text: string, unit: SpokenUnit): SpokenText {
  const gaps = linesOfCues(text, unit.textStart, unit.textEnd);
  const raw: string[] = [];
  const places: number[] = [];
  let from = unit.textStart;
  const keep = (to: number): void => {
    for (let at = from; at < to; at += 1) {
      raw.push(text[at] === '\u2019' ? "'" : (text[at] ?? ''));
      places.push(at);
    }
  };
  for (const { start, end } of leftOut(text, unit, gaps)) {
    if (start < from) continue;
    keep(start);
    raw.push(' ');
    places.push(start);
    from = end;
  }
  keep(unit.textEnd);
  return { ...respaced(raw.join(''), places), gaps };
}

/** Runs of white space become one space, or none where they tear a word from its ending. */
function respaced(raw: string, places: readonly number[]): { readonly text: string; readonly offsets: readonly number[] } {
  const text: string[] = [];
  const offsets: number[] = [];
  const put = (words: string, at: number): void => {
    text.push(words);
    for (let each = 0; each < words.length; each += 1) offsets.push(places[at + each] ?? 0);
  };
  let from = raw.length - raw.trimStart().length;
  const limit = raw.trimEnd().length;
  SPACE.lastIndex = 0;
  for (const space of raw.slice(0, limit).matchAll(SPACE)) {
    if (space.index < from) continue;
    put(raw.slice(from, space.index), from);
    if (space[1] !== undefined) put(' ', space.index);
    from = space.index + space[0].length;
  }
  put(raw.slice(from, limit), from);
  return { text: text.join(''), offsets };
}

/** Where words stand in the document: one range, or one for each cue they run over. */
export type Places = readonly TextLine[];

/** The places in the document of a piece of the words: one, or one for each cue it runs over. */
export function placesOf({ text, offsets, gaps }: SpokenText, start: number, end: number): Places {
  const places: TextLine[] = [];
  let gap = 0;
  let open: { start: number; end: number } | null = null;
  for (let at = start; at < end; at += 1) {
    if (text[at] === ' ') continue;
    const offset = offsets[at] ?? 0;
    while (gap < gaps.length && (gaps[gap]?.end ?? 0) <= offset) {
      if (open !== null) places.push(open);
      open = null;
      gap += 1;
    }
    if (open === null) open = { start: offset, end: offset + 1 };
    else open.end = offset + 1;
  }
  if (open !== null) places.push(open);
  return places;
}
