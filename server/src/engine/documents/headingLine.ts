/** One line that opens a unit. Offsets are inside the line. */
export interface HeadingLine {
  /** Lines of one style are siblings; a style not yet open is one level deeper. `#2` for Markdown depth 2. */
  readonly style: string;
  readonly number?: string;
  readonly title: string;
  /** Where the unit's own words start on this line; the line's length when the heading takes all of it. */
  readonly textStart: number;
  /** True where it opens the definition of the term that is its title. */
  readonly isDefinition?: boolean;
}

/** A heading at its place in the text. */
export interface Head extends HeadingLine {
  readonly start: number;
  /** Offset of the unit's own words. */
  readonly textAt: number;
}

/** A heading line is short; a longer one is running text that starts like one. */
const MAX_HEADING_WORDS = 14;
/** A heading that runs into its text ("Eligibility. An Employee shall ..."). */
const MAX_RUN_IN_WORDS = 9;
const MAX_RUN_IN_LENGTH = 90;
/** Lines are looked at up to here; a heading never needs more. */
const LOOKED_AT = 400;
/** Section numbers above this are references to a code ("401(k)"), not numbers of a document's own outline. */
const MAX_SECTION_NUMBER = 199;

const MARKDOWN = /^(#{1,6})[ \t]+(.*)$/;
const DIVISION = /^(ARTICLE|Article|CHAPTER|Chapter|PART|Part|TITLE|Title|APPENDIX|Appendix|SCHEDULE|Schedule|EXHIBIT|Exhibit|ANNEX|Annex)[ \t]+([IVXLC]{1,7}|\d{1,3}|[A-Z])\b[ \t]*[.:\u2013\u2014-]?[ \t]*(.*)$/;
const SECTION_WORD = /^(?:SECTION|Section|Sec\.|\u00a7)[ \t]*(\d{1,3}(?:\.\d{1,3}){0,4}(?:\([A-Za-z0-9]{1,4}\)){0,4})[.:]?(?:[ \t]+|$)(.*)$/;
const DECIMAL = /^(\d{1,3}(?:\.\d{1,3}){1,5}(?:\([A-Za-z0-9]{1,4}\)){0,4})[.:]?[ \t]+(.*)$/;
const INTEGER = /^(\d{1,3})[.)][ \t]+(.*)$/;
const BARE_NUMBER = /^[ \t]*(?:\*\*|__)?(\d{1,3}(?:\.\d{1,3}){1,4})\.?(?:\*\*|__)?[ \t]*$/;
const PAREN = /^\(([a-z]{1,4}|[A-Z]{1,2}|\d{1,2})\)[ \t]+(.*)$/;

function wordCount(text: string): number {
  return text.split(/\s+/).filter((word) => word !== '').length;
}

