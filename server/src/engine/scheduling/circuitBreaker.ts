import type { Random } from './limiterTypes.ts';

/** Failures of the server in a row that open the breaker: two could be chance at a few percent of errors, five is an outage. */
export const OPENS_AFTER = 5;
/** First pause before a probe, in milliseconds; doubles with every probe that fails. */
export const FIRST_PROBE_MS = 1_000;
/** Longest pause between probes, in milliseconds: what an outage costs beyond its end. */
export const LAST_PROBE_MS = 3_000;
/** A server that is down fails at once. While a probe lives, twice as many may be out after every so many milliseconds. */
export const PROBES_DOUBLE_MS = 500;

export type BreakerState = 'closed' | 'open' | 'halfOpen';

/**
 * Keeps calls from a server that is down. Open: nothing is sent until a pause is over. Then a probe goes out,
 * and more while it lives; a success closes the breaker, a failure opens it for longer.
 */
export class CircuitBreaker {
  readonly #random: Random;
  #state: BreakerState = 'closed';
  #inARow = 0;
  #pauseMs = FIRST_PROBE_MS;
  #probeAt = 0;
  #probes = 0;
  #probingSince = 0;
  #downSince: number | null = null;
  #notThereSince: number | null = null;

  constructor(random: Random) {
    this.#random = random;
  }

  get state(): BreakerState {
    return this.#state;
  }

  /** Milliseconds since the breaker opened for the outage that goes on; 0 while closed. */
  downFor(now: number): number {
    return this.#downSince === null ? 0 : now - this.#downSince;
  }

  /** Milliseconds for which nothing listened, whenever a call came. */
  notThereFor(now: number): number {
    return this.#notThereSince === null ? 0 : now - this.#notThereSince;
  }

  /** Nothing was asked for a while: what was not there may have been started. */
  onIdle(): void {
    if (this.#notThereSince === null) return;
    this.#notThereSince = null;
    this.#downSince = null;
  }

  /** When the next call may go out. */
  mayCallAt(now: number): number {
    if (this.#state === 'closed') return now;
    if (this.#probes === 0) return this.#probeAt;
    const doublings = Math.floor((now - this.#probingSince) / PROBES_DOUBLE_MS);
    return this.#probes < 2 ** doublings ? now : this.#probingSince + (doublings + 1) * PROBES_DOUBLE_MS;
  }

  onSend(now: number): void {
    if (this.#state === 'closed') return;
    if (this.#probes === 0) this.#probingSince = now;
    this.#state = 'halfOpen';
    this.#probes++;
  }

  /** The server answered, be it with a refusal. */
  onAnswer(): void {
    this.#state = 'closed';
    this.#inARow = 0;
    this.#pauseMs = FIRST_PROBE_MS;
    this.#probes = 0;
    this.#downSince = null;
    this.#notThereSince = null;
  }

  /** `asProbe`: the call went out while the breaker was not closed. Others that fail late say nothing new. `notThere`: nothing listened. */
  onServerError(now: number, asProbe: boolean, notThere = false): void {
    this.#inARow++;
    this.#notThereSince = notThere ? (this.#notThereSince ?? now) : null;
    if (this.#state === 'closed') {
      if (this.#inARow >= OPENS_AFTER) this.#open(now);
    } else if (asProbe && this.#state === 'halfOpen') {
      this.#pauseMs = Math.min(LAST_PROBE_MS, this.#pauseMs * 2);
      this.#open(now);
    }
  }

  /** A probe that ended without telling anything, as by a cancel. */
  onNoVerdict(asProbe: boolean): void {
    if (asProbe && this.#probes > 0) this.#probes--;
  }

  #open(now: number): void {
    this.#state = 'open';
    this.#downSince ??= now;
    this.#probes = 0;
    // Half the pause is certain, so that probes never come in a burst.
    this.#probeAt = now + this.#pauseMs * (0.5 + 0.5 * this.#random());
  }
}
