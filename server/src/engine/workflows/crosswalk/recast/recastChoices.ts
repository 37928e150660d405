import { CHOICE_FAMILIES, type ChoiceFamily } from './planChoices.ts';
import type { FactText } from './recastFacts.ts';
import { likeness, roleWords } from './roleWords.ts';

interface Place {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/** An answer to a question of design that one side gives and the other does not, or gives another one in its place. */
export interface ChoiceDifference {
  readonly family: string;
  readonly source: Place | null;
  readonly target: Place | null;
}

const ALIKE = 2;
/** Answers both sides give, from which the two lists are one list. */
const SHARED = 1;

/**
 * Answers to one question of design that differ, however the rest is worded. One in the place of another is told where each
 * side gives one. One more or one less in a list is told where every other item of the shorter list is an answer known here:
 * an item this table does not know may be the missing one under another name.
 */
export function recastChoices(source: FactText, target: FactText): readonly ChoiceDifference[] {
  return CHOICE_FAMILIES.flatMap((family) => {
    const [left, right] = [placesIn(source.text, family), placesIn(target.text, family)];
    if (left.length === 0 || right.length === 0) return [];
    const own = left.filter(({ name }) => !right.some((other) => other.name === name));
    const other = right.filter(({ name }) => !left.some((one) => one.name === name));
    const shared = new Set(left.filter(({ name }) => right.some((one) => one.name === name)).map(({ name }) => name)).size;
    const [here, there] = [own[0], other[0]];
    if (family.alone && shared === 0 && here !== undefined && there !== undefined && namesIn(own) === 1 && namesIn(other) === 1) {
      return likeness(rolesOf(source, here), rolesOf(target, there)) < ALIKE ? [] : [{ family: family.name, source: here, target: there }];
    }
    if (family.alone || shared < SHARED || namesIn(own) + namesIn(other) !== 1) return [];
    const [longer, full, shorter, rest] = here === undefined ? ([target, right, source, left] as const) : ([source, left, target, right] as const);
    if (!isKnownList(shorter.text, rest) || !isList(longer.text, full)) return [];
    return [{ family: family.name, source: here ?? null, target: there ?? null }];
  });
}

function rolesOf({ text, title }: FactText, place: Place): ReturnType<typeof roleWords> {
  return new Map([...roleWords(title, { start: 0, end: 0 }), ...roleWords(text, place)]);
}

function namesIn(places: readonly Place[]): number {
  return new Set(places.map(({ name }) => name)).size;
}

/** The longest name at each place: "gross negligence" is no "negligence". */
function placesIn(text: string, { choices }: ChoiceFamily): readonly Place[] {
  const all = choices.flatMap(({ name, words }) => [...text.matchAll(words)].map((match): Place => ({ name, start: match.index, end: match.index + match[0].length })));
  return all
    .filter((one) => !all.some((other) => other !== one && other.start <= one.start && other.end >= one.end && other.end - other.start > one.end - one.start))
    .sort((a, b) => a.start - b.start);
}

const PARTS = /[,;]|\b(?:and|or)\b/giu;

/** True where the places stand in one sentence with nothing between them but a separator and words of their own item. */
function isList(text: string, places: readonly Place[]): boolean {
  return places.every((place, k) => {
    const next = places[k + 1];
    if (next === undefined) return true;
    const between = text.slice(place.end, next.start);
    return !/[.:](?=\s)/u.test(between) && (between.match(PARTS)?.length ?? 0) > 0;
  });
}

/** Words that open a list to what it does not name. */
const OPEN = /\b(?:other|another|any|else|such as|including|includes?|similar|reason|without limitation|for example|permitted)\b/iu;

/** True where every item from the first place to the last, and the one behind it, holds a place, and nothing leaves the list open. */
function isKnownList(text: string, places: readonly Place[]): boolean {
  const [first, last] = [places[0], places.at(-1)];
  if (first === undefined || last === undefined || !isList(text, places)) return false;
  const tail = /^[^,;.]*/u.exec(text.slice(last.end))?.[0] ?? '';
  const head = /[^,;.]*$/u.exec(text.slice(0, first.start))?.[0] ?? '';
  if (OPEN.test(text.slice(first.start, last.end)) || /\b(?:and|or)\b/iu.test(tail) || OPEN.test(tail) || /\b(?:or|and)\b/iu.test(head)) return false;
  let from = first.start;
  for (const { index, 0: { length } } of text.slice(first.start, last.end).matchAll(PARTS)) {
    const end = first.start + index;
    const item = text.slice(from, end);
    if (/\p{L}/u.test(item) && !places.some((place) => place.start < end && place.end > from)) return false;
    from = end + length;
  }
  return true;
}
