import type { Provision } from './provisions.ts';
import { isStopWord, wordsOf } from './scoring/tokens.ts';

/** Fewer words that carry a meaning stand in many places of a form: "By:", "Title:", "Date:". */
const MIN_WORDS = 2;

/** True for a field of a form whose words are too few to be looked for: that nothing is like it says nothing. */
export function saysTooLittle({ unit, text }: Provision): boolean {
  if (unit.election === undefined) return false;
  return new Set(wordsOf(`${unit.title ?? ''}\n${text}`).filter((word) => !isStopWord(word))).size < MIN_WORDS;
}
