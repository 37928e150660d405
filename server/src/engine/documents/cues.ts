import type { Problem } from '../../../../shared/model.ts';
import { isCueNumber, linesBetween, startOfCue, startsNoCue } from './cueLines.ts';
import type { SpanOf } from './document.ts';
import { trimRange, type DraftUnit, type Reading } from './draftUnit.ts';
import { speakerLine } from './speakerLine.ts';
import { spokenText } from './spokenText.ts';

/** A voice tag of WebVTT, or the `>>` of captions. */
const VOICE = /<v(?:\.[^ >]*)?[ \t]+([^>]{1,120})>|(?<=^|\s)>{2,3}(?=\s|[\p{Lu}[])[ \t]*/gu;
/** In captions that name nobody: so many cues, at most, make a turn without the end of a sentence. */
const MAX_OPEN_CUES = 20;
const SENTENCE_END = /[.?!\u2026]["'\u201d\u2019)\]]*$/;

interface Cue {
  readonly time: string;
  readonly start: number;
  readonly end: number;
}

function cuesOf(text: string, spanOf: SpanOf): { readonly cues: readonly Cue[]; readonly problems: readonly Problem[] } {
  const cues: Cue[] = [];
  const problems: Problem[] = [];
  let open: { readonly time: string; start: number; end: number } | null = null;
  let silent = false;
  const close = (): void => {
    if (open !== null && open.start !== -1) cues.push(open);
    open = null;
  };
  let afterEmpty = true;
  let above = { start: 0, end: 0 };
  for (const { start, end } of linesBetween(text, 0, text.length)) {
    const line = text.slice(start, end);
    const time = startOfCue(line);
    if (time !== null) {
      // Some writers leave out the empty line above the number of the next cue.
      if (open !== null && open.end === above.end && isCueNumber(text.slice(above.start, above.end))) open.end = above.start - 1;
      if (open !== null && open.end < open.start) open.start = -1;
      close();
      open = { time, start: -1, end: -1 };
      silent = false;
    } else if (line.trim() === '') {
      close();
      silent = false;
    } else if (open !== null) {
      if (open.start === -1) open.start = start;
      open.end = end;
    } else if (afterEmpty && startsNoCue(line)) silent = true;
    else if (!silent && line.includes('-->')) {
      problems.push({ code: 'cue.timing', message: 'A cue without a readable time was left out.', severity: 'error', span: spanOf(start, end) });
    }
    afterEmpty = line.trim() === '';
    above = { start, end };
  }
  close();
  return { cues, problems };
}

/** `changed`: the captions say that somebody else speaks, with or without a name. */
interface Voice {
  readonly speaker: string | undefined;
  readonly changed: boolean;
  readonly time: string;
  readonly start: number;
  readonly textStart: number;
  readonly end: number;
}

/** The words of a cue from `from` on, which may start with `Name:` or with the dash of a new speaker. */
function namedVoice(text: string, cue: Cue, from: number, start: number, end: number, changed: boolean): Voice {
  const words = text.slice(from, end);
  const dash = /^[ \t]*(?:[-\u2013][ \t]*)?/.exec(words)?.[0].length ?? 0;
  const line = words.slice(dash).split('\n', 1)[0] ?? '';
  const speech = speakerLine(line);
  const named = speech?.speaker !== undefined && speech.time === undefined;
  return {
    speaker: named ? speech.speaker : undefined, changed: changed || named || /[-\u2013]/.test(words.slice(0, dash)),
    time: cue.time, start, textStart: from + dash + (named ? speech.textStart : 0), end,
  };
}

/** The voices of one cue: `<v Name>` parts, `>>` parts, `Name: text`, `- text` lines, or nobody named. */
function voicesOf(text: string, cue: Cue): readonly Voice[] {
  const words = text.slice(cue.start, cue.end);
  const marks = [...words.matchAll(VOICE)];
  const voices: Voice[] = [];
  const lead = marks[0]?.index ?? words.length;
  if (trimRange(words, 0, lead).end > 0) {
    const dashes = [...words.slice(0, lead).matchAll(/^[ \t]*[-\u2013][ \t]?(?=\S)/gmu)];
    const starts = dashes.length > 1 ? dashes.map(({ index }) => index) : [0];
    starts.forEach((at, index) => voices.push(namedVoice(text, cue, cue.start + at, cue.start + at, cue.start + (starts[index + 1] ?? lead), false)));
  }
  marks.forEach((mark, index) => {
    const start = cue.start + mark.index;
    const textStart = start + mark[0].length;
    const limit = cue.start + (marks[index + 1]?.index ?? words.length);
    const closing = words.indexOf('</v>', mark.index);
    const end = closing === -1 ? limit : Math.min(limit, cue.start + closing);
    if (mark[1] === undefined) voices.push(namedVoice(text, cue, textStart, start, limit, true));
    else voices.push({ speaker: mark[1].trim(), changed: false, time: cue.time, start, textStart, end });
  });
  return voices;
}

/** What one voice says, over the cues it runs over. */
interface Turn extends Voice {
  cues: number;
}

function goesOn(text: string, turn: Turn, voice: Voice, someoneNamed: boolean): boolean {
  if (voice.speaker !== undefined) return voice.speaker === turn.speaker;
  if (voice.changed) return false;
  if (someoneNamed) return true;
  return turn.cues < MAX_OPEN_CUES && !SENTENCE_END.test(text.slice(turn.textStart, turn.end).trimEnd().slice(-8));
}

/**
 * Turns of WebVTT or SubRip: what one voice says, over as many cues as it takes; in captions that name nobody, a sentence.
 * Headers, NOTE, STYLE and REGION blocks, cue numbers and cues without words are no turns.
 */
export function readCues(text: string, spanOf: SpanOf): Reading {
  const { cues, problems } = cuesOf(text, spanOf);
  const voices = cues.flatMap((cue) => voicesOf(text, cue));
  const someoneNamed = voices.some(({ speaker, changed }) => speaker !== undefined || changed);
  const turns: Turn[] = [];
  for (const voice of voices) {
    const last = turns.at(-1);
    if (last !== undefined && goesOn(text, last, voice, someoneNamed)) turns[turns.length - 1] = { ...last, end: voice.end, cues: last.cues + 1 };
    else turns.push({ ...voice, cues: 1 });
  }
  const drafts = turns.flatMap(({ speaker, time, start, textStart, end, cues: count }): readonly DraftUnit[] => {
    const own = trimRange(text, textStart, end);
    const name = speaker === undefined || speaker === '' ? {} : { speaker };
    const said = { textStart: own.start, textEnd: own.end, ...name };
    const words = spokenText(text, said).text;
    if (words === '') return [];
    return [{
      kind: 'turn', start: Math.min(start, own.start), end: own.end, outline: ['turn'], time, ...said,
      ...(count === 1 ? {} : { words }),
    }];
  });
  return { drafts, problems };
}
