import type { Random } from './limiterTypes.ts';

/** Failures of the server in a row that open the breaker: two could be chance at a few percent of errors, five is an outage. */
export const OPENS_AFTER = 5;
/** First pause before a probe, in milliseconds; doubles with every probe that fails. */
export const FIRST_PROBE_MS = 1_000;
/** Longest pause between probes, in milliseconds: what an outage costs beyond its end. */
export const LAST_PROBE_MS = 5_000;

export type BreakerState = 'closed' | 'open' | 'halfOpen';

/**
 * Keeps calls from a server that is down. Open: nothing is sent until a pause is over. Then one probe at a time goes
 * out; its success closes the breaker, its failure opens it for longer.
 */
export class CircuitBreaker {
  readonly #random: Random;
  #state: BreakerState = 'closed';
  #inARow = 0;
  #pauseMs = FIRST_PROBE_MS;
  #probeAt = 0;
  #probing = false;
  #downSince: number | null = null;

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

  /** When the next call may go out: now or earlier, later, or `null` while a probe is out. */
  mayCallAt(now: number): number | null {
    if (this.#state === 'closed') return now;
    return this.#probing ? null : this.#probeAt;
  }

  onSend(): void {
    if (this.#state === 'closed') return;
    this.#state = 'halfOpen';
    this.#probing = true;
  }

  /** The server answered, be it with a refusal. */
  onAnswer(): void {
    this.#state = 'closed';
    this.#inARow = 0;
    this.#pauseMs = FIRST_PROBE_MS;
    this.#probing = false;
    this.#downSince = null;
  }

  /** `asProbe`: the call went out while the breaker was not closed. Others that fail late say nothing new. */
  onServerError(now: number, asProbe: boolean): void {
    this.#inARow++;
    if (this.#state === 'closed') {
      if (this.#inARow >= OPENS_AFTER) this.#open(now);
    } else if (asProbe) {
      this.#pauseMs = Math.min(LAST_PROBE_MS, this.#pauseMs * 2);
      this.#open(now);
    }
  }

  /** A probe that ended without telling anything, as by a cancel. */
  onNoVerdict(asProbe: boolean): void {
    if (asProbe) this.#probing = false;
  }

  #open(now: number): void {
    this.#state = 'open';
    this.#downSince ??= now;
    this.#probing = false;
    // Half the pause is certain, so that probes never come in a burst.
    this.#probeAt = now + this.#pauseMs * (0.5 + 0.5 * this.#random());
  }
}
