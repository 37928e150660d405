import type { Clock, YieldToHost } from '../ports.ts';
import type { Sleep } from './limiterTypes.ts';

/** Promises that may settle one after the other at one moment. */
const LONGEST_CHAIN = 40;

interface Timer {
  readonly at: number;
  readonly order: number;
  ring: (() => void) | null;
}

/** A clock that jumps from one timer to the next, so that minutes pass as fast as the code under it runs. */
export class VirtualTime implements Clock {
  readonly #epoch: number;
  readonly #turn: YieldToHost;
  readonly #heap: Timer[] = [];
  #now = 0;
  #order = 0;

  /** `turn` lets everything that is ready run; `epoch` is milliseconds since the epoch at the start. */
  constructor(turn: YieldToHost, epoch = 0) {
    this.#turn = turn;
    this.#epoch = epoch;
  }

  now(): number {
    return this.#epoch + this.#now;
  }

  monotonic(): number {
    return this.#now;
  }

  readonly sleep: Sleep = (ms, signal) =>
    new Promise((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason as Error);
      const abort = (): void => {
        timer.ring = null;
        reject(signal.reason as Error);
      };
      const timer = this.at(this.#now + ms, () => {
        signal.removeEventListener('abort', abort);
        resolve();
      });
      signal.addEventListener('abort', abort, { once: true });
    });

  /** Calls `ring` at that time, unless it is set to null before. */
  at(time: number, ring: () => void): Timer {
    const timer: Timer = { at: Math.max(time, this.#now), order: this.#order++, ring };
    const heap = this.#heap;
    let place = heap.push(timer) - 1;
    for (let parent = (place - 1) >> 1; place > 0 && isBefore(timer, heap[parent] as Timer); parent = (place - 1) >> 1) {
      heap[place] = heap[parent] as Timer;
      place = parent;
    }
    heap[place] = timer;
    return timer;
  }

  /** Lets time pass until `done` is settled, or nothing is left that could settle it: then it rejects. */
  async until<T>(done: Promise<T>): Promise<T> {
    let isSettled = false;
    const settled = (): void => {
      isSettled = true;
    };
    done.then(settled, settled);
    await this.#settle();
    while (!isSettled) {
      const first = this.#pop();
      if (first === undefined) throw new Error('Time stands still: a promise is pending and nothing is planned.');
      if (first.ring === null) continue;
      this.#now = first.at;
      first.ring();
      while (this.#heap[0]?.at === this.#now) this.#pop()?.ring?.();
      await this.#settle();
    }
    return done;
  }

  /** Lets this many milliseconds pass. */
  async pass(ms: number): Promise<void> {
    await this.until(new Promise<void>((resolve) => this.at(this.#now + ms, resolve)));
  }

  /** Lets everything that is ready run: what is ready may make other things ready, a promise after the other. */
  async #settle(): Promise<void> {
    for (let link = 0; link < LONGEST_CHAIN; link++) await Promise.resolve();
    await this.#turn();
  }

  #pop(): Timer | undefined {
    const heap = this.#heap;
    const first = heap[0];
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return first;
    let place = 0;
    for (let child = 1; child < heap.length; child = 2 * place + 1) {
      if (child + 1 < heap.length && isBefore(heap[child + 1] as Timer, heap[child] as Timer)) child++;
      if (!isBefore(heap[child] as Timer, last)) break;
      heap[place] = heap[child] as Timer;
      place = child;
    }
    heap[place] = last;
    return first;
  }
}

function isBefore(a: Timer, b: Timer): boolean {
  return a.at < b.at || (a.at === b.at && a.order < b.order);
}
