import { NumberTable } from './numberTable.ts';
import type { Pace } from './pace.ts';
import { TermCountsBuilder, type TermCounts } from './termCounts.ts';
import { isStopWord, stemOf, wordsOf } from './tokens.ts';

/** Lengths of the character runs taken from each word. */
const SHORTEST_RUN = 3;
const LONGEST_RUN = 5;

const STOP = -1;

/** The blank around a word. */
const BLANK = 1;
/**
 * Characters are numbered below this, so that a run of five fits one exact number. Texts in alphabets have some
 * dozens; beyond a thousand, characters share numbers.
 */
const ALPHABET = 1 << 10;

/** Counting a word's terms, in simple operations. */
const OPERATIONS_PER_WORD = 250;

/** A pair of term numbers as one number; both are below 2^26. */
const PAIR_BASE = 2 ** 26;

/**
 * Numbers words, stems, pairs of stems and character runs while two documents are read, and keeps nothing but the
 * numbers: a word is stemmed and cut into runs once, however often it occurs.
 */
export class Vocabulary {
  readonly #words = new Map<string, number>();
  readonly #stems = new Map<string, number>();
  readonly #runs = new NumberTable();
  readonly #phrases = new NumberTable();
  /** Number of each character, from 1. */
  readonly #characters = new Map<number, number>();
  /** By word number: the number of its stem, STOP for a stop word. */
  readonly #stemOfWord: number[] = [];
  readonly #runsOfWord: Int32Array[] = [];

  /** Word numbers of a text, in order. */
  read(text: string): Int32Array {
    const words = wordsOf(text);
    const numbers = new Int32Array(words.length);
    for (let i = 0; i < words.length; i++) numbers[i] = this.#word(words[i] as string);
    return numbers;
  }

  /**
   * Counts of stems, stop words left out. As with the others: call it for both documents, then the functions it gave,
   * so that both have the same number of terms.
   */
  *stems(rows: readonly Int32Array[], pace: Pace): Generator<void, () => TermCounts> {
    const builder = new TermCountsBuilder();
    for (const row of rows) {
      for (const word of row) {
        const stem = this.#stemOfWord[word] as number;
        if (stem !== STOP) builder.add(stem, 1);
      }
      builder.endRow();
      if (pace.due(row.length * OPERATIONS_PER_WORD)) yield;
    }
    return () => builder.finish(this.#stems.size);
  }

  /** Counts of stems and of pairs of neighbouring stems. */
  *phrases(rows: readonly Int32Array[], pace: Pace): Generator<void, () => TermCounts> {
    const builder = new TermCountsBuilder();
    for (const row of rows) {
      let previous = STOP;
      for (const word of row) {
        const stem = this.#stemOfWord[word] as number;
        if (stem === STOP) continue;
        builder.add(this.#phrases.number(stem), 1);
        if (previous !== STOP) builder.add(this.#phrases.number((previous + 1) * PAIR_BASE + stem), 1);
        previous = stem;
      }
      builder.endRow();
      if (pace.due(row.length * OPERATIONS_PER_WORD)) yield;
    }
    return () => builder.finish(this.#phrases.size);
  }

  /** Counts of runs of 3 to 5 characters inside words, stop words included. */
  *runs(rows: readonly Int32Array[], pace: Pace): Generator<void, () => TermCounts> {
    const builder = new TermCountsBuilder();
    for (const row of rows) {
      for (const word of row) {
        for (const run of this.#runsOfWord[word] as Int32Array) builder.add(run, 1);
      }
      builder.endRow();
      if (pace.due(row.length * OPERATIONS_PER_WORD)) yield;
    }
    return () => builder.finish(this.#runs.size);
  }

  #word(word: string): number {
    const known = this.#words.get(word);
    if (known !== undefined) return known;
    const number = this.#words.size;
    this.#words.set(word, number);
    this.#stemOfWord.push(isStopWord(word) ? STOP : numberIn(this.#stems, stemOf(word)));
    this.#runsOfWord.push(this.#cut(word));
    return number;
  }

  /** The blanks around the word set its beginning and end apart from its middle. */
  #cut(word: string): Int32Array {
    const characters = [BLANK];
    for (let k = 0; k < word.length; k++) characters.push(this.#character(word.charCodeAt(k)));
    characters.push(BLANK);
    const runs: number[] = [];
    for (let start = 0; start + SHORTEST_RUN <= characters.length; start++) {
      let key = 0;
      const end = Math.min(characters.length, start + LONGEST_RUN);
      for (let k = start; k < end; k++) {
        key = key * ALPHABET + (characters[k] as number);
        if (k - start + 1 >= SHORTEST_RUN) runs.push(this.#runs.number(key));
      }
    }
    return Int32Array.from(runs);
  }

  #character(code: number): number {
    const known = this.#characters.get(code);
    if (known !== undefined) return known;
    const number = BLANK + 1 + (this.#characters.size % (ALPHABET - BLANK - 1));
    this.#characters.set(code, number);
    return number;
  }
}

function numberIn(map: Map<string, number>, key: string): number {
  const known = map.get(key);
  if (known !== undefined) return known;
  map.set(key, map.size);
  return map.size - 1;
}
