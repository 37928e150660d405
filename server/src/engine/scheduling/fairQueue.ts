/** What waits for its turn. */
export interface Queued {
  readonly priority: 'interactive' | 'batch';
  readonly runId: string;
}

/** Entries of one run, first come first served; a returning one goes before all others. */
interface Lane<T> {
  readonly runId: string;
  readonly returning: T[];
  readonly entries: (T | null)[];
  head: number;
}

/** Consumed places at the head of a lane that are worth a copy of the rest. */
const COMPACT_AT = 1_024;

/**
 * Interactive before batch; inside a priority the runs take turns; inside a run the order of arrival. Removing is
 * immediate for the counts and free of a search: the place is skipped when its turn comes.
 */
export class FairQueue<T extends Queued> {
  readonly #lanes: Readonly<Record<Queued['priority'], Lane<T>[]>> = { interactive: [], batch: [] };
  readonly #live = new Set<T>();

  get size(): number {
    return this.#live.size;
  }

  has(entry: T): boolean {
    return this.#live.has(entry);
  }

  push(entry: T): void {
    this.#live.add(entry);
    this.#lane(entry).entries.push(entry);
  }

  /** For an entry that was taken and has to be tried again. */
  putBack(entry: T): void {
    this.#live.add(entry);
    this.#lane(entry).returning.push(entry);
  }

  remove(entry: T): boolean {
    return this.#live.delete(entry);
  }

  /** Whose turn it is. */
  peek(): T | null {
    return this.#next()?.entry ?? null;
  }

  /** Entries of the same run behind whose turn it is, in their order, at most so many. */
  behind(most: number): readonly T[] {
    const next = this.#next();
    if (next === null) return [];
    const { lane, entry } = next;
    const found: T[] = [];
    for (let at = lane.head; at < lane.entries.length && found.length < most; at++) {
      const other = lane.entries[at];
      if (other !== null && other !== undefined && other !== entry && this.#live.has(other)) found.push(other);
    }
    return found;
  }

  /** Takes whose turn it is; its run goes behind the others. */
  take(): T | null {
    const next = this.#next();
    if (next === null) return null;
    const { lanes, lane, entry } = next;
    if (lane.returning.length > 0) lane.returning.shift();
    else lane.head++;
    this.#live.delete(entry);
    lanes.shift();
    lanes.push(lane);
    return entry;
  }

  /** Everything that waits, in no promised order. */
  all(): readonly T[] {
    return [...this.#live];
  }

  #lane(entry: T): Lane<T> {
    const lanes = this.#lanes[entry.priority];
    const found = lanes.find((lane) => lane.runId === entry.runId);
    if (found !== undefined) return found;
    const lane: Lane<T> = { runId: entry.runId, returning: [], entries: [], head: 0 };
    lanes.push(lane);
    return lane;
  }

  #next(): { readonly lanes: Lane<T>[]; readonly lane: Lane<T>; readonly entry: T } | null {
    for (const lanes of [this.#lanes.interactive, this.#lanes.batch]) {
      for (let lane = lanes[0]; lane !== undefined; lane = lanes[0]) {
        const entry = this.#head(lane);
        if (entry !== null) return { lanes, lane, entry };
        lanes.shift();
      }
    }
    return null;
  }

  #head(lane: Lane<T>): T | null {
    for (let entry = lane.returning[0]; entry !== undefined; entry = lane.returning[0]) {
      if (this.#live.has(entry)) return entry;
      lane.returning.shift();
    }
    while (lane.head < lane.entries.length) {
      const entry = lane.entries[lane.head] as T;
      if (this.#live.has(entry)) {
        if (lane.head >= COMPACT_AT && lane.head * 2 > lane.entries.length) {
          lane.entries.splice(0, lane.head);
          lane.head = 0;
        }
        return entry;
      }
      lane.head++;
    }
    return null;
  }
}
