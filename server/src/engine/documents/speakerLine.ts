/** A line on which somebody starts to speak. Offsets are inside the line. */
export interface SpeakerLine {
  readonly speaker: string;
  readonly time?: string;
  /** Where the words start; the line's length when they start on the next line. */
  readonly textStart: number;
  /** `timed`: a time stamp proves it; `named`: only `Name:`, which needs other lines to prove it. */
  readonly proof: 'timed' | 'named';
}

/** A name is looked for in so many characters at the start of a line. */
const MAX_NAME = 90;
const MAX_NAME_WORDS = 9;
const TIME = String.raw`\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?`;
const LEADING_TIME = new RegExp(String.raw`^[ \t]*(?:\[(${TIME})\]|\((${TIME})\)|(${TIME}))[ \t]*(?:-[ \t]+|\u2013[ \t]+)?`);
const NAME_THEN_TIME = new RegExp(String.raw`^[ \t]*([^\d\s][^:\d]{0,70}?)[ \t]*[ \t,(\[-][ \t]*(${TIME})[)\]]?[ \t]*:?[ \t]*$`);
const ROLE_AND_NAME = /^(.{1,50}?)[ \t]*\(([^()]{2,60})\)$/;

/** Words before a colon that head a line of minutes or a field, and are never somebody speaking. */
const NOT_NAMES = new Set([
  'note', 'notes', 'http', 'https', 'ftp', 'mailto', 'date', 'time', 'subject', 're', 'agenda', 'attendees', 'present', 'absent', 'location',
  'action', 'actions', 'action item', 'action items', 'decision', 'decisions', 'summary', 'warning', 'example', 'e.g', 'i.e', 'total', 'kind', 'title', 'language',
]);

/** `Dana Whitfield`, `PhD F`, `Speaker 1`, `The Chair (Hon. A. B.)`: starts with a capital and is no sentence. */
export function looksLikeName(words: string): boolean {
  if (words === '' || words.length > MAX_NAME || NOT_NAMES.has(words.toLowerCase())) return false;
  if (!/^["'\u201c(]?[\p{Lu}\p{Lo}]/u.test(words) || /[!?;:,]$/.test(words) || /[!?;=<>{}|\\/@#]/.test(words)) return false;
  const parts = words.split(/\s+/);
  if (parts.length > MAX_NAME_WORDS) return false;
  const lower = parts.filter((part) => /^\p{Ll}/u.test(part) && !/^(?:de|da|di|van|von|der|la|le|el|bin|of|the|and|y|e|du|dos)$/.test(part));
  return lower.length === 0 || (parts.length <= 3 && lower.length === 1);
}

/** The speaker of `Chair (Dana Whitfield)` is the person; the role alone where no name stands. */
function person(words: string, timed: boolean): string {
  const both = timed ? ROLE_AND_NAME.exec(words) : null;
  return both === null ? words : (both[2] ?? words).trim();
}

/** Reads a line as the start of a turn, or null. */
export function speakerLine(line: string): SpeakerLine | null {
  const head = line.slice(0, MAX_NAME + 40);
  const stamped = LEADING_TIME.exec(head);
  const time = stamped?.[1] ?? stamped?.[2] ?? stamped?.[3];
  const from = stamped?.[0].length ?? /^[ \t]*/.exec(head)?.[0].length ?? 0;
  const colon = head.indexOf(':', from);
  const after = line.charCodeAt(colon + 1);
  if (colon !== -1 && (colon + 1 >= line.length || after === 32 || after === 9)) {
    const words = head.slice(from, colon).replace(/^[*_]{1,2}|[*_]{1,2}$/g, '').trim();
    if (looksLikeName(words)) {
      const lead = /^[*_ \t]*/.exec(line.slice(colon + 1, colon + 20))?.[0].length ?? 0;
      const textStart = Math.min(line.length, colon + 1 + lead);
      return { speaker: person(words, time !== undefined), ...(time === undefined ? {} : { time }), textStart, proof: time === undefined ? 'named' : 'timed' };
    }
  }
  if (line.length > MAX_NAME + 40) return null;
  const trailing = NAME_THEN_TIME.exec(line);
  const name = (trailing?.[1] ?? '').replace(/[*_]+/g, '').trim();
  if (trailing !== null && looksLikeName(name)) return { speaker: name, time: trailing[2] ?? '', textStart: line.length, proof: 'timed' };
  return null;
}