/** Bold or italic marks around a run-in heading, and closing `#`s, are not part of its words. */
function plain(text: string): string {
  return text.replace(/[ \t]+#+[ \t]*$/, '').replace(/\*\*|__/g, '').trim();
}

function startsLikeSentence(text: string): boolean {
  return /^[*_]{0,2}["\u201c(]?[A-Z\u00c0-\u00de"\u201c[]/.test(text);
}

const MINOR_WORDS = new Set(['a', 'an', 'and', 'as', 'at', 'by', 'for', 'from', 'in', 'into', 'of', 'on', 'or', 'per', 'the', 'to', 'under', 'upon', 'with', 'without', 'not']);

/** `Eligibility to Participate`: every word but the small ones starts with a capital or a digit. */
export function isTitleCase(text: string): boolean {
  const words = text.split(/[\s/\u2013\u2014-]+/).filter((word) => /[A-Za-z0-9]/.test(word));
  return words.length > 0 && words.every((word) => MINOR_WORDS.has(word) || /^[^A-Za-z]*[A-Z0-9]/.test(word));
}

/** The heading before the first full stop, colon or dash, when it reads like one; the rest is text. */
function runIn(rest: string): { readonly title: string; readonly textStart: number } | null {
  const head = rest.slice(0, MAX_RUN_IN_LENGTH);
  const end = /(?<!\.[A-Za-z])[.:](?=[ \t*_]|$)|[ \t]?\u2014|[ \t]\u2013[ \t]/.exec(head);
  if (end === null || end.index === 0) return null;
  const title = plain(head.slice(0, end.index));
  if (title === '' || wordCount(title) > MAX_RUN_IN_WORDS) return null;
  const bold = /^[*_]{2}/.test(rest);
  if (!bold && !isTitleCase(title)) return null;
  const after = /^[*_\s]*/.exec(rest.slice(end.index + end[0].length));
  return { title, textStart: end.index + end[0].length + (after?.[0].length ?? 0) };
}

/** The run-in heading that a line without a number starts with, and where its text starts in the line. */
export function runInTitle(line: string): { readonly title: string; readonly textStart: number } | null {
  const indent = /^[ \t]*/.exec(line)?.[0].length ?? 0;
  const found = runIn(line.slice(indent, LOOKED_AT));
  return found === null || indent + found.textStart >= line.length ? null : { title: found.title, textStart: indent + found.textStart };
}

/** A line whose mark (`A.`) is known to be one of an outline. */
export function markedLine(line: string, number: string, style: string): HeadingLine {
  const rest = line.slice(line.indexOf(number) + number.length).trimStart();
  const { title, textStart } = split(line.slice(0, LOOKED_AT), rest.slice(0, LOOKED_AT - (line.length - rest.length)));
  return { style, number, title, textStart: Math.min(line.length, textStart) };
}

/** A section number and nothing else on its line; what makes it a heading is the title below. */
export function bareNumber(line: string): HeadingLine | null {
  const number = line.length > LOOKED_AT ? undefined : BARE_NUMBER.exec(line)?.[1];
  return number === undefined || !inRange(number) ? null : { style: sectionStyle(number), number, title: '', textStart: line.length };
}

/** Splits what follows a number into heading and text. */
function split(line: string, rest: string): { readonly title: string; readonly textStart: number } {
  const at = line.length - rest.length;
  if (rest.trim() === '') return { title: '', textStart: line.length };
  const words = plain(rest);
  const whole = wordCount(words) <= MAX_HEADING_WORDS && !/[.;,:]$|\p{L}{4}\. \p{Lu}/u.test(words) && (isTitleCase(words) || words === words.toUpperCase());
  if (whole) return { title: words, textStart: line.length };
  const found = runIn(rest);
  if (found !== null) return { title: found.title, textStart: Math.min(line.length, at + found.textStart) };
  return { title: '', textStart: at };
}

function sectionStyle(number: string): string {
  const parens = number.split('(').length - 1;
  const decimals = number.split('(')[0]?.split('.').length ?? 1;
  return `section${decimals + parens}`;
}

function inRange(number: string): boolean {
  return number.split(/[.(]/).slice(0, 1).every((part) => Number(part) <= MAX_SECTION_NUMBER);
}

/** The number inside a Markdown heading, and its title without it. */
function markdownTitle(text: string): { readonly number?: string; readonly title: string } {
  const words = plain(text);
  const division = DIVISION.exec(words);
  if (division !== null) return { number: `${division[1] ?? ''} ${division[2] ?? ''}`, title: (division[3] ?? '').trim() };
  const section = SECTION_WORD.exec(words) ?? DECIMAL.exec(words) ?? INTEGER.exec(words);
  if (section !== null) return { number: section[1] ?? '', title: (section[2] ?? '').trim() };
  const paren = PAREN.exec(words);
  if (paren !== null) return { number: `(${paren[1] ?? ''})`, title: (paren[2] ?? '').trim() };
  return { title: words };
}

/**
 * Reads a line (without its line end) as a heading, or null. Numbered lines count only where what follows starts like a
 * sentence or a title, so that "2 years of service" and "1.5 percent" stay text. `paren` items carry style `(a)`, `(1)`,
 * `(i)` or `(A)`; which of `(i)` letter or roman is meant is settled by the caller, who knows the item before.
 */
export function headingLine(line: string): HeadingLine | null {
  const indent = /^[ \t]*/.exec(line)?.[0].length ?? 0;
  const body = line.slice(indent, LOOKED_AT).trimEnd();
  if (body === '') return null;
  const whole = line.length <= LOOKED_AT;
  const marks = /^(?:[*_]{2})?/.exec(body)?.[0].length ?? 0;
  const bare = body.slice(marks);
  const shift = (at: number): number => Math.min(line.length, at + indent + marks);

  const markdown = MARKDOWN.exec(body);
  if (markdown !== null && indent < 4) {
    return { style: markdown[1] ?? '#', ...markdownTitle(markdown[2] ?? ''), textStart: line.length };
  }
  const division = DIVISION.exec(bare);
  if (division !== null) {
    const rest = plain(division[3] ?? '');
    const heading = rest === '' || rest === rest.toUpperCase() || isTitleCase(rest);
    if (whole && heading && !/^[a-z]/.test(rest) && wordCount(rest) <= MAX_HEADING_WORDS && !/[.;,]$/.test(rest)) {
      return { style: (division[1] ?? '').toLowerCase(), number: `${division[1] ?? ''} ${division[2] ?? ''}`, title: rest, textStart: line.length };
    }
  }
  const worded = SECTION_WORD.exec(bare);
  const section = worded ?? DECIMAL.exec(bare);
  if (section !== null) {
    const number = section[1] ?? '';
    const rest = section[2] ?? '';
    if (inRange(number) && (rest === '' ? worded !== null : startsLikeSentence(rest))) {
      const { title, textStart } = split(bare, rest);
      return { style: sectionStyle(number), number, title, textStart: shift(textStart) };
    }
    return null;
  }
  const integer = INTEGER.exec(bare);
  if (integer !== null && startsLikeSentence(integer[2] ?? '')) {
    const { title, textStart } = split(bare, integer[2] ?? '');
    return { style: 'section1', number: integer[1] ?? '', title, textStart: shift(textStart) };
  }
  const paren = PAREN.exec(bare);
  if (paren !== null) {
    const mark = paren[1] ?? '';
    const { title, textStart } = split(bare, paren[2] ?? '');
    const style = /^\d/.test(mark) ? '(1)' : /^[A-Z]/.test(mark) ? '(A)' : '(a)';
    return { style, number: `(${mark})`, title, textStart: shift(textStart) };
  }
  return null;
}

/** A short line in capitals, as generic documents head their parts. */
export function capitalLine(line: string): string | null {
  const words = plain(line.slice(0, LOOKED_AT));
  if (line.length > LOOKED_AT || words === '' || wordCount(words) > MAX_HEADING_WORDS) return null;
  const letters = words.replace(/[^\p{L}]/gu, '');
  return letters.length >= 3 && words === words.toUpperCase() && words !== words.toLowerCase() && !/[.;,]$/.test(words) ? words : null;
}
