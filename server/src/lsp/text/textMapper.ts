import { alignTexts, realign, type Alignment, type EqualBlock } from './equalBlocks.ts';

/** Characters on either side of a quote that tell equal quotes apart. */
const CONTEXT_LENGTH = 200;
/** Places of one quote that are compared; a quote that stands in more places is not told apart. */
const MAX_PLACES = 64;
/**
 * What is searched for words that stand on no aligned line, over all of them, in UTF-16 code units: some 10 ms. Words that
 * are asked for beyond it count as gone.
 */
const MAX_SEARCHED = 10_000_000;
/** Share of a stretch's characters that still stand in order from which its place is known, though its words are others. */
const STILL_THERE = 0.4;

export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** The last block that begins at or before an offset of the text before; -1 where there is none. */
function blockAt(blocks: readonly EqualBlock[], offset: number): number {
  let low = 0;
  let high = blocks.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((blocks[middle] as EqualBlock).before <= offset) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

function within(blocks: readonly EqualBlock[], { start, end }: Stretch): Stretch | null {
  const block = blocks[blockAt(blocks, start)];
  if (block === undefined || end > block.before + block.length) return null;
  const shift = block.now - block.before;
  return { start: start + shift, end: end + shift };
}

/** Leads stretches of the text a run read to the same words in the text of now. */
export class TextMapper {
  readonly #before: string;
  readonly #now: string;
  /** Equal stretches in the order of both texts. */
  readonly #blocks: readonly EqualBlock[];
  /** Equal stretches that stand in another order. */
  readonly #moved: readonly EqualBlock[];
  readonly #searched = new Map<string, Stretch | null>();
  #room = MAX_SEARCHED;

  constructor(before: string, now: string, { blocks, moved }: Alignment = alignTexts(before, now)) {
    this.#before = before;
    this.#now = now;
    this.#blocks = blocks;
    this.#moved = moved;
  }

  /** The mapper to a text that was edited further. */
  edited(now: string): TextMapper {
    const alignment = realign(this.#before, this.#now, now, { blocks: this.#blocks, moved: this.#moved });
    return new TextMapper(this.#before, now, alignment);
  }

  /** Where the words of `stretch` are now; null where they are gone, or stand in several places that look alike. */
  find(stretch: Stretch): Stretch | null {
    return this.#followed(stretch) ?? this.#search(stretch);
  }

  /**
   * The same for words inside `home`: found elsewhere only where all of `home` is. Words that were deleted from a changed
   * provision are gone, though another provision says the same.
   */
  findIn(stretch: Stretch, home: Stretch): Stretch | null {
    const followed = this.#followed(stretch);
    if (followed !== null) return followed;
    const whole = this.find(home);
    if (whole !== null) return { start: whole.start + stretch.start - home.start, end: whole.start + stretch.end - home.start };
    const rest = this.near(home);
    if (rest === null) return null;
    const quote = this.#before.slice(stretch.start, stretch.end);
    const inside = this.#now.slice(rest.start, rest.end);
    const at = inside.indexOf(quote);
    return quote === '' || at === -1 || inside.includes(quote, at + 1) ? null : { start: rest.start + at, end: rest.start + at + quote.length };
  }

  /** What is left of a stretch whose words changed, from its first to its last word that still stands; null where too little is. */
  near({ start, end }: Stretch): Stretch | null {
    let first: number | null = null;
    let last = 0;
    let left = 0;
    for (let at = Math.max(0, blockAt(this.#blocks, start)); at < this.#blocks.length; at += 1) {
      const block = this.#blocks[at] as EqualBlock;
      if (block.before >= end) break;
      const from = Math.max(start, block.before);
      const to = Math.min(end, block.before + block.length);
      if (from >= to) continue;
      first ??= from + block.now - block.before;
      last = to + block.now - block.before;
      left += to - from;
    }
    return first === null || left < (end - start) * STILL_THERE ? null : { start: first, end: last };
  }

  /** True while a whole unit stands as it was, with nothing added at its end. */
  holds({ start, end }: Stretch): boolean {
    let next = end;
    while (next < this.#before.length && /\s/.test(this.#before.charAt(next))) next += 1;
    return this.find({ start, end: Math.min(next + 1, this.#before.length) }) !== null;
  }

  #followed(stretch: Stretch): Stretch | null {
    if (stretch.start === stretch.end) return null;
    return within(this.#blocks, stretch) ?? within(this.#moved, stretch);
  }

  #search({ start, end }: Stretch): Stretch | null {
    const quote = this.#before.slice(start, end);
    const known = this.#searched.get(`${start}:${end}`);
    if (known !== undefined) return known;
    const places = this.#places(quote);
    const [only] = places;
    const found = only !== undefined && places.length === 1 ? { start: only, end: only + quote.length } : this.#best(places, start, end);
    this.#searched.set(`${start}:${end}`, found);
    return found;
  }

  #places(quote: string): readonly number[] {
    if (quote.length === 0 || quote.length > this.#now.length || this.#room <= 0) return [];
    this.#room -= this.#now.length;
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
