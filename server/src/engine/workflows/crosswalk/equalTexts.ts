import type { Provision } from './provisions.ts';
import { wordsWithPlaces } from './wordDifference.ts';

/** Shorter texts, as "Reserved.", stand in many places and prove nothing. */
const MIN_WORDS = 6;

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
  for (const [at, { text }] of provisions.entries()) {
    const { keys, complete } = wordsWithPlaces(text);
    if (keys.length < MIN_WORDS) continue;
    const words = complete ? keys.join(' ') : text;
    byWords.set(words, byWords.has(words) ? null : at);
  }
  return byWords;
}
