import type { Binding } from './limiterTypes.ts';

/** Adds up for how long what held the next call back. */
export class HeldTime {
  readonly #held: Record<Binding, number> = {
    latency: 0, concurrency: 0, requestsPerMinute: 0, tokensPerMinute: 0, requestsPerDay: 0, serverErrors: 0, demand: 0,
  };
  #by: Binding | null = null;
  #since = 0;

  /** From now on `by` holds; `null`: nothing waits and nothing runs. */
  hold(by: Binding | null, now: number): void {
    if (this.#by !== null) this.#held[this.#by] += now - this.#since;
    this.#by = by;
    this.#since = now;
  }

  sums(now: number): Readonly<Record<Binding, number>> {
    this.hold(this.#by, now);
    return { ...this.#held };
  }
}
