import type { Clock } from '../../server/src/engine/ports.ts';

/** A clock that stands still until it is moved. */
export class FakeClock implements Clock {
  #now: number;
  #monotonic = 0;

  /** Milliseconds since the epoch. */
  constructor(now = Date.UTC(2026, 0, 5, 9)) {
    this.#now = now;
  }

  now(): number {
    return this.#now;
  }

  monotonic(): number {
    return this.#monotonic;
  }

  advance(milliseconds: number): void {
    this.#now += milliseconds;
    this.#monotonic += milliseconds;
  }
}
