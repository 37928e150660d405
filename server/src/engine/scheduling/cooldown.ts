import type { CallFailure } from '../models/modelPort.ts';
import { pauseBefore } from './backoff.ts';
import type { Binding, Random } from './limiterTypes.ts';

/** After a pause one call goes out, then twice as many every so many milliseconds: a refusal is back sooner than that. */
const DOUBLES_EVERY_MS = 250;
/** Doublings after which the pause is over. */
const DOUBLINGS = 6;

/** The pause of a whole resource after "too many requests", and the careful return from it. */
export class Cooldown {
  readonly #random: Random;
  #from = -Infinity;
  #until = -Infinity;
  #inARow = 0;
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

  /** True when the refusal is news: its call went out after the last pause began. A time the provider names always counts. */
  onRefused(failure: CallFailure, startedAt: number, cause: Binding, now: number): boolean {
    const isNews = startedAt >= this.#from;
    if (!isNews && failure.retryAfterMs === undefined) return false;
    if (isNews) {
      this.#from = now;
      this.#inARow++;
      this.#cause = cause;
    }
    const until = now + pauseBefore(failure, this.#inARow, this.#random);
    if (until > this.#until) {
      this.#until = until;
      this.#sent = 0;
    }
    return isNews;
  }
}
