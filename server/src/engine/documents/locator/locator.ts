import { alignQuote, type Alignment } from './alignQuote.ts';
import { QuoteIndex } from './quoteIndex.ts';
import { quoteWords, type QuoteWords } from './quoteWords.ts';

/** Where a quote stands. */
export interface QuotePlace {
  /** UTF-16 offsets into the text; end exclusive. */
  readonly start: number;
  readonly end: number;
  /**
   * `exact`: the very characters. `tolerant`: the same words, with other white space, punctuation, case or line ends.
   * `approximate`: words were put in, left out or replaced, none of which is a number, date, name, negation or modal verb.
   */
  readonly match: 'exact' | 'tolerant' | 'approximate';
  /** Words in common, in order, as a share of the longer of the two, in [0, 1]. */
  readonly similarity: number;
  /** How many places are as good; above 1, the neighbourhood chose, or where there was none the first was taken. */
  readonly places: number;
}

/** What is known of the place of a quote that stands in the text more than once. */
export interface Neighbourhood {
  /** An offset it should be close to. */
  readonly near?: number;
  /** Words that stand around it. */
  readonly around?: string;
}

/** Lowest similarity of an approximate place: 9 of 12 words, with a word to spare. */
const LEAST_SIMILARITY = 0.7;
/** Words in common below which an approximate place is chance. */
const LEAST_MATCHED = 4;
/** Longer quotes are found where all their words are there, or not at all. */
const MOST_APPROXIMATE_WORDS = 600;
/** Stretches of the text an approximate quote is laid on. */
const STRETCHES = 6;
/** Words around a place that are held against the neighbourhood. */
const AROUND_WORDS = 80;

/**
 * Finds quotes in one text, in any order. Built once for a text, linear in it; a quote then costs time in proportion to
 * its own words. A quote of which an edit changes the meaning is absent, not sloppy.
 */
export class Locator {
  readonly #text: string;
  readonly #words: QuoteWords;
  readonly #index: QuoteIndex;

  constructor(text: string) {
    this.#text = text;
    this.#words = quoteWords(text);
    this.#index = new QuoteIndex(this.#words.keys);
  }

  /** The place of a quote, or null where the text does not say that. */
  locate(quote: string, neighbourhood: Neighbourhood = {}): QuotePlace | null {
    const wanted = quoteWords(quote);
    const size = wanted.keys.length;
    if (size === 0) return null;
    const equal = this.#index.sequences(wanted.keys);
    if (equal.length > 0) return this.#equalPlace(quote.trim(), size, equal, neighbourhood);
    return size > MOST_APPROXIMATE_WORDS ? null : this.#approximate(wanted, neighbourhood);
  }

  #equalPlace(quote: string, size: number, firsts: readonly number[], neighbourhood: Neighbourhood): QuotePlace {
    const exact = firsts.flatMap((first) => this.#exactRange(quote, first, size) ?? []);
    if (exact.length > 0) {
      const chosen = this.#chosen(exact, neighbourhood);
      return { start: chosen.start, end: chosen.end, match: 'exact', similarity: 1, places: exact.length };
    }
    const ranges = firsts.map((first) => ({ first, last: first + size - 1, ...this.#range(first, first + size - 1) }));
    const chosen = this.#chosen(ranges, neighbourhood);
    return { start: chosen.start, end: chosen.end, match: 'tolerant', similarity: 1, places: ranges.length };
  }

  /** The range of the very characters of the quote, its outer punctuation included. */
  #exactRange(quote: string, first: number, size: number): Range | null {
    const { start } = this.#range(first, first + size - 1);
    const lead = quote.search(/[\p{L}\p{N}%$€£§−-]/u);
    for (const from of [start - Math.max(0, lead), start]) {
      if (from >= 0 && this.#text.startsWith(quote, from)) return { first, last: first + size - 1, start: from, end: from + quote.length };
    }
    return null;
  }

  #approximate(wanted: QuoteWords, neighbourhood: Neighbourhood): QuotePlace | null {
    const found: Alignment[] = [];
    for (const [from, to] of this.#index.stretches(wanted.keys, STRETCHES)) {
      const aligned = alignQuote(wanted, this.#words, from, to);
      if (aligned === null || aligned.changesMeaning || aligned.matched < LEAST_MATCHED || aligned.similarity < LEAST_SIMILARITY) continue;
      if (!found.some((other) => other.first === aligned.first && other.last === aligned.last)) found.push(aligned);
    }
    const similarity = Math.max(...found.map((each) => each.similarity));
    const best = found.filter((each) => each.similarity === similarity);
    if (best.length === 0) return null;
    const chosen = this.#chosen(best.map((each) => ({ ...each, ...this.#range(each.first, each.last) })), neighbourhood);
    return { start: chosen.start, end: chosen.end, match: 'approximate', similarity, places: best.length };
  }

  #range(first: number, last: number): { readonly start: number; readonly end: number } {
    return { start: this.#words.starts[first] as number, end: this.#words.ends[last] as number };
  }

  /** The place with most words of the neighbourhood around it, then the nearest, then the first. */
  #chosen(ranges: readonly Range[], { near, around }: Neighbourhood): Range {
    const known = around === undefined ? null : new Set(quoteWords(around).keys);
    let best = ranges[0] as Range;
    if (ranges.length === 1 || (known === null && near === undefined)) return best;
    let bestShared = -1;
    let bestDistance = Infinity;
    for (const range of ranges) {
      const shared = known === null ? 0 : this.#shared(range, known);
      const distance = near === undefined ? 0 : Math.abs(range.start - near);
      if (shared > bestShared || (shared === bestShared && distance < bestDistance)) [best, bestShared, bestDistance] = [range, shared, distance];
    }
    return best;
  }

  /** Weight of the words of `known` that stand around a place; rare words and close ones weigh more. */
  #shared({ first, last }: Range, known: ReadonlySet<string>): number {
    const { keys } = this.#words;
    const closeness = new Map<string, number>();
    for (let at = Math.max(0, first - AROUND_WORDS); at < Math.min(keys.length, last + AROUND_WORDS); at++) {
      const key = keys[at] as string;
      if (!known.has(key) || (at >= first && at <= last)) continue;
      const close = 1 - (at < first ? first - at : at - last) / (AROUND_WORDS + 1);
      closeness.set(key, Math.max(close, closeness.get(key) ?? 0));
    }
    return [...closeness].reduce((sum, [key, close]) => sum + close * this.#index.weight(key), 0);
  }
}

interface Range {
  /** Words. */
  readonly first: number;
  readonly last: number;
  /** Offsets. */
  readonly start: number;
  readonly end: number;
}
