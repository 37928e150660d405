import type { ScoringUnit } from '../scoringTypes.ts';

const BREAK = /[.;:!?](?=\s)|\n/g;
const WORD = /[\p{L}\p{N}]+/gu;

/** A first sentence has so many words at least: "1.", "Sec. 2." and "Loans:" open one, they are none. */
const FEWEST_WORDS = 4;

/** What a unit opens with: its title and its first sentence, where a provision says what it is about. */
export function opening({ title, text }: Pick<ScoringUnit, 'title' | 'text'>): Pick<ScoringUnit, 'title' | 'text'> {
  let from = 0;
  let words = 0;
  for (const { index } of text.matchAll(BREAK)) {
    words += text.slice(from, index).match(WORD)?.length ?? 0;
    if (words >= FEWEST_WORDS) return { title, text: text.slice(0, index) };
    from = index;
  }
  return { title, text };
}
