import type { Clock } from '../ports.ts';
import type { Sleep } from './limiterTypes.ts';

export interface Planned {
  cancel(): void;
}

interface Entry {
  readonly at: number;
  action: (() => void) | null;
}

/** One reason for all sleeps that are cut short: making an error is dear, and nobody reads this one. */
const CUT_SHORT = new Error('Something is to happen sooner.');
/** Cancelled entries worth a sweep of the heap. */
const SWEEP_AT = 1_024;

/** Everything that is to happen later, over one sleep at a time. Times are the clock's `monotonic`. */
export class Timeline {
  readonly #clock: Clock;
  readonly #sleep: Sleep;
  /** A binary heap, the earliest first. */
  #heap: Entry[] = [];
  #cancelled = 0;
  #sleeping: { readonly until: number; readonly abort: AbortController } | null = null;

  constructor(clock: Clock, sleep: Sleep) {
    this.#clock = clock;
    this.#sleep = sleep;
  }

  at(at: number, action: () => void): Planned {
    const entry: Entry = { at, action };
    this.#push(entry);
    this.#arm();
    return {
      cancel: () => {
        if (entry.action === null) return;
        entry.action = null;
        this.#cancelled++;
        if (this.#cancelled > SWEEP_AT && this.#cancelled * 2 > this.#heap.length) this.#sweep();
        this.#arm();
      },
    };
  }

  #arm(): void {
    while (this.#heap[0]?.action === null) this.#pop();
    const first = this.#heap[0];
    if (first === undefined) {
      this.#sleeping?.abort.abort(CUT_SHORT);
      this.#sleeping = null;
      return;
    }
    // Waking too early costs one look; a sleep that ends before the first entry is let be.
    if (this.#sleeping !== null && this.#sleeping.until <= first.at) return;
    this.#sleeping?.abort.abort(CUT_SHORT);
    const sleeping = { until: first.at, abort: new AbortController() };
    this.#sleeping = sleeping;
    const wake = (): void => {
      if (this.#sleeping === sleeping) this.#sleeping = null;
      if (!sleeping.abort.signal.aborted) this.#fire();
    };
    this.#sleep(Math.max(0, first.at - this.#clock.monotonic()), sleeping.abort.signal).then(wake, () => undefined);
  }

  #fire(): void {
    const now = this.#clock.monotonic();
    for (let first = this.#heap[0]; first !== undefined && (first.action === null || first.at <= now); first = this.#heap[0]) {
      const { action } = first;
      first.action = null;
      this.#pop(action === null);
      action?.();
    }
    this.#arm();
  }

  #push(entry: Entry): void {
    const heap = this.#heap;
    let place = heap.push(entry) - 1;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      if ((heap[parent] as Entry).at <= entry.at) break;
      heap[place] = heap[parent] as Entry;
      place = parent;
    }
    heap[place] = entry;
  }

  #pop(wasCancelled = true): void {
    const heap = this.#heap;
    if (wasCancelled) this.#cancelled--;
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return;
    let place = 0;
    for (let child = 1; child < heap.length; child = 2 * place + 1) {
      if (child + 1 < heap.length && (heap[child + 1] as Entry).at < (heap[child] as Entry).at) child++;
      if ((heap[child] as Entry).at >= last.at) break;
      heap[place] = heap[child] as Entry;
      place = child;
    }
    heap[place] = last;
  }

  #sweep(): void {
    const live = this.#heap.filter((entry) => entry.action !== null);
    this.#heap = [];
    this.#cancelled = 0;
    for (const entry of live) this.#push(entry);
  }
}
