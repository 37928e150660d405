/** Equal characters of two texts: `length` code units at `before` in the one and at `now` in the other. */
export interface EqualBlock {
  readonly before: number;
  readonly now: number;
  readonly length: number;
}

export interface Alignment {
  /** In the order of both texts, apart. */
  readonly blocks: readonly EqualBlock[];
  /** Lines that stand in another order now, in the order of the text before; found among what is in no block. */
  readonly moved: readonly EqualBlock[];
}

/** How often a gap between equal lines is looked into again for lines that are unique in it. */
const MAX_DEPTH = 4;
/** A shorter line may stand anywhere: it is no landmark of a move, in UTF-16 code units. */
const MIN_MOVED_LINE = 12;

interface Line {
  readonly start: number;
  readonly words: string;
}

/** The lines of a stretch with their line ends, the first and last of which may be parts of lines. */
function linesOf(text: string, start: number, end: number): readonly Line[] {
  const lines: Line[] = [];
  for (let from = start; from < end; ) {
    const stop = text.indexOf('\n', from);
    const next = stop === -1 || stop >= end ? end : stop + 1;
    lines.push({ start: from, words: text.slice(from, next) });
    from = next;
  }
  return lines;
}

/** By words, where a line stands; null where it stands more than once. */
function uniquePlaces(lines: readonly Line[]): ReadonlyMap<string, number | null> {
  const places = new Map<string, number | null>();
  for (const { start, words } of lines) places.set(words, places.has(words) ? null : start);
  return places;
}

interface Pair {
  readonly before: number;
  readonly now: number;
  readonly length: number;
}

/** Lines that stand exactly once on either side, in the order of the text before. */
function uniquePairs(before: readonly Line[], now: readonly Line[]): readonly Pair[] {
  const here = uniquePlaces(before);
  const there = uniquePlaces(now);
  const pairs: Pair[] = [];
  for (const { start, words } of before) {
    const place = there.get(words);
    if (place !== undefined && place !== null && here.get(words) !== null) pairs.push({ before: start, now: place, length: words.length });
  }
  return pairs;
}

/** The longest run of pairs that is in order on both sides. */
function inOrder(pairs: readonly Pair[]): readonly Pair[] {
  const tails: number[] = [];
  const previous: number[] = [];
  pairs.forEach((pair, index) => {
    let low = 0;
    let high = tails.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((pairs[tails[middle] as number] as Pair).now < pair.now) low = middle + 1;
      else high = middle;
    }
    previous.push(low === 0 ? -1 : (tails[low - 1] as number));
    tails[low] = index;
  });
  const found: Pair[] = [];
  for (let at = tails.at(-1) ?? -1; at !== -1; at = previous[at] as number) found.push(pairs[at] as Pair);
  return found.reverse();
}

class Aligner {
  readonly #before: string;
  readonly #now: string;
  readonly blocks: { before: number; now: number; length: number }[] = [];

  constructor(before: string, now: string) {
    this.#before = before;
    this.#now = now;
  }

