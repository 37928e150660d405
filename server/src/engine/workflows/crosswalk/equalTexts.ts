import type { Provision } from './provisions.ts';
import { headingWords } from './scoring/headings.ts';
import { wordsWithPlaces } from './wordDifference.ts';

/** Shorter texts, as "Reserved.", stand in many places and prove nothing. */
const MIN_WORDS = 6;
/** A question of a form is itself from fewer words on, under the same heading: `Loans  Yes  No`. `Name` alone may be anybody's. */
const MIN_QUESTION_WORDS = 2;

/** By source: the target with the very same words, where neither document has them twice. */
export function equalTexts(sources: readonly Provision[], targets: readonly Provision[]): ReadonlyMap<number, number> {
  const here = onlyOnes(sources);
  const there = onlyOnes(targets);
  const equal = new Map<number, number>();
  for (const [words, i] of here) {
    const j = there.get(words);
    if (i !== null && j !== undefined && j !== null) equal.set(i, j);
  }
  return equal;
}

/** Index of the provision by its words; null where several have the same. */
function onlyOnes(provisions: readonly Provision[]): ReadonlyMap<string, number | null> {
  const byWords = new Map<string, number | null>();
  for (const [at, provision] of provisions.entries()) {
    const words = provingWords(provision);
    if (words !== null) byWords.set(words, byWords.has(words) ? null : at);
  }
  return byWords;
}

/** The words by which a provision is known, or null where they are too few. A short question goes by its heading, too. */
function provingWords({ text, unit }: Provision): string | null {
  const { keys, complete } = wordsWithPlaces(text);
  if (keys.length >= MIN_WORDS) return complete ? keys.join(' ') : text;
  if (unit.election === undefined || keys.length === 0) return null;
  const above = wordsWithPlaces(headingWords(unit.path?.at(-1) ?? '')).keys;
  return above.length + keys.length < MIN_QUESTION_WORDS ? null : `${above.join(' ')}: ${keys.join(' ')}`;
}
