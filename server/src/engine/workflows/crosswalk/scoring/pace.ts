/**
 * Says when a stretch of work is long enough to pause, and how far the whole is. Work is counted in simple operations,
 * not in time: the engine has no clock here, and the pauses are the same on every machine.
 */
export class Pace {
  #spent = 0;
  #done = 0;
  readonly total: number;
  readonly #progress: (done: number, total: number) => void;

  /** `total` in the unit that `advance` counts, rows of a matrix. */
  constructor(total: number, progress: (done: number, total: number) => void) {
    this.total = total;
    this.#progress = progress;
  }

  /** Adds `operations`; true about every 10 ms of work, and then progress has been told. */
  due(operations: number): boolean {
    this.#spent += operations;
    if (this.#spent < OPERATIONS_PER_SLICE) return false;
    this.#spent = 0;
    this.#progress(Math.min(this.#done, this.total), this.total);
    return true;
  }

  advance(rows: number): void {
    this.#done += rows;
  }
}

/** About 10 ms at the 0.6 to 1 billion simple operations a second one core does. */
const OPERATIONS_PER_SLICE = 6_000_000;
