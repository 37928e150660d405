import type { CallFailure } from '../models/modelPort.ts';
import { pauseBefore } from './backoff.ts';
import type { Binding, Random } from './limiterTypes.ts';

/** After a pause one call goes out, then twice as many every so many milliseconds: a refusal is back sooner than that. */
const DOUBLES_EVERY_MS = 250;
/** Refusals in a row that are no accident. */
const TELLING_REFUSALS = 5;
/** Doublings after which the pause is over. */
const DOUBLINGS = 6;

/** The pause of a whole resource after "too many requests", and the careful return from it. */
export class Cooldown {
  readonly #random: Random;
  #from = -Infinity;
  #until = -Infinity;
  #inARow = 0;
  /** When the first refusal of the row came. */
  #refusedSince = -Infinity;
  #sent = 0;
  #cause: Binding = 'latency';

  constructor(random: Random) {
    this.#random = random;
  }

  get cause(): Binding {
    return this.#cause;
  }

  /** When the next call may go. */
  readyAt(now: number): number {
    if (now < this.#until) return this.#until;
    const doublings = Math.floor((now - this.#until) / DOUBLES_EVERY_MS);
    if (doublings >= DOUBLINGS || this.#sent < 2 ** doublings) return now;
    return this.#until + (doublings + 1) * DOUBLES_EVERY_MS;
  }

  onSend(now: number): void {
    if (now < this.#until + DOUBLINGS * DOUBLES_EVERY_MS) this.#sent++;
  }

  onSuccess(startedAt: number): void {
    if (startedAt >= this.#from) this.#inARow = 0;
  }

  /** Milliseconds for which refusals are all there is, by several of them. */
  refusedFor(now: number): number {
    return this.#inARow < TELLING_REFUSALS ? 0 : now - this.#refusedSince;
  }

  /** True for the first refusal of a kind: its call went out after the last pause began. */
  isNews(startedAt: number): boolean {
    return startedAt >= this.#from;
  }

  /** The first call after a long wait goes out alone, too: nobody knows yet whether the wait was long enough. */
  beginCarefully(now: number): void {
    this.#until = Math.max(this.#until, now);
    this.#sent = 0;
  }

  /**
   * A time the provider names always counts. `isOfWidth`: there were too many calls at once, which fewer at once heal and a
   * pause does not, unless it happens again.
   */
  onRefused(failure: CallFailure, startedAt: number, cause: Binding, isOfWidth: boolean, now: number): void {
    const isNews = this.isNews(startedAt);
    if (!isNews && failure.retryAfterMs === undefined) return;
    if (isNews) {
      this.#from = now;
      if (this.#inARow === 0) this.#refusedSince = now;
      this.#inARow++;
      this.#cause = cause;
    }
    if (isOfWidth && this.#inARow === 1 && failure.retryAfterMs === undefined) return;
    const until = now + pauseBefore(failure, this.#inARow, this.#random);
    if (until > this.#until) {
      this.#until = until;
      this.#sent = 0;
    }
  }
}
