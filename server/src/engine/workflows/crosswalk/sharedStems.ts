import { isStopWord, stemOf, wordsOf } from './scoring/tokens.ts';

/** A pair that has fewer different words in common rests on one word, however often and however rare. */
const FEWEST_SHARED = 2;

/** True where two texts share at least two different words, in any form, that are not stop words. */
export function shareWords(text: string, other: string): boolean {
  const known = stems(other);
  let shared = 0;
  for (const stem of stems(text)) if (known.has(stem) && ++shared >= FEWEST_SHARED) return true;
  return false;
}

function stems(text: string): ReadonlySet<string> {
  return new Set(wordsOf(text).filter((word) => !isStopWord(word)).map(stemOf));
}
