import { isTitleCase, headingLine, type HeadingLine } from './headingLine.ts';
import { lineLead } from './election.ts';
import type { OptionBox } from './optionBox.ts';

/** What a line of a form opens: a part of the form, a numbered question, a lettered one below it, or a line to fill in. */
export interface FormLine {
  readonly opens: 'part' | 'question' | 'subQuestion' | 'line';
  /** Lines of one style are siblings. */
  readonly style: string;
  readonly number?: string;
  readonly title: string;
  /** Where the words behind number and title begin, in the line. */
  readonly textStart: number;
}

/** `A-1.`, `B2)`, `3a.`, `Item 4:`, `Section A-1.`, `II.`; `2-1` also without a point behind it. */
const CODED = /^(?:\*\*)?(?:(?:Item|Question|Election|Line|Q)[ .]{0,2}#?|Sec(?:tion|\.)[ \t](?=[A-Z]{1,2}[-.]?\d))?((?:[A-Z]{1,2}[-.]?)?\d{1,3}(?:[.-]\d{1,3}){0,3}[a-z]?(?:\([a-z0-9]{1,3}\)){0,3}|[IVX]{1,5}|[A-Z])(?:[.):]|(?<=[-.]\d{1,3})(?=[ \t*]))[*]{0,2}[ \t]+(.*)$/;
const LETTERED = /^(?:\*\*)?(\([a-z]{1,4}\)|\([A-Z]{1,2}\)|\(\d{1,2}\)|[a-z]{1,4}[.)])[*]{0,2}[ \t]+(.*)$/;
/** `Name of Employer: ____`, `**EIN:** __12-3456789__`. */
const TO_FILL = /^(?:[-*+\u2022][ \t]+)?[*_]{0,2}([A-Z][^:_[\]\n]{1,90}?)[*_]{0,2}:[*_]{0,2}[ \t]{0,40}(?=\$?_{2,}|\[)/;
/** A numbered title is short; a longer one is a question. */
const MAX_TITLE = 90;
const LOOKED_AT = 400;

function lettersOnly(words: string): string {
  return words.replace(/[^\p{L}]/gu, '');
}

/** A lettered or Roman line in capitals, or all of it a title, heads a part: `A. ELIGIBILITY`, `II. Vesting`. */
function isPartTitle(number: string, rest: string): boolean {
  const letters = lettersOnly(rest);
  return /^(?:[IVX]+|[A-Z])$/.test(number) && letters.length >= 3 && rest.length <= MAX_TITLE && !/[_[\]?:;,]/.test(rest) && (rest === rest.toUpperCase() || isTitleCase(rest));
}

function styleOf(number: string): string {
  return number.replace(/[a-z]+/g, 'a').replace(/[IVX]{2,}|^[IVX]$/, 'I').replace(/[A-Z]+/g, 'A').replace(/\d+/g, '1');
}

function ofHeading({ style, number, title, textStart }: HeadingLine): FormLine {
  const named = { title, textStart, ...(number === undefined ? {} : { number }) };
  if (style.startsWith('(')) return { ...named, opens: 'subQuestion', style: `sub${styleOf(number ?? '')}` };
  if (style.startsWith('section')) return { ...named, opens: 'question', style: `q${styleOf(number ?? '')}` };
  return { ...named, opens: 'part', style };
}

/**
 * Reads one line of a form, or null for one that opens nothing. `line` starts at `start` of `text`; a line that begins
 * with a box is an option, whatever number it carries.
 */
export function formLine(text: string, start: number, line: string, firstBox: OptionBox | undefined): FormLine | null {
  const body = line.trimStart();
  const indent = line.length - body.length;
  const hasBox = firstBox !== undefined && firstBox.start < start + line.length;
  if (body === '' || (hasBox && lineLead(text, firstBox.start).leads)) return null;
  const upToBox = hasBox ? body.slice(0, firstBox.start - start - indent) : body;
  const words = upToBox.slice(0, LOOKED_AT);
  const head = headingLine(line);
  if (head !== null && (head.style.startsWith('#') || !hasBox)) {
    const coded = head.style.startsWith('#') && head.number === undefined ? CODED.exec(head.title) : null;
    // "### A-1. Name": the number is none of the outline's own kinds.
    if (coded !== null) return { ...ofHeading(head), number: coded[1] ?? '', title: (coded[2] ?? '').trim() };
    return ofHeading(head);
  }
  const coded = CODED.exec(words);
  if (coded !== null && /^[*_]{0,2}["\u201c($]?(?:[A-Z\u00c0-\u00de]|_{2}|$)/.test(coded[2] ?? '')) {
    const number = coded[1] ?? '';
    const rest = coded[2] ?? '';
    if (isPartTitle(number, rest.replace(/\*\*/g, '').trim()) && !hasBox) return { opens: 'part', style: `part${styleOf(number)}`, number, title: rest.replace(/\*\*/g, '').trim(), textStart: line.length };
    return { opens: 'question', style: `q${styleOf(number)}`, number, title: '', textStart: indent + words.length - rest.length };
  }
  const lettered = LETTERED.exec(words);
  if (lettered !== null) {
    const mark = lettered[1] ?? '';
    return { opens: 'subQuestion', style: `sub${styleOf(mark)}`, number: mark.startsWith('(') ? mark : `(${mark.slice(0, -1)})`, title: '', textStart: indent + words.length - (lettered[2] ?? '').length };
  }
  const fill = TO_FILL.exec(words);
  if (fill !== null) return { opens: 'line', style: 'line', title: (fill[1] ?? '').trim(), textStart: indent + fill[0].length };
  return null;
}
