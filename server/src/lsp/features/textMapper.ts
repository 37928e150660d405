/** Characters on either side of a quote that tell equal quotes apart. */
const CONTEXT_LENGTH = 200;
/** Places of one quote that are compared; a quote that stands in more places is not told apart. */
const MAX_PLACES = 64;

export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** Leads stretches of the text a run read to the same words in the text of now. */
export class TextMapper {
  readonly #before: string;
  readonly #now: string;
  /** Characters that are equal at the start and at the end of both texts; they do not overlap. */
  readonly #prefix: number;
  readonly #suffix: number;

  constructor(before: string, now: string) {
    this.#before = before;
    this.#now = now;
    const shorter = Math.min(before.length, now.length);
    let prefix = 0;
    if (before === now) prefix = shorter;
    else while (prefix < shorter && before.charCodeAt(prefix) === now.charCodeAt(prefix)) prefix += 1;
    let suffix = 0;
    const room = shorter - prefix;
    while (suffix < room && before.charCodeAt(before.length - 1 - suffix) === now.charCodeAt(now.length - 1 - suffix)) suffix += 1;
    this.#prefix = prefix;
    this.#suffix = suffix;
  }

  /** Where the words of `stretch` are now; null where they are gone, or stand in several places that look alike. */
  find({ start, end }: Stretch): Stretch | null {
    if (end <= this.#prefix) return { start, end };
    const shift = this.#now.length - this.#before.length;
    if (start >= this.#before.length - this.#suffix) return { start: start + shift, end: end + shift };
    const quote = this.#before.slice(start, end);
    if (quote.length === 0) return null;
    const places = this.#places(quote);
    const [only] = places;
    if (only !== undefined && places.length === 1) return { start: only, end: only + quote.length };
    return this.#best(places, start, end);
  }

  /** True while a whole unit stands as it was, with nothing added at its end. */
  holds({ start, end }: Stretch): boolean {
    let next = end;
    while (next < this.#before.length && /\s/.test(this.#before.charAt(next))) next += 1;
    return this.find({ start, end: Math.min(next + 1, this.#before.length) }) !== null;
  }

  #places(quote: string): readonly number[] {
    const places: number[] = [];
    for (let at = this.#now.indexOf(quote); at !== -1 && places.length <= MAX_PLACES; at = this.#now.indexOf(quote, at + 1)) {
      places.push(at);
    }
    return places.length > MAX_PLACES ? [] : places;
  }

  /** The one place whose neighbourhood is most like the quote's own was. */
  #best(places: readonly number[], start: number, end: number): Stretch | null {
    const scored = places
      .map((place) => ({ place, score: this.#context(place, start, end) }))
      .sort((a, b) => b.score - a.score);
    const [best, second] = scored;
    if (best === undefined || (second !== undefined && second.score === best.score)) return null;
    return { start: best.place, end: best.place + end - start };
  }

  #context(place: number, start: number, end: number): number {
    let before = 0;
    while (
      before < CONTEXT_LENGTH && start - before > 0 && place - before > 0 &&
      this.#before.charCodeAt(start - before - 1) === this.#now.charCodeAt(place - before - 1)
    ) before += 1;
    const placeEnd = place + end - start;
    let after = 0;
    while (
      after < CONTEXT_LENGTH && end + after < this.#before.length && placeEnd + after < this.#now.length &&
      this.#before.charCodeAt(end + after) === this.#now.charCodeAt(placeEnd + after)
    ) after += 1;
    return before + after;
  }
}
