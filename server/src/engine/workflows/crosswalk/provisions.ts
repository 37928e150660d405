import type { Unit } from '../../../../../shared/model.ts';
import type { CollateDocument } from '../../documents/document.ts';
import { fieldText } from './fieldText.ts';
import type { ScoringUnit } from './scoringTypes.ts';

/** The provisions of one side of a crosswalk. */
export interface Provisions {
  /** Units with words to compare, in document order. */
  readonly compared: readonly Provision[];
  /** Headings that only hold others. */
  readonly headingOnly: readonly Unit[];
}

export interface Provision {
  readonly unit: Unit;
  readonly document: CollateDocument;
  /** Where the compared words stand in the document. */
  readonly start: number;
  readonly end: number;
  readonly text: string;
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
  document.units.forEach((unit, i) => {
    const { election, span } = unit;
    const question = election === undefined ? '' : fieldText(document.text, unit, election);
    if (ANY_WORD.test(question)) {
      compared.push({ unit, document, ...trimmed(question, span.start) });
      return;
    }
    const words = document.text.slice(unit.textStart, unit.textEnd);
    if (ANY_WORD.test(words)) {
      compared.push({ unit, document, ...trimmed(words, unit.textStart) });
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
    compared.push({ unit, document, start, end, text: document.text.slice(start, end) });
  });
  return { compared, headingOnly };
}

/** True where some part of the document could not be read, so that "not there" cannot be said of it. */
export function hasUnreadParts(document: CollateDocument): boolean {
  return document.problems.some((problem) => problem.severity === 'error');
}

export function scoringUnit({ unit, text }: Provision): ScoringUnit {
  const title = unit.title ?? '';
  return { title: title === text ? '' : title, text, path: unit.path ?? [] };
}

function trimmed(words: string, start: number): { readonly start: number; readonly end: number; readonly text: string } {
  const text = words.trim();
  const from = start + words.indexOf(text);
  return { start: from, end: from + text.length, text };
}
