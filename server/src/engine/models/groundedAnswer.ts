import { Locator, type QuotePlace } from '../documents/locator/locator.ts';
import { quoteWords } from '../documents/locator/quoteWords.ts';

/** A text of which an answer speaks, ready to look quotes up in it. */
export interface GroundText {
  readonly text: string;
  locate(quote: string): QuotePlace | null;
}

/** The locator is built when the first quote is looked up. */
export function groundText(text: string): GroundText {
  const built: { locator?: Locator } = {};
  return { text, locate: (quote) => (built.locator ??= new Locator(text)).locate(quote) };
}

/** `absent`: the text does not say that, or an edit changed a number, date, name, denial or modal verb. `tooShort`: words that prove nothing. */
export type QuoteTrouble = 'absent' | 'tooShort';
export type PlacedQuotes =
  | { readonly ok: true; readonly places: readonly QuotePlace[] }
  | { readonly ok: false; readonly trouble: QuoteTrouble; /** The quote that failed. */ readonly at: number };

/** Fewer words stand anywhere. A text that has no more is quoted whole. Words. */
const LEAST_QUOTE_WORDS = 3;

/** Places of quotes in a text, in order of the text and each once; or the first quote that has none. */
export function placeQuotes(quotes: readonly string[], ground: GroundText): PlacedQuotes {
  const places: QuotePlace[] = [];
  for (const [at, quote] of quotes.entries()) {
    const place = ground.locate(quote);
    if (place === null) return { ok: false, trouble: 'absent', at };
    if (isShort(quote) && !isShort(ground.text)) return { ok: false, trouble: 'tooShort', at };
    if (!places.some(({ start, end }) => start === place.start && end === place.end)) places.push(place);
  }
  return { ok: true, places: places.sort((a, b) => a.start - b.start || a.end - b.end) };
}

function isShort(text: string): boolean {
  return quoteWords(text).keys.length < LEAST_QUOTE_WORDS;
}
