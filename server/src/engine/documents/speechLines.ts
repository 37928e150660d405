import { trimRange, type DraftUnit, type Reading } from './draftUnit.ts';
import { speakerLine, type SpeakerLine } from './speakerLine.ts';
import { isPlainName } from './speakerName.ts';

interface PlacedLine {
  readonly start: number;
  readonly end: number;
  readonly speech: SpeakerLine | null;
}

/** Share of lines that look like turns from which a name needs no second turn to be believed. */
const SURE_SHARE = 0.5;
/** Share of stamped turns from which `Two things: ...` without a stamp is what somebody says, not somebody. */
const STAMPED_SHARE = 0.5;
/** Lines that start with `>>`, from which the mark means a new speaker and not a quotation. */
const MIN_MARKED = 3;

function placed(text: string): readonly PlacedLine[] {
  const lines: PlacedLine[] = [];
  for (let start = 0; start <= text.length; ) {
    const stop = text.indexOf('\n', start);
    const end = stop === -1 ? text.length : stop;
    const line = text.slice(start, end);
    if (line.trim() !== '') lines.push({ start, end, speech: speakerLine(line) });
    start = end + 1;
  }
  return lines;
}

/**
 * Which lines start a turn: those marked by `>>`, and those of a name that speaks. A name speaks with a time stamp, or
 * twice, or once in a text most of whose lines are turns; where most turns are stamped, one without a stamp must be a plain name.
 */
function turnStarts(lines: readonly PlacedLine[]): (line: PlacedLine) => SpeakerLine | null {
  const counts = new Map<string, number>();
  const timed = new Set<string>();
  let turns = 0;
  let stamped = 0;
  let marked = 0;
  for (const { speech } of lines) {
    if (speech === null) continue;
    if (speech.proof === 'marked') marked += 1;
    if (speech.speaker === undefined) continue;
    turns += 1;
    counts.set(speech.speaker, (counts.get(speech.speaker) ?? 0) + 1);
    if (speech.proof !== 'timed') continue;
    stamped += 1;
    timed.add(speech.speaker);
  }
  const sure = timed.size === 0 && turns / Math.max(1, lines.length) >= SURE_SHARE;
  const believesUnstamped = stamped < turns * STAMPED_SHARE;
  const speaks = ([name, count]: readonly [string, number]): boolean =>
    timed.has(name) || (count > 1 && (believesUnstamped || isPlainName(name))) || (sure && believesUnstamped);
  const names = new Set([...counts].filter(speaks).map(([name]) => name));
  const chevrons = marked >= MIN_MARKED;
  return ({ speech }) => {
    if (speech === null) return null;
    if (speech.proof === 'marked' && chevrons) return speech;
    return speech.speaker !== undefined && names.has(speech.speaker) ? speech : null;
  };
}

export interface SpeechEvidence {
  readonly turns: number;
  readonly lines: number;
  readonly speakers: number;
  readonly timed: number;
}

/** What a text offers as proof of being a transcript; at most `limit` characters are looked at. */
export function speechEvidence(text: string, limit: number): SpeechEvidence {
  const lines = placed(text.slice(0, limit));
  const startOf = turnStarts(lines);
  const turns = lines.flatMap((line) => startOf(line) ?? []);
  return {
    turns: turns.length, lines: lines.length,
    speakers: new Set(turns.map(({ speaker }) => speaker ?? '')).size,
    timed: turns.filter(({ proof }) => proof === 'timed').length,
  };
}

/**
 * Turns of a text written as speech lines. Lines without a speaker go on with the turn above them; what stands before
 * the first turn belongs to nobody and is a unit without a speaker.
 */
export function readSpeechLines(text: string): Reading {
  const lines = placed(text);
  const startOf = turnStarts(lines);
  const drafts: DraftUnit[] = [];
  const add = (start: number, textStart: number, end: number, speech: SpeakerLine | null): void => {
    const whole = trimRange(text, start, end);
    if (whole.start >= whole.end) return;
    const own = trimRange(text, Math.min(textStart, whole.end), whole.end);
    drafts.push({
      kind: 'turn', ...whole, textStart: own.start, textEnd: own.end, outline: ['turn'],
      ...(speech?.speaker === undefined ? {} : { speaker: speech.speaker }),
      ...(speech?.time === undefined ? {} : { time: speech.time }),
    });
  };
  let open: { readonly start: number; readonly textStart: number; readonly speech: SpeakerLine | null } | null = null;
  let end = 0;
  for (const line of lines) {
    const speech = startOf(line);
    if (speech !== null || open === null) {
      if (open !== null) add(open.start, open.textStart, end, open.speech);
      open = { start: line.start, textStart: line.start + (speech?.textStart ?? 0), speech };
    }
    end = line.end;
  }
  if (open !== null) add(open.start, open.textStart, end, open.speech);
  return { drafts, problems: [] };
}