  /** Aligns two stretches: equal ends first, then lines that are unique in what is left, then what is between those. */
  align(b0: number, b1: number, n0: number, n1: number, depth: number): void {
    let [startBefore, endBefore, startNow, endNow] = [b0, b1, n0, n1];
    while (startBefore < endBefore && startNow < endNow && this.#before.charCodeAt(startBefore) === this.#now.charCodeAt(startNow)) {
      startBefore += 1;
      startNow += 1;
    }
    while (startBefore < endBefore && startNow < endNow && this.#before.charCodeAt(endBefore - 1) === this.#now.charCodeAt(endNow - 1)) {
      endBefore -= 1;
      endNow -= 1;
    }
    this.add(b0, n0, startBefore - b0);
    if (startBefore < endBefore && startNow < endNow && depth < MAX_DEPTH) {
      const pairs = inOrder(uniquePairs(linesOf(this.#before, startBefore, endBefore), linesOf(this.#now, startNow, endNow)));
      let [fromBefore, fromNow] = [startBefore, startNow];
      for (const pair of pairs) {
        // What grew out of an earlier pair covers this one already.
        if (pair.before < fromBefore || pair.now < fromNow) continue;
        this.align(fromBefore, pair.before, fromNow, pair.now, depth + 1);
        this.add(pair.before, pair.now, pair.length);
        fromBefore = pair.before + pair.length;
        fromNow = pair.now + pair.length;
      }
      if (pairs.length > 0) this.align(fromBefore, endBefore, fromNow, endNow, depth + 1);
    }
    this.add(endBefore, endNow, b1 - endBefore);
  }

  add(before: number, now: number, length: number): void {
    if (length === 0) return;
    const last = this.blocks.at(-1);
    if (last !== undefined && last.before + last.length === before && last.now + last.length === now) last.length += length;
    else this.blocks.push({ before, now, length });
  }

  /** Lines that no block holds whole and that are unique among those on both sides, grown over what is equal around them. */
  moved(): readonly EqualBlock[] {
    const found: EqualBlock[] = [];
    let covered = 0;
    for (const pair of uniquePairs(this.#loose('before', this.#before), this.#loose('now', this.#now))) {
      if (pair.length < MIN_MOVED_LINE || pair.before + pair.length <= covered) continue;
      let [before, now, end] = [pair.before, pair.now, pair.before + pair.length];
      while (before > covered && now > 0 && this.#before.charCodeAt(before - 1) === this.#now.charCodeAt(now - 1)) {
        before -= 1;
        now -= 1;
      }
      while (end < this.#before.length && this.#before.charCodeAt(end) === this.#now.charCodeAt(now + end - before)) end += 1;
      found.push({ before, now, length: end - before });
      covered = end;
    }
    return found;
  }

  #loose(side: 'before' | 'now', text: string): readonly Line[] {
    const loose: Line[] = [];
    let from = 0;
    let taken = 0;
    for (const block of [...this.blocks, { before: this.#before.length, now: this.#now.length, length: 0 }]) {
      const to = block[side];
      const start = Math.max(taken, from === 0 ? 0 : text.lastIndexOf('\n', from - 1) + 1);
      const stop = to === 0 || text[to - 1] === '\n' ? to : text.indexOf('\n', to) + 1;
      const end = stop === 0 && to > 0 ? text.length : stop;
      if (start < end) {
        for (const line of linesOf(text, start, end)) loose.push(line);
        taken = end;
      }
      from = to + block.length;
    }
    return loose;
  }
}

/** What is equal in two texts. Time grows with their lengths, whatever they hold: lines that repeat align nothing. */
export function alignTexts(before: string, now: string): Alignment {
  if (before === now) return { blocks: [{ before: 0, now: 0, length: before.length }], moved: [] };
  const aligner = new Aligner(before, now);
  aligner.align(0, before.length, 0, now.length, 0);
  return { blocks: aligner.blocks, moved: aligner.moved() };
}

/** A moved paragraph is looked for again after each edit, while no more than this is in no block, in UTF-16 code units. */
const MAX_LOOSE = 50_000;

/**
 * The alignment of `before` with `now`, from the one with `earlier`: only what was edited since is aligned again. Time
 * grows with the edit and the number of blocks, beside one scan for where the edit is.
 */
export function realign(before: string, earlier: string, now: string, old: Alignment): Alignment {
  if (earlier === now) return old;
  const edit = editOf(earlier, now);
  const shift = now.length - earlier.length;
  const aligner = new Aligner(before, now);
  const kept = (block: EqualBlock): readonly EqualBlock[] => {
    if (block.now + block.length <= edit.start) return [block];
    if (block.now >= edit.end) return [{ ...block, now: block.now + shift }];
    const head = edit.start - block.now;
    const tail = block.now + block.length - edit.end;
    return [
      ...(head > 0 ? [{ ...block, length: head }] : []),
      ...(tail > 0 ? [{ before: block.before + block.length - tail, now: edit.end + shift, length: tail }] : []),
    ];
  };
  const blocks = old.blocks.flatMap(kept);
  const after = blocks.findIndex((block) => block.now >= edit.start);
  const next = (after === -1 ? undefined : blocks[after]) ?? { before: before.length, now: now.length, length: 0 };
  const above = blocks.slice(0, after === -1 ? blocks.length : after);
  const last = above.at(-1) ?? { before: 0, now: 0, length: 0 };
  for (const block of above) aligner.add(block.before, block.now, block.length);
  aligner.align(last.before + last.length, next.before, last.now + last.length, next.now, 0);
  for (const block of blocks.slice(above.length)) aligner.add(block.before, block.now, block.length);
  const aligned = aligner.blocks.reduce((sum, { length }) => sum + length, 0);
  const isSmall = Math.max(before.length, now.length) - aligned <= MAX_LOOSE;
  return { blocks: aligner.blocks, moved: isSmall ? aligner.moved() : old.moved.flatMap(kept) };
}

/** The one stretch of `earlier` that is another in `now`. */
function editOf(earlier: string, now: string): { readonly start: number; readonly end: number } {
  const shorter = Math.min(earlier.length, now.length);
  let start = 0;
  while (start < shorter && earlier.charCodeAt(start) === now.charCodeAt(start)) start += 1;
  let tail = 0;
  while (tail < shorter - start && earlier.charCodeAt(earlier.length - 1 - tail) === now.charCodeAt(now.length - 1 - tail)) tail += 1;
  return { start, end: earlier.length - tail };
}
