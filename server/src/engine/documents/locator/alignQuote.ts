import type { QuoteWords } from './quoteWords.ts';

/** How a quote lies on a stretch of text, in words of the text. */
export interface Alignment {
  readonly first: number;
  /** Inclusive. */
  readonly last: number;
  /** Words in common, in order. */
  readonly matched: number;
  /** Matched words as a share of the quote's words and of those it leaves out, which count half; in [0, 1]. */
  readonly similarity: number;
  /** True where an edit touches a number, date, name, negation or modal verb: the quote says something else. */
  readonly changesMeaning: boolean;
}

const MATCH = 2;
const REPLACED = -1;
const LEFT_OUT = -1;
/** A word the quote leaves out says less against it than one it puts in. */
const LEFT_OUT_WEIGHT = 0.5;
/** What the best alignment does at a cell: takes a word of both, leaves out one of the quote, leaves out one of the text. */
const BOTH = 1;
const QUOTE = 2;
const TEXT = 3;

/**
 * Best semi-global alignment of all words of the quote with the text's words from `from` to `to` (exclusive): the text's
 * ends are free. Needleman-Wunsch, quote words times window words. Null where nothing matches.
 */
export function alignQuote(quote: QuoteWords, text: QuoteWords, from: number, to: number): Alignment | null {
  const rows = quote.keys.length;
  const columns = to - from;
  const width = columns + 1;
  const moves = new Uint8Array((rows + 1) * width);
  let above = new Int32Array(width);
  let own = new Int32Array(width);
  for (let i = 1; i <= rows; i++) {
    own[0] = i * LEFT_OUT;
    moves[i * width] = QUOTE;
    const key = quote.keys[i - 1];
    for (let j = 1; j <= columns; j++) {
      const both = (above[j - 1] as number) + (key === text.keys[from + j - 1] ? MATCH : REPLACED);
      const left = (above[j] as number) + LEFT_OUT;
      const added = (own[j - 1] as number) + LEFT_OUT;
      const best = Math.max(both, left, added);
      own[j] = best;
      moves[i * width + j] = best === both ? BOTH : best === left ? QUOTE : TEXT;
    }
    [above, own] = [own, above];
  }
  let end = 0;
  // Of equal ends the last: a last word that was replaced is laid on the word it stands for.
  for (let j = 1; j <= columns; j++) if ((above[j] as number) >= (above[end] as number)) end = j;
  return walkBack(quote, text, from, moves, width, end);
}

function walkBack(quote: QuoteWords, text: QuoteWords, from: number, moves: Uint8Array, width: number, end: number): Alignment | null {
  let i = quote.keys.length;
  let j = end;
  let first = -1;
  let matched = 0;
  let leftOut = 0;
  let changesMeaning = false;
  while (i > 0) {
    // The stretch was cut too short to see what the quote's first words stand for; another one holds them.
    if (j === 0 && from > 0) return null;
    const move = moves[i * width + j];
    const here = from + j - 1;
    if (move === BOTH) {
      first = here;
      if (quote.keys[i - 1] === text.keys[here]) matched += 1;
      else changesMeaning ||= isOther(quote, i - 1, text, here);
      i -= 1;
      j -= 1;
    } else if (move === QUOTE) {
      changesMeaning ||= quote.hard[i - 1] !== null;
      i -= 1;
    } else {
      changesMeaning ||= text.hard[here] !== null;
      leftOut += 1;
      j -= 1;
    }
  }
  if (first === -1 || matched === 0) return null;
  const last = from + end - 1;
  return { first, last, matched, similarity: matched / (quote.keys.length + leftOut * LEFT_OUT_WEIGHT), changesMeaning };
}

/** True where putting one word for the other makes the quote say something else. Two words with a capital may be two names. */
function isOther(quote: QuoteWords, i: number, text: QuoteWords, j: number): boolean {
  return quote.hard[i] !== null || text.hard[j] !== null || (quote.capital[i] === true && text.capital[j] === true && !opensAnything(quote.keys[i]) && !opensAnything(text.keys[j]));
}

/** Words that begin sentences and name nobody. */
const OPENERS: ReadonlySet<string> = new Set(
  'a an the this that these those it its we they he she you i there here and but or so if as for in on at to of by with when where while all any each such then well yes yeah okay ok'.split(' '),
);

function opensAnything(key: string | undefined): boolean {
  return key !== undefined && OPENERS.has(key);
}
