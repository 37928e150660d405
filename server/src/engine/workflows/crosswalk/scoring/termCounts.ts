/**
 * How often each term occurs in each unit, by rows: terms of unit i are
 * `terms[offsets[i]..offsets[i + 1])`, their counts stand beside them. Terms are numbered from 0.
 */
export interface TermCounts {
  readonly offsets: Int32Array;
  readonly terms: Int32Array;
  readonly counts: Float32Array;
  readonly termCount: number;
}

export function rowCount(counts: TermCounts): number {
  return counts.offsets.length - 1;
}

/** Collects rows of term counts without an object per term. */
export class TermCountsBuilder {
  #terms = new Int32Array(1 << 14);
  #counts = new Float32Array(1 << 14);
  #length = 0;
  readonly #offsets: number[] = [0];
  /** Place of a term in the row at work, plus one; 0 = not in it. */
  #place = new Int32Array(1 << 14);

  add(term: number, count: number): void {
    if (term >= this.#place.length) this.#place = grown(this.#place, term + 1);
    const place = this.#place[term] as number;
    if (place !== 0) {
      this.#counts[place - 1] = (this.#counts[place - 1] as number) + count;
      return;
    }
    if (this.#length === this.#terms.length) {
      this.#terms = grown(this.#terms, this.#length + 1);
      const counts = new Float32Array(this.#terms.length);
      counts.set(this.#counts);
      this.#counts = counts;
    }
    this.#terms[this.#length] = term;
    this.#counts[this.#length] = count;
    this.#place[term] = ++this.#length;
  }

  endRow(): void {
    const start = this.#offsets[this.#offsets.length - 1] as number;
    for (let k = start; k < this.#length; k++) this.#place[this.#terms[k] as number] = 0;
    this.#offsets.push(this.#length);
  }

  finish(termCount: number): TermCounts {
    return {
      offsets: Int32Array.from(this.#offsets),
      terms: this.#terms.slice(0, this.#length),
      counts: this.#counts.slice(0, this.#length),
      termCount,
    };
  }
}

function grown(array: Int32Array, needed: number): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(Math.max(needed, array.length * 2));
  larger.set(array);
  return larger;
}

/** In how many rows each term occurs. */
export function documentFrequency(counts: TermCounts, into: Int32Array): void {
  for (let k = 0; k < counts.terms.length; k++) {
    const term = counts.terms[k] as number;
    into[term] = (into[term] as number) + 1;
  }
}
