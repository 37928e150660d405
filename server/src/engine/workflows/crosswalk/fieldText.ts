import type { Election, ElectionOption, TextPlace, Unit } from '../../../../../shared/model.ts';
import type { CollateDocument } from '../../documents/document.ts';
import { optionPlace } from '../../documents/optionPlace.ts';
import { INSTRUCTION } from '../../documents/questionTitle.ts';

/** Between the words of one option and the next box there is nothing but a bullet and a list mark. */
const ONLY_MARK = /^\s*(?:[-*+\u2022]\s*)?(?:\(?[A-Za-z0-9]{1,5}[.)])?\s*$/;
/** So far into a question its number is looked for, in UTF-16 code units. */
const NUMBER_WITHIN = 60;

/** Ways in which the number of a unit may be printed: `7(a)` as `(a)` or `a.` */
function printed(number: string): readonly string[] {
  const last = /\(([A-Za-z0-9]{1,4})\)$/.exec(number);
  return last === null ? [number] : [number, last[0], `${last[1] ?? ''}.`, `${last[1] ?? ''})`];
}

function numberPlace({ number, span }: Unit): readonly TextPlace[] {
  if (number === undefined) return [];
  const head = span.quote.slice(0, NUMBER_WITHIN);
  for (const form of printed(number)) {
    const at = head.indexOf(form);
    if (at === -1) continue;
    const end = at + form.length + (/^[.):*]{0,3}/.exec(span.quote.slice(at + form.length))?.[0].length ?? 0);
    return [{ start: span.start, end: span.start + end }];
  }
  return [];
}

/** Boxes with the marks around them. */
function boxPlaces(text: string, options: readonly ElectionOption[], start: number): readonly TextPlace[] {
  return options.map(({ box, words }, at) => {
    const before = options[at - 1] === undefined ? start : optionPlace(options[at - 1] as ElectionOption).end;
    const between = text.slice(before, box.start);
    const lead = at > 0 && ONLY_MARK.test(between) ? before : box.start;
    // Words before their box: only the box is none of them.
    return words.start < box.start ? box : { start: lead, end: Math.max(box.end, words.start) };
  });
}

/**
 * The text between two offsets with the places blanked, at the same length, so that offsets still count; `lines` become
 * blanks of a form again, so that "3 years ____%" is not read as "3 years %".
 */
function blanked(text: string, start: number, end: number, spaces: readonly TextPlace[], lines: readonly TextPlace[]): string {
  const places = [...spaces.map((place) => ({ ...place, sign: ' ' })), ...lines.map((place) => ({ ...place, sign: '_' }))];
  const pieces: string[] = [];
  let from = start;
  for (const place of places.toSorted((a, b) => a.start - b.start)) {
    const first = Math.max(from, place.start);
    const last = Math.min(end, place.end);
    if (last <= first) continue;
    pieces.push(text.slice(from, first), place.sign.repeat(last - first));
    from = last;
  }
  pieces.push(text.slice(from, end));
  return pieces.join('');
}

function instructions(text: string, start: number, end: number): readonly TextPlace[] {
  return [...text.slice(start, end).matchAll(INSTRUCTION)].map((match) => ({ start: start + match.index, end: start + match.index + match[0].length }));
}

/**
 * What of a question is compared: its words and those of its options. Taken out, at the same length, are its number,
 * boxes, list marks, blanks with what stands in them, citations of the plan and instructions as "select one": they say
 * how a form is printed or what was elected, and would make unlike questions alike. What was elected is compared apart.
 */
export function fieldText(text: string, unit: Unit, election: Election, part: 'all' | 'question' = 'all'): string {
  const { start, end } = unit.span;
  const { options, blanks, citations } = election;
  return blanked(text, start, end, [
    ...(unit.omitted ?? []), ...numberPlace(unit), ...boxPlaces(text, options, start), ...citations, ...instructions(text, start, end),
    ...(part === 'question' ? options.map(({ words }) => words) : []),
  ], [...blanks, ...(part === 'question' ? [] : options.flatMap(({ fillIns }) => fillIns))]);
}

/** A field as a provision of a crosswalk, or null for a unit that is none. Its text is as long as its stretch of the document, so a range leads straight back. */
export function fieldProvision(unit: Unit, document: CollateDocument): { readonly unit: Unit; readonly document: CollateDocument; readonly start: number; readonly end: number; readonly text: string; range(start: number, end: number): readonly [start: number, end: number] } | null {
  if (unit.election === undefined) return null;
  const words = fieldText(document.text, unit, unit.election);
  const [from, to] = inner(words);
  const text = words.slice(from, to);
  const start = unit.span.start + from;
  return { unit, document, start, end: start + text.length, text, range: straight(start) };
}

/** Where a text begins and ends without the white space and blanks around it. */
function inner(text: string): readonly [from: number, to: number] {
  const isEdge = (at: number): boolean => /[\s_]/u.test(text.charAt(at));
  let [from, to] = [0, text.length];
  while (from < to && isEdge(from)) from++;
  while (to > from && isEdge(to - 1)) to--;
  return [from, to];
}

/** The way back from a text that stands at `start` as it is. */
export function straight(start: number): (from: number, to: number) => readonly [start: number, end: number] {
  return (from, to) => [start + from, start + to];
}

/** An option's words at their length; `filled` with what stands in its blanks, otherwise without. */
export function optionText(text: string, { words, fillIns }: ElectionOption, citations: readonly TextPlace[], filled: boolean): string {
  return filled
    ? blanked(text, words.start, words.end, [...fillIns.flatMap((blank) => underscores(text, blank)), ...citations], [])
    : blanked(text, words.start, words.end, citations, fillIns);
}

/** The lines of a filled blank without its value. */
function underscores(text: string, { start, end, value }: ElectionOption['fillIns'][number]): readonly TextPlace[] {
  const at = value === null ? -1 : text.slice(start, end).indexOf(value);
  if (at === -1 || value === null) return [{ start, end }];
  return [{ start, end: start + at }, { start: start + at + value.length, end }];
}
