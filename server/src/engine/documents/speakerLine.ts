import { isPlainName, looksLikeName, MAX_NAME, personOf } from './speakerName.ts';

/** A line on which somebody starts to speak. Offsets are inside the line. */
export interface SpeakerLine {
  /** Absent where the line only says that somebody else speaks, as `>> Yes.` does. */
  readonly speaker?: string;
  readonly time?: string;
  /** Where the words start; the line's length when they start on the next line. */
  readonly textStart: number;
  /** `timed`: a time stamp proves it; `marked`: `>>` does; `named`: only `Name:`, which needs other lines to prove it. */
  readonly proof: 'timed' | 'marked' | 'named';
}

/** A name is looked for in so many characters at the start of a line. */
const HEAD = MAX_NAME + 60;
const CLOCK = String.raw`\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?(?:[ \t]?[AaPp]\.?[Mm]\.?(?![A-Za-z]))?`;
/** One time, or from when to when. */
const TIME = String.raw`(${CLOCK})(?:[ \t]*(?:-{1,2}>?|[\u2013\u2014])[ \t]*${CLOCK})?`;
const LEADING_TIME = new RegExp(String.raw`^[ \t]*(?:\[${TIME}\]|\(${TIME}\)|${TIME})[ \t]*(?:-[ \t]+|\u2013[ \t]+)?`);
const TRAILING_TIME = new RegExp(String.raw`[ \t,|(\[\u2013-][ \t]*${TIME}[)\]]?[ \t]*:?[ \t]*$`);
/** `Name (00:12): text` */
const TIME_BEFORE_COLON = new RegExp(String.raw`[ \t]*[(\[]${TIME}[)\]]$`);
const CHEVRONS = /^[ \t]*>{2,3}[ \t]*/;
/** What stands in front of a name and is no part of it: list marks, bold, marks of overlapping speech. */
const BEFORE_NAME = /^(?:[ \t]|[*_]{1,2}|\/{2}|\[(?:cross[ -]?talk|overlapping|inaudible)[^\]\n]{0,20}\])*/i;

const timeIn = (found: RegExpExecArray | null): string | undefined => found?.slice(1).find((group) => group !== undefined);

/** A colon that ends a name: the end of the line, a space or the end of bold type follows. */
function colonAt(line: string, from: number): number {
  for (let at = line.indexOf(':', from); at !== -1 && at < HEAD; at = line.indexOf(':', at + 1)) {
    if (at + 1 >= line.length || /^(?:[*_]{1,2})?(?:[ \t]|$)/.test(line.slice(at + 1, at + 4))) return at;
    // `10:30` and `https://` end no name, but a time in brackets may stand inside one.
    if (!/^\d{2}/.test(line.slice(at + 1, at + 3))) return -1;
  }
  return -1;
}

/** Reads a line as the start of a turn, or null. */
export function speakerLine(line: string): SpeakerLine | null {
  const head = line.slice(0, HEAD);
  const chevrons = CHEVRONS.exec(head)?.[0].length ?? 0;
  const stamped = LEADING_TIME.exec(head.slice(chevrons));
  const stamp = timeIn(stamped);
  const from = chevrons + (stamped?.[0].length ?? 0);
  const nameFrom = from + (BEFORE_NAME.exec(head.slice(from))?.[0].length ?? 0);
  const colon = colonAt(head, nameFrom);
  if (colon !== -1) {
    const printed = head.slice(nameFrom, colon).replace(/[*_]{1,2}$/, '').trim();
    const inside = TIME_BEFORE_COLON.exec(printed);
    const time = stamp ?? timeIn(inside);
    const speaker = personOf(inside === null ? printed : printed.slice(0, inside.index));
    if (looksLikeName(speaker) && looksLikeName(printed.slice(0, inside?.index).replace(/[ \t]*(?:\([^()]*\)|\[[^[\]]*\])$/, ''))) {
      const lead = /^[*_ \t]*/.exec(line.slice(colon + 1, colon + 20))?.[0].length ?? 0;
      const textStart = Math.min(line.length, colon + 1 + lead);
      return { speaker, ...(time === undefined ? {} : { time }), textStart, proof: time !== undefined ? 'timed' : chevrons > 0 ? 'marked' : 'named' };
    }
  }
  const trailing = line.length > HEAD || stamp !== undefined ? null : TRAILING_TIME.exec(line);
  const name = trailing === null ? '' : personOf(line.slice(nameFrom, trailing.index).replace(/[*_]+/g, '').trim());
  if (trailing !== null && (isPlainName(name) || (/^\p{Lu}[\p{L}'\u2019.-]+$/u.test(name) && looksLikeName(name)))) {
    return { speaker: name, ...(timeIn(trailing) === undefined ? {} : { time: timeIn(trailing) ?? '' }), textStart: line.length, proof: 'timed' };
  }
  if (chevrons > 0) return { ...(stamp === undefined ? {} : { time: stamp }), textStart: from, proof: 'marked' };
  return null;
}
