/** Places a quote's rarest words are looked up at, all words together. */
const MOST_VOTES = 4_000;
/** Words of a quote that vote at least, however common. */
const LEAST_VOTERS = 3;
/** Words per bin of the vote, as a power of two. */
const BIN_BITS = 2;
/** Equal sequences that are told apart at most. */
const MOST_SEQUENCES = 2_000;

/** Which words of a text stand where. Positions count words. */
export class QuoteIndex {
  readonly #ids = new Map<string, number>();
  readonly #words: Int32Array;
  /** Places of word `w`: #places from #offsets[w] to #offsets[w + 1]. */
  readonly #offsets: Int32Array;
  readonly #places: Int32Array;

  constructor(keys: readonly string[]) {
    this.#words = new Int32Array(keys.length);
    keys.forEach((key, at) => {
      let id = this.#ids.get(key);
      if (id === undefined) this.#ids.set(key, (id = this.#ids.size));
      this.#words[at] = id;
    });
    this.#offsets = new Int32Array(this.#ids.size + 1);
    for (const id of this.#words) this.#offsets[id + 1] = (this.#offsets[id + 1] as number) + 1;
    for (let id = 0; id < this.#ids.size; id++) this.#offsets[id + 1] = (this.#offsets[id + 1] as number) + (this.#offsets[id] as number);
    const cursor = this.#offsets.slice(0, this.#ids.size);
    this.#places = new Int32Array(keys.length);
    this.#words.forEach((id, at) => {
      const next = cursor[id] as number;
      this.#places[next] = at;
      cursor[id] = next + 1;
    });
  }

  #count(id: number): number {
    return (this.#offsets[id + 1] as number) - (this.#offsets[id] as number);
  }

  /** ln(words / occurrences) of a word, 0 for one that is not there. */
  weight(key: string): number {
    const id = this.#ids.get(key);
    return id === undefined ? 0 : Math.log(this.#words.length / this.#count(id));
  }

  /** First words of every place where all of `keys` stand in a row, in text order. */
  sequences(keys: readonly string[]): readonly number[] {
    const ids: number[] = [];
    let rarest = 0;
    for (const [at, key] of keys.entries()) {
      const id = this.#ids.get(key);
      if (id === undefined) return [];
      ids.push(id);
      if (this.#count(id) < this.#count(ids[rarest] as number)) rarest = at;
    }
    const found: number[] = [];
    const id = ids[rarest] as number;
    for (let p = this.#offsets[id] as number; p < (this.#offsets[id + 1] as number) && found.length < MOST_SEQUENCES; p++) {
      const first = (this.#places[p] as number) - rarest;
      if (first >= 0 && first + ids.length <= this.#words.length && ids.every((each, k) => this.#words[first + k] === each)) found.push(first);
    }
    return found;
  }

  /**
   * Stretches of the text where words of `keys` stand about as far from each other as there, best first, as word ranges
   * (end exclusive) with room for words put in or left out. Every occurrence of a word votes for the place the first
   * word would have.
   */
  stretches(keys: readonly string[], most: number): readonly (readonly [from: number, to: number])[] {
    const size = keys.length;
    const votes = new Float32Array(((this.#words.length + size) >> BIN_BITS) + 2);
    const touched: number[] = [];
    for (const { id, at, weight } of this.#voters(keys)) {
      for (let p = this.#offsets[id] as number; p < (this.#offsets[id + 1] as number); p++) {
        const bin = ((this.#places[p] as number) - at + size) >> BIN_BITS;
        if (votes[bin] === 0) touched.push(bin);
        votes[bin] = (votes[bin] as number) + weight;
      }
    }
    const kept = bestBins(votes, touched, most);
    const room = Math.max(4, Math.ceil(size * 0.35));
    return kept.map((bin) => {
      const first = (bin << BIN_BITS) - size;
      return [Math.max(0, first - room), Math.min(this.#words.length, first + size + room + (1 << BIN_BITS))] as const;
    });
  }

  /** The rarest words of a quote, as many as keep the vote short. */
  #voters(keys: readonly string[]): readonly { readonly id: number; readonly at: number; readonly weight: number }[] {
    const known = keys.flatMap((key, at) => {
      const id = this.#ids.get(key);
      return id === undefined ? [] : [{ id, at, weight: this.weight(key) }];
    });
    known.sort((a, b) => b.weight - a.weight || a.at - b.at);
    let votes = 0;
    return known.filter(({ id }, k) => {
      votes += this.#count(id);
      return k < LEAST_VOTERS || votes <= MOST_VOTES;
    });
  }
}

/** The bins with most votes, the best first, no two of them neighbours. Words put in or left out shift votes into the bins beside. */
function bestBins(votes: Float32Array, touched: readonly number[], most: number): readonly number[] {
  const best: { readonly bin: number; readonly sum: number }[] = [];
  for (const bin of touched) {
    const sum = (votes[bin - 1] ?? 0) + (votes[bin] as number) + (votes[bin + 1] ?? 0);
    const last = best[best.length - 1];
    if (best.length >= most && last !== undefined && sum <= last.sum) continue;
    const neighbour = best.findIndex((other) => Math.abs(other.bin - bin) <= 1);
    if (neighbour !== -1) {
      if ((best[neighbour] as { readonly sum: number }).sum >= sum) continue;
      best.splice(neighbour, 1);
    }
    const at = best.findIndex((other) => other.sum < sum);
    best.splice(at === -1 ? best.length : at, 0, { bin, sum });
    if (best.length > most) best.pop();
  }
  return best.map(({ bin }) => bin);
}
