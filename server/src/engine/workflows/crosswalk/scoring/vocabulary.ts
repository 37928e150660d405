import { NumberTable } from './numberTable.ts';
import { TermCountsBuilder, type TermCounts } from './termCounts.ts';
import { isStopWord, stemOf, wordsOf } from './tokens.ts';

/** Lengths of the character runs taken from each word. */
const SHORTEST_RUN = 3;
const LONGEST_RUN = 5;

const STOP = -1;

/** A pair of term numbers as one number; both are below 2^26. */
const PAIR_BASE = 2 ** 26;

/**
 * Numbers words, stems, pairs of stems and character runs while two documents are read, and keeps nothing but the
 * numbers: a word is stemmed and cut into runs once, however often it occurs.
 */
export class Vocabulary {
  readonly #words = new Map<string, number>();
  readonly #stems = new Map<string, number>();
  readonly #runs = new Map<string, number>();
  readonly #phrases = new NumberTable();
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

  /** Counts of stems, stop words left out. */
  stems(rows: readonly Int32Array[]): () => TermCounts {
    const builder = new TermCountsBuilder();
    for (const row of rows) {
      for (const word of row) {
        const stem = this.#stemOfWord[word] as number;
        if (stem !== STOP) builder.add(stem, 1);
      }
      builder.endRow();
    }
    return () => builder.finish(this.#stems.size);
  }

  /** Counts of stems and of pairs of neighbouring stems. */
  phrases(rows: readonly Int32Array[]): () => TermCounts {
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
    }
    return () => builder.finish(this.#phrases.size);
  }

  /** Counts of runs of 3 to 5 characters inside words, stop words included. */
  runs(rows: readonly Int32Array[]): () => TermCounts {
    const builder = new TermCountsBuilder();
    for (const row of rows) {
      for (const word of row) {
        for (const run of this.#runsOfWord[word] as Int32Array) builder.add(run, 1);
      }
      builder.endRow();
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

  #cut(word0: string): Int32Array {const word = ` ${word0} `;
    const runs: number[] = [];
    for (let length = SHORTEST_RUN; length <= LONGEST_RUN; length++) {
      for (let start = 0; start + length <= word.length; start++) {
        runs.push(numberIn(this.#runs, word.slice(start, start + length)));
      }
    }
    if (runs.length === 0) runs.push(numberIn(this.#runs, word));
    return Int32Array.from(runs);
  }
}

function numberIn(map: Map<string, number>, key: string): number {
  const known = map.get(key);
  if (known !== undefined) return known;
  map.set(key, map.size);
  return map.size - 1;
}
