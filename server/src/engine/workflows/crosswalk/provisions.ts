import type { Unit } from '../../../../../shared/model.ts';
import type { CollateDocument } from '../../documents/document.ts';
import { foreignUnits } from '../../documents/foreignUnits.ts';
import { readingText, type ReadingText } from '../../documents/readingText.ts';
import { fieldProvision } from './fieldText.ts';
import type { ScoringUnit } from './scoringTypes.ts';

/** The provisions of one side of a crosswalk. */
export interface Provisions {
  /** Units with words to compare, in document order. */
  readonly compared: readonly Provision[];
  /** Headings that only hold others. */
  readonly headingOnly: readonly Unit[];
  /** Units in another language than English, which the rules do not know. */
  readonly foreign: readonly Unit[];
}

export interface Provision {
  readonly unit: Unit;
  readonly document: CollateDocument;
  /** Where the compared words stand in the document. */
  readonly start: number;
  readonly end: number;
  /** The words as a person reads them: without page furniture, words broken over lines made whole. */
  readonly text: string;
  /** Document range of a range of `text`. The only way back: between the two, words of the document may be left out. */
  range(start: number, end: number): readonly [start: number, end: number];
}

/**
 * A title of so many words is taken for text where no text follows and nothing stands under it: some formats have nothing
 * else. One in capitals is the name of a document or a part of it.
 */
const TITLE_AS_TEXT_WORDS = 4;
const WORD = /[\p{L}\p{N}]+/gu;
const ANY_WORD = /[\p{L}\p{N}]/u;

/**
 * The provisions of a document. Fields of a form are provisions of a crosswalk like any other unit, and counted with them
 * in the ledger; they are compared by their question and options, without what is printed around them or filled in.
 */
export function provisionsOf(document: CollateDocument): Provisions {
  const above = new Set(document.units.flatMap((unit) => unit.path ?? []));
  const compared: Provision[] = [];
  const headingOnly: Unit[] = [];
  const foreign: Unit[] = [];
  const unknown = foreignUnits(document);
  document.units.forEach((unit, i) => {
    if (unknown.has(unit.key)) {
      foreign.push(unit);
      return;
    }
    const field = fieldProvision(unit, document);
    if (field !== null && ANY_WORD.test(field.text)) {
      compared.push(field);
      return;
    }
    const words = readingText(document.text, unit.textStart, unit.textEnd, unit.omitted);
    if (ANY_WORD.test(words.text)) {
      compared.push(provisionOf(unit, document, words));
      return;
    }
    const { title } = unit;
    const holdsOthers = above.has(title ?? '') || (document.units[i + 1]?.level ?? 0) > (unit.level ?? Infinity);
    if (title === undefined || holdsOthers || title === title.toUpperCase() || (title.match(WORD)?.length ?? 0) < TITLE_AS_TEXT_WORDS) {
      headingOnly.push(unit);
      return;
    }
    const at = unit.span.quote.indexOf(title);
    const start = at < 0 ? unit.span.start : unit.span.start + at;
    const end = at < 0 ? unit.span.end : start + title.length;
    compared.push(provisionOf(unit, document, readingText(document.text, start, end, unit.omitted)));
  });
  return { compared, headingOnly, foreign };
}

/** True where some part of the document could not be read, so that "not there" cannot be said of it. */
export function hasUnreadParts(document: CollateDocument): boolean {
  return document.problems.some((problem) => problem.severity === 'error');
}

export function scoringUnit({ unit, text }: Provision): ScoringUnit {
  const title = unit.title ?? '';
  return { title: title === text ? '' : title, text, path: unit.path ?? [], ...(unit.type === undefined ? {} : { type: unit.type }) };
}

function provisionOf(unit: Unit, document: CollateDocument, words: ReadingText): Provision {
  const text = words.text.trim();
  const lead = words.text.indexOf(text);
  const range = (start: number, end: number): readonly [start: number, end: number] => words.range(lead + start, lead + end);
  const [start, end] = range(0, text.length);
  return { unit, document, start, end, text, range };
}
