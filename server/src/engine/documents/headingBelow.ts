import { capitalLine, headingLine, isTitleCase, runInTitle, type HeadingLine } from './headingLine.ts';
import type { TextLine } from './textLines.ts';

/** What a heading says on the lines below its first one. */
export interface HeadingBelow {
  readonly title: string;
  /** Offset of the unit's own words. */
  readonly textAt: number;
  /** Last line that the heading takes; the line itself where its words go on as text. */
  readonly last: number;
}

const MAX_TITLE_WORDS = 12;
/** A line is full, and its heading may go on in the next, from here on, in UTF-16 code units. */
const FULL_LINE = 56;
/** Words of a run-in heading that are left for its second line. */
const MAX_RUN_ON_WORDS = 5;
/** A heading does not end so. */
const UNFINISHED = /(?:\b(?:of|and|or|for|to|from|the|in|on|with|under|by|upon|a|an|at|as|into|between|among|per|than|not)|[,&/\u2013\u2014-])$/i;

/** A rule below a heading is a part of it. */
const UNDERLINE = /^[ \t]*(?:-{3,}|={3,}|~{3,}|_{3,})[ \t]*$/;
/** Words of a clause: a line with one is a sentence, not a heading. */
const CLAUSE = /\b(?:shall|must|may|will|can|is|are|be|has|have|means?|does|do|not)\b/i;
const MAX_SENTENCE_WORDS = 8;

function wordCount(words: string): number {
  return words.split(/\s+/).filter((word) => word !== '').length;
}

/** A short line that reads like a title: capitals, or title case, and no sentence. */
function titleLine(text: string, goesOn = false): string | null {
  const words = text.trim().replace(/\*\*|__/g, '').trim();
  if (words === '' || text.length > 160 || wordCount(words) > MAX_TITLE_WORDS || /[.;,:]$/.test(words) || (!goesOn && !/^\p{Lu}/u.test(words))) return null;
  return capitalLine(words) ?? (isTitleCase(words) ? words : null);
}

/** The title of a number that stands alone on its line; null where what follows is no title. */
export function titleBelow(lines: readonly TextLine[], index: number): HeadingBelow | null {
  let at = index + 1;
  while (lines[at]?.text.trim() === '' && at < index + 3) at += 1;
  const line = lines[at];
  if (line === undefined || headingLine(line.text) !== null) return null;
  const words = titleLine(line.text);
  if (words !== null) return continued({ title: words, textAt: line.end, last: at }, lines);
  const run = runInTitle(line.text);
  return run === null ? null : { title: run.title, textAt: line.start + run.textStart, last: at - 1 };
}

/** `5. Application of this License.` alone on its line, with the text below: a heading that is written like a sentence. */
export function sentenceHeading(head: HeadingLine, lines: readonly TextLine[], index: number): HeadingBelow | null {
  const line = lines[index];
  if (line === undefined || head.number === undefined || head.style.startsWith('(') || (lines[index + 1]?.text.trim() ?? 'x') !== '') return null;
  const words = line.text.slice(head.textStart).replace(/\*\*|__/g, '').trim();
  const next = lines[index + 2]?.text ?? '';
  const isHeading = /^\p{Lu}[^.;:!?"\u201c]*\.$/u.test(words) && wordCount(words) <= MAX_SENTENCE_WORDS && !CLAUSE.test(words);
  return isHeading && next.trim() !== '' && headingLine(next) === null ? { title: words.slice(0, -1), textAt: line.end, last: index } : null;
}

/** Capitals of so many words on one line, with more of them below, are a clause and no heading. */
const MIN_CAPITAL_CLAUSE = 6;

/** A clause printed in capitals, as disclaimers are: the unit has no heading, its words start behind the number. */
function capitalClause(head: HeadingLine, lines: readonly TextLine[], index: number): HeadingBelow | null {
  const line = lines[index];
  const next = lines[index + 1]?.text.trim() ?? '';
  const isCapitals = (words: string): boolean => /\p{Lu}{2}/u.test(words) && words === words.toUpperCase();
  if (line === undefined || wordCount(head.title) < MIN_CAPITAL_CLAUSE || !isCapitals(head.title) || !isCapitals(next)) return null;
  const goesOn = /[.;,]$/.test(next) || isCapitals(lines[index + 2]?.text.trim() ?? '');
  const at = line.text.indexOf(head.title);
  return goesOn && at !== -1 ? { title: '', textAt: line.start + at, last: index } : null;
}

/** The rest of a heading that takes its whole line and is not finished on it. */
export function headingGoesOn(head: HeadingLine, lines: readonly TextLine[], index: number): HeadingBelow | null {
  const line = lines[index];
  if (line === undefined || head.title === '' || head.textStart < line.text.length || head.style.startsWith('#')) return null;
  const clause = capitalClause(head, lines, index);
  if (clause !== null) return clause;
  const whole = continued({ title: head.title, textAt: line.end, last: index }, lines);
  if (whole.last > index) return whole;
  const next = lines[index + 1];
  if (next !== undefined && UNDERLINE.test(next.text)) return { title: head.title, textAt: next.end, last: index + 1 };
  if (next === undefined || headingLine(next.text) !== null) return null;
  const run = runInTitle(next.text);
  const open = /^[ \t]*(?:\*\*|__)/.test(line.text) && !/(?:\*\*|__)[ \t]*$/.test(line.text);
  if (run === null || wordCount(run.title) > MAX_RUN_ON_WORDS || !(open || UNFINISHED.test(head.title) || line.text.trimEnd().length >= FULL_LINE)) return null;
  return { title: `${head.title} ${run.title}`, textAt: next.start + run.textStart, last: index };
}

/** A title with its second line: after a word that no title ends with, or capitals below capitals. */
function continued(heading: HeadingBelow, lines: readonly TextLine[]): HeadingBelow {
  const next = lines[heading.last + 1];
  if (next === undefined || headingLine(next.text) !== null) return heading;
  const words = titleLine(next.text, UNFINISHED.test(heading.title));
  if (words === null) return heading;
  const apart = lines[heading.last + 2]?.text.trim() ?? '';
  const capitals = capitalLine(heading.title) !== null && capitalLine(words) !== null && apart === '';
  const isRest = UNFINISHED.test(heading.title) || capitals;
  return isRest ? { title: `${heading.title} ${words}`, textAt: next.end, last: heading.last + 1 } : heading;
}
