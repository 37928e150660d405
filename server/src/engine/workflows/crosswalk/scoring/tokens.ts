import { stemmer } from 'stemmer';

/**
 * Words that say nothing about what a provision is about. Modal verbs and negations are here too: they decide whether
 * two provisions have the same effect, which is asked later, not whether they have the same topic.
 */
const STOP_WORDS: ReadonlySet<string> = new Set(
  (
    'the of and to in or for by is on be that any as with an are at from this which not it such shall may will ' +
    'must should can has have been was were its their they these those than then there if but into other all each ' +
    'no under upon when where who would do does also so only more'
  ).split(' '),
);

const WORD = /[\p{L}\p{N}]+/gu;

/** Longer runs of letters or digits are cut: they are data or damage, not words. */
const MAX_WORD_LENGTH = 40;

/** Lower-cased words of letters and digits, in order, one-letter words left out. */
export function wordsOf(text: string): readonly string[] {
  const words: string[] = [];
  for (const [word] of text.normalize('NFKC').toLowerCase().matchAll(WORD)) {
    if (word.length > 1) words.push(word.length > MAX_WORD_LENGTH ? word.slice(0, MAX_WORD_LENGTH) : word);
  }
  return words;
}

export function isStopWord(word: string): boolean {
  return STOP_WORDS.has(word);
}

/** Porter's stem. Words that carry a digit stay as they are. */
export function stemOf(word: string): string {
  return /\p{N}/u.test(word) ? word : stemmer(word);
}
