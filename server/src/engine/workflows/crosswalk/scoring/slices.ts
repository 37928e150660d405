/**
 * Says when a stretch of work is long enough to pause. Work is counted in simple operations, not in time, because the
 * engine has no clock of its own here and because counting makes the pauses the same on every machine.
 */
export class Slices {
  #spent = 0;

  /** Adds `operations`; true about every 10 ms of work. */
  due(operations: number): boolean {
    this.#spent += operations;
    if (this.#spent < OPERATIONS_PER_SLICE) return false;
    this.#spent = 0;
    return true;
  }
}

/** About 10 ms at the 0.6 to 1 billion simple operations a second one core does. */
const OPERATIONS_PER_SLICE = 6_000_000;
