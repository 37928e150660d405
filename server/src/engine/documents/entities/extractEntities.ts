import { findMoney, findNumbers, findPercentages } from './amounts.ts';
import { findDates, findTimes } from './dates.ts';
import { findDeciders } from './deciders.ts';
import { findDefaults } from './defaults.ts';
import { findAges, findFrequencies, findHours, findPeriods } from './durations.ts';
import type { Entity, EntityFinder } from './entity.ts';
import { findLinks } from './links.ts';
import { findModality, findNegation } from './modality.ts';
import { wordsAgainstDigits } from './numerals.ts';
import { findOrdinals } from './ordinals.ts';
import { findCodeReferences, findSectionReferences } from './references.ts';
import { findSchedules } from './schedules.ts';
import { findService } from './service.ts';
import { softWrapped } from './softWrap.ts';

/** In this order: words taken by one kind are not read again by a later one. */
const FINDERS: readonly EntityFinder[] = [
  findLinks, findCodeReferences, findSectionReferences, findSchedules, findDates, findTimes, findMoney, findPercentages, findAges, findHours,
  findService, findFrequencies, findPeriods, findOrdinals, findNumbers, findModality, findNegation,
];

/** `(a)`, `(12)`, `(iv)`, and `1.`, `2.3`, `a)` at the start of a line: they number a list and say nothing. */
const LIST_MARKER = /\((?:[a-z]{1,2}|[ivxlc]{1,5}|[A-Z]{1,2}|[IVXLC]{1,5}|\d{1,2})\)|(?<=^[ \t]*(?:[-*•]\s+)?)(?:\d+(?:\.\d+)*|[A-Za-z])[.)](?=\s)/gmu;

/** Longer texts are read up to here; the caller says so. */
export const MAX_ENTITY_TEXT = 200_000;

/** Expressions look at no more than this at a time, so that no text makes them slow: their worst case is quadratic. */
const MAX_PIECE = 2_000;

/**
 * The facts of a text by place. Printed numbers of sections and lists are no facts; references are kept as such.
 * Defaults and deciders overlap the words they stand on, everything else is apart.
 */
export function extractEntities(text: string): readonly Entity[] {
  const found: Entity[] = [];
  const end = Math.min(text.length, MAX_ENTITY_TEXT);
  for (let start = 0; start < end; ) {
    const stop = pieceEnd(text, start, end);
    for (const entity of entitiesOfPiece(text.slice(start, stop))) {
      found.push({ ...entity, start: entity.start + start, end: entity.end + start });
    }
    start = stop;
  }
  return found;
}

/** The last end of a line, sentence or word that keeps the piece short enough. */
function pieceEnd(text: string, start: number, end: number): number {
  if (end - start <= MAX_PIECE) return end;
  const piece = text.slice(start, start + MAX_PIECE);
  for (const border of ['\n', '. ', ' ']) {
    const at = piece.lastIndexOf(border);
    if (at > 0) return start + at + border.length;
  }
  return start + MAX_PIECE;
}

function entitiesOfPiece(piece: string): readonly Entity[] {
  const text = softWrapped(piece);
  const markers = [...text.matchAll(LIST_MARKER)].filter((match) => !follows(text, match.index));
  let rest = blanked(text, markers.map((match) => ({ start: match.index, end: match.index + match[0].length })));
  const found: Entity[] = [...findDefaults(text), ...findDeciders(text)];
  for (const find of FINDERS) {
    const entities = find(rest).map((entity) => withDoubt(entity, text));
    found.push(...entities);
    rest = blanked(rest, entities);
  }
  return found.sort((a, b) => a.start - b.start || a.end - b.end);
}

/** Where the words and the digits of a fact disagree, its value says both. */
function withDoubt(entity: Entity, text: string): Entity {
  const said = wordsAgainstDigits(text.slice(entity.start, entity.end));
  return said === null ? entity : { ...entity, value: `${entity.value} (${said} in words)` };
}

/** True where a bracket belongs to what is in front of it: `401(k)`, `thirty (30)`, `Section 3.01 (c)`. */
function follows(text: string, at: number): boolean {
  return text[at] === '(' && /(?:[\p{L}\p{N})]|(?:section|paragraph|clause)s?\s|(?:ty|[a-z]teen|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|hundred|thousand)\s)$/iu.test(text.slice(Math.max(0, at - 12), at));
}

/** The text with the ranges blanked, at the same length. */
function blanked(text: string, ranges: readonly { readonly start: number; readonly end: number }[]): string {
  if (ranges.length === 0) return text;
  const pieces: string[] = [];
  let from = 0;
  for (const { start, end } of ranges.toSorted((a, b) => a.start - b.start)) {
    if (start < from) continue;
    // A control character is neither a word nor a blank, so nothing can reach across what was taken out.
    pieces.push(text.slice(from, start), '\u0001'.repeat(end - start));
    from = end;
  }
  pieces.push(text.slice(from));
  return pieces.join('');
}
