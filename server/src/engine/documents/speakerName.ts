import { withoutSoundMarks } from './soundMarks.ts';

/** Longest name, in UTF-16 code units and in words. */
export const MAX_NAME = 90;
const MAX_NAME_WORDS = 9;
const WITH_BRACKETS = /^(.{1,60}?)[ \t]*\(([^()]{1,60})\)$/;
const PARTICLE = /^(?:de|da|di|van|von|der|la|le|el|bin|of|the|and|for|y|e|du|dos)$/;
/** Titles and offices: of `Chair (Dana Whitfield)` and `Dana Whitfield (Chair)`, what is no name. */
const OFFICE =
  /\b(?:chair(?:man|woman|person)?|president|vice|secretary|treasurer|officer|director|manager|analyst|counsel|attorney|lawyer|judge|clerk|minister|member|host|guest|moderator|facilitator|interviewer|interviewee|participant|respondent|presenter|panell?ist|speaker|narrator|witness|lead|leader|head|engineer|designer|developer|consultant|advis[eo]r|administrator|coordinator|assistant|specialist|trustee|professor|teacher|student|nurse|doctor|patient|operator|ceo|cfo|cto|coo|cio|hr|it|pm|qa|vp|expert|marketing|sales|finance|legal)\b/i;
/** People a recorder tells apart without knowing them: `Speaker 1`. */
const NUMBERED = /^(?:speaker|participant|guest|person|user|voice|caller|unknown(?: speaker)?|interviewee|respondent|panell?ist|student|member) ?#?\d{1,3}$/i;
const HONORIFIC = /^(?:mr|mrs|ms|miss|dr|prof|hon|rt|sir|dame|lord|lady|rev)\b\.?/i;

/** Words before a colon that head a line of minutes or a field, and are never somebody speaking. */
const NOT_NAMES = new Set([
  'note', 'notes', 'http', 'https', 'ftp', 'mailto', 'date', 'time', 'subject', 're', 'agenda', 'attendees', 'present', 'absent', 'location',
  'action', 'actions', 'action item', 'action items', 'decision', 'decisions', 'summary', 'warning', 'example', 'e.g', 'i.e', 'total', 'kind', 'title', 'language',
]);

/** Parts of a name that start without a capital. */
function lowerParts(words: string): readonly string[] {
  return words.split(/\s+/).filter((part) => /^\p{Ll}/u.test(part) && !PARTICLE.test(part));
}

/** `Dana Whitfield`, `PhD F`, `Speaker 1`, `The Chair (Hon. A. B.)`: starts with a capital and is no sentence. */
export function looksLikeName(words: string): boolean {
  if (words === '' || words.length > MAX_NAME || NOT_NAMES.has(words.toLowerCase())) return false;
  if (!/^["'\u201c(]?[\p{Lu}\p{Lo}]/u.test(words) || /[!?;:,]$/.test(words) || /[!?;=<>{}|\\/@#]/.test(words)) return false;
  const parts = words.split(/\s+/);
  if (parts.length > MAX_NAME_WORDS) return false;
  const lower = lowerParts(words.replace(/\([^()]*\)/g, ''));
  return lower.length === 0 || (parts.length <= 3 && lower.length === 1);
}

/** True where a printed speaker is an office or a number, as `Project Manager` or `Speaker 1`, and not a person's name. */
export function isOffice(words: string): boolean {
  return OFFICE.test(words) || NUMBERED.test(words);
}

/** A name that can be nothing else: every word of it has a capital, and there are two of them or it is all capitals. */
export function isPlainName(words: string): boolean {
  if (!looksLikeName(words) || lowerParts(words).length > 0 || /^(?:the|a|an|this|that|my|our)\b/i.test(words)) return false;
  if (/\d/.test(words)) return NUMBERED.test(words);
  return /\s/.test(words) || /^\p{Lu}{3,}$/u.test(words);
}

/**
 * The person of `Chair (Dana Whitfield)`, `Dana Whitfield (Chair)` or `Dana Whitfield [overlapping]`: what is no office.
 * Where neither is one, what stands before the brackets, which then say something of the person.
 */
export function personOf(printed: string): string {
  const words = withoutSoundMarks(printed);
  const both = WITH_BRACKETS.exec(words);
  const [outside, inside] = [(both?.[1] ?? '').trim(), (both?.[2] ?? '').trim()];
  if (both === null || outside === '' || inside === '') return words;
  if (!looksLikeName(inside)) return outside;
  if (HONORIFIC.test(inside) && !HONORIFIC.test(outside)) return inside;
  if (OFFICE.test(outside)) return OFFICE.test(inside) && !/^the\b/i.test(outside) && outside.includes(' ') ? outside : inside;
  return outside;
}
