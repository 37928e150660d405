import type { Problem } from '../../../../shared/model.ts';
import type { SpanOf } from './document.ts';
import { trimRange, type DraftUnit, type Reading } from './draftUnit.ts';
import { looksLikeName, speakerLine } from './speakerLine.ts';

/** `00:01:02.000 --> 00:01:05.000`, with WebVTT's cue settings or SubRip's commas. */
const TIMING = /^[ \t]*((?:\d{1,3}:)?\d{2}:\d{2}[.,]\d{1,3})[ \t]+-->[ \t]+(?:\d{1,3}:)?\d{2}:\d{2}[.,]\d{1,3}/;
const VOICE = /<v(?:\.[^ >]*)?[ \t]+([^>]{1,120})>/g;
const LOOKED_AT = 200;

/** True where a line is a cue's timing. */
export function isTiming(line: string): boolean {
  return line.length < LOOKED_AT && TIMING.test(line);
}

interface Cue {
  readonly time: string;
  readonly start: number;
  readonly end: number;
}

function cuesOf(text: string, spanOf: SpanOf): { readonly cues: readonly Cue[]; readonly problems: readonly Problem[] } {
  const cues: Cue[] = [];
  const problems: Problem[] = [];
  let time: string | null = null;
  let start = -1;
  let end = -1;
  const close = (): void => {
    if (time !== null && start !== -1) cues.push({ time, start, end });
    time = null;
    start = -1;
  };
  for (let at = 0; at <= text.length; ) {
    const stop = text.indexOf('\n', at);
    const lineEnd = stop === -1 ? text.length : stop;
    const line = text.slice(at, Math.min(lineEnd, at + LOOKED_AT));
    const timing = TIMING.exec(line);
    if (timing !== null) {
      close();
      time = (timing[1] ?? '').replace(',', '.');
    } else if (line.trim() === '') close();
    else if (time !== null) {
      if (start === -1) start = at;
      end = lineEnd;
    } else if (line.includes('-->')) {
      problems.push({ code: 'cue.timing', message: 'A cue without a readable time was left out.', severity: 'error', span: spanOf(at, lineEnd) });
    }
    at = lineEnd + 1;
  }
  close();
  return { cues, problems };
}

interface Voice {
  readonly speaker: string | undefined;
  readonly start: number;
  readonly textStart: number;
  readonly end: number;
}

/** The voices of one cue: `<v Name>` parts, or `Name: text`, or nobody named. */
function voicesOf(text: string, cue: Cue): readonly Voice[] {
  const words = text.slice(cue.start, cue.end);
  const tags = [...words.matchAll(VOICE)];
  if (tags.length > 0) {
    return tags.map((tag, index) => {
      const limit = cue.start + (tags[index + 1]?.index ?? words.length);
      const closing = words.indexOf('</v>', tag.index);
      const end = closing === -1 ? limit : Math.min(limit, cue.start + closing);
      return { speaker: (tag[1] ?? '').trim(), start: cue.start + tag.index, textStart: cue.start + tag.index + tag[0].length, end };
    });
  }
  const dash = /^[ \t]*(?:-|>>)[ \t]*/.exec(words)?.[0].length ?? 0;
  const line = words.slice(dash).split('\n', 1)[0] ?? '';
  const speech = speakerLine(line);
  if (speech !== null && speech.time === undefined && looksLikeName(speech.speaker)) {
    return [{ speaker: speech.speaker, start: cue.start, textStart: cue.start + dash + speech.textStart, end: cue.end }];
  }
  return [{ speaker: undefined, start: cue.start, textStart: cue.start + dash, end: cue.end }];
}

/** Turns of WebVTT or SubRip: one a cue and voice. Headers, NOTE, STYLE and REGION blocks and cue numbers are no turns. */
export function readCues(text: string, spanOf: SpanOf): Reading {
  const { cues, problems } = cuesOf(text, spanOf);
  const drafts: DraftUnit[] = [];
  for (const cue of cues) {
    for (const voice of voicesOf(text, cue)) {
      const own = trimRange(text, voice.textStart, voice.end);
      if (own.start >= own.end) continue;
      drafts.push({
        kind: 'turn', start: Math.min(voice.start, own.start), end: own.end, textStart: own.start, textEnd: own.end, outline: ['turn'], time: cue.time,
        ...(voice.speaker === undefined || voice.speaker === '' ? {} : { speaker: voice.speaker }),
      });
    }
  }
  return { drafts, problems };
}
