import type { Unit } from '../../../../shared/model.ts';
import type { CollateDocument } from './document.ts';
import { citationsIn } from './planCitation.ts';
import type { UnitReading } from './unitReading.ts';

/** A reference of a document to a place in itself. Offsets are in the document. */
export interface CrossReference {
  readonly unit: Unit;
  readonly start: number;
  readonly end: number;
  /** As printed, `4.2(b)` or `ARTICLE V`. */
  readonly number: string;
  /** The unit it points at, or the nearest one above it; null when there is none. */
  readonly target: Unit | null;
}

const NUMBER = '\\d{1,3}(?:\\.\\d{1,3}){0,4}(?:\\([A-Za-z0-9]{1,4}\\)){0,5}';
/** No part of a longer number, as `1.401(k)-1` is one. */
const WHOLE = '(?![\\w-]|\\.\\d|\\([A-Za-z0-9]{1,4}\\))';
const REFERENCE = new RegExp(`(?:\\b(?:Sections?|Paragraphs?)[ \\n]{1,2}|\u00a7{1,2}[ \\n]{0,2})(${NUMBER}(?:(?:,? (?:and|or|through)|,) ${NUMBER}){0,6})${WHOLE}|\\b(Articles?) ([IVXLC]{1,7}|\\d{1,3})\\b`, 'g');
const ONE_NUMBER = new RegExp(NUMBER, 'g');
/** What follows a reference into another text: a statute, a regulation, another document. */
const ELSEWHERE_AFTER =
  /^[\s,]*(?:\([^)]{0,60}\)[\s,]*)?(?:(?:and|or)\s+[\d.()a-zA-Z]+\s+)?(?:of|in|under|to)\s+(?:(?:the|such|that|said|any|an?|its|his|their)\s+)?(?:internal|code\b|act\b|erisa|treasury|regulations?\b|income|employee retirement|adoption agreement|trust\b|trust agreement|statute|irc\b|title|public law|u\.s|contract\b|annuity|loan|prior|prototype|summary|service agreement|constitution|charter|appendix|exhibit|attachment|master|united states)/i;
/** What stands before one: `Code section 401(a)`, `Treas. Reg. Section`. */
const ELSEWHERE_BEFORE = /(?:\bcode|\birc|\berisa|\bact|\breg(?:ulations?|s)?\.?|u\.s\.c\.?|cfr|treas\.?|\btitle \d+,?|adoption agreement|alaska statutes?|\bas)[ ,]*$/i;
/** Between two signs of one list, `Code §401(a) or §125`. */
const JOINED = /^(?:,|,? (?:and|or))\s$/;
/** A section number above this is one of the Internal Revenue Code, not of a plan document. */
const MAX_OWN_SECTION = 199;

function normal(number: string): string {
  return number.replace(/^(?:article|section)\s+/i, '').replace(/\s+/g, '').toLowerCase();
}

const ROMAN_VALUES: Readonly<Record<string, number>> = { i: 1, v: 5, x: 10, l: 50, c: 100 };
function romanValue(roman: string): number {
  let sum = 0;
  for (let at = 0; at < roman.length; at += 1) {
    const here = ROMAN_VALUES[roman[at] ?? ''] ?? Number.NaN;
    const next = ROMAN_VALUES[roman[at + 1] ?? ''] ?? 0;
    sum += here < next ? -here : here;
  }
  return sum;
}

function articleKey(words: string): string {
  const value = normal(words);
  const arabic = /^\d+$/.test(value) ? Number(value) : romanValue(value);
  return `article${arabic}`;
}

/** What numbering needs of a unit, of a document or of a run's output. */
export type NumberedUnit = Pick<Unit, 'number'>;

export interface Numbering<U extends NumberedUnit = Unit> {
  readonly byNumber: ReadonlyMap<string, U>;
  /** How many units carry a section number with a dot, a paragraph, or an article number. */
  readonly sections: number;
  readonly articles: number;
}

/** The units of a document by their printed numbers. */
export function numberingOf<U extends NumberedUnit>(units: readonly U[]): Numbering<U> {
  const byNumber = new Map<string, U>();
  let sections = 0;
  let articles = 0;
  for (const unit of units) {
    if (unit.number === undefined) continue;
    const article = /^article\s/i.test(unit.number);
    if (article) articles += 1;
    else if (/^\d/.test(unit.number)) sections += 1;
    const key = article ? articleKey(unit.number) : normal(unit.number);
    if (!byNumber.has(key)) byNumber.set(key, unit);
    // "Article 5" also names a chapter that is printed as "5".
    if (/^\d+$/.test(unit.number) && !byNumber.has(`article${Number(unit.number)}`)) byNumber.set(`article${Number(unit.number)}`, unit);
  }
  return { byNumber, sections, articles };
}

/** The unit of a number, else of the section it lies in, as long as that one has no lettered units of its own. */
function resolve<U extends NumberedUnit>(number: string, { byNumber }: Numbering<U>): U | null {
  const exact = byNumber.get(number);
  if (exact !== undefined) return exact;
  for (let above = number; above.endsWith(')'); ) {
    above = above.slice(0, above.lastIndexOf('('));
    const unit = byNumber.get(above);
    if (unit !== undefined) return unit;
  }
  return null;
}

/** The unit that a printed number, `4.2(b)` or `ARTICLE V`, names; where it has no unit of its own, the nearest one above. */
export function unitOfNumber<U extends NumberedUnit>(number: string, numbering: Numbering<U>): U | null {
  return /^article\s/i.test(number) ? (numbering.byNumber.get(articleKey(number)) ?? null) : resolve(normal(number), numbering);
}

/** Every reference of a document to itself, in order; references into statutes and other documents are left out. */
export function crossReferences(document: CollateDocument, reading: UnitReading): readonly CrossReference[] {
  const numbering = numberingOf(document.units);
  const references: CrossReference[] = [];
  for (const unit of document.units) {
    const words = reading.words(unit);
    let elsewhereEnd = 0;
    const citations = document.kind === 'adoptionAgreement' ? citationsIn(document.text, { start: unit.textStart, end: unit.textEnd }) : [];
    for (const match of words.matchAll(REFERENCE)) {
      const from = unit.textStart + match.index;
      // What a form cites is the plan, another document.
      if (citations.some(({ start, end }) => start <= from && from < end)) continue;
      const after = words.slice(match.index + match[0].length, match.index + match[0].length + 120);
      const before = words.slice(Math.max(0, match.index - 24), match.index);
      const goesOn = match[0].startsWith('\u00a7') && JOINED.test(words.slice(elsewhereEnd, match.index));
      if (goesOn || ELSEWHERE_AFTER.test(after) || ELSEWHERE_BEFORE.test(before)) {
        elsewhereEnd = match.index + match[0].length;
        continue;
      }
      if (match[2] !== undefined) {
        if (numbering.articles === 0 && numbering.sections === 0) continue;
        const target = numbering.byNumber.get(articleKey(match[3] ?? '')) ?? null;
        references.push({ unit, ...reading.place(unit, match.index, match.index + match[0].length), number: `Article ${match[3] ?? ''}`, target });
        continue;
      }
      const list = match[1] ?? '';
      const listAt = match.index + match[0].indexOf(list);
      for (const one of list.matchAll(ONE_NUMBER)) {
        if (Number.parseInt(one[0], 10) > MAX_OWN_SECTION || numbering.sections === 0) continue;
        const start = listAt + one.index;
        references.push({ unit, ...reading.place(unit, start, start + one[0].length), number: one[0], target: resolve(normal(one[0]), numbering) });
      }
    }
  }
  return references;
}
