/** How far the pace falls when the provider says "too many" to a pace it should stand, and how slowly it comes back. */
const SLOWER = 0.97;
const SLOWER_AT_MOST = 0.85;
/** Refusals this close together, in milliseconds, double the fall: then it is more than an estimate that was a little off. */
const AGAIN_MS = 20_000;
const FASTER_PER_SECOND = 0.001;
/** The pace never falls below this share of the limit. */
const SLOWEST = 0.05;
/** A refusal is the pace's fault only when the last seconds came near it: this share of it, over this many milliseconds. */
const NEAR_THE_PACE = 0.9;
const RECENT_MS = 10_000;
/**
 * Calls since the last refusal without which the next one says nothing new: the provider is simply still closed. Where few
 * calls a minute are allowed, as many as in so many milliseconds, but never only the refused one.
 */
const TELLING = 8;
const TELLING_MS = 8_000;
const TELLING_LEAST = 2;
/**
 * Calls so many milliseconds apart are few enough that each comes when the provider has room for just one: one that was
 * quicker on its way than the one before is refused. From the first such refusal on the pace keeps to this share of the limit.
 */
const FAR_APART_MS = 5_000;
const FAR_APART = 0.99;
/** The smallest burst a provider is thought to stand, in milliseconds of its rate. */
const SMALLEST_BURST_MS = 1_000;
/** Milliseconds between two looks at what the provider says is left. */
const HINT_EVERY_MS = 10 * 60_000;
const MINUTE_MS = 60_000;

/**
 * The provider's own bucket of one limit, as far as it can be told from outside: it fills at the limit's rate up to a
 * burst. A whole minute's worth is assumed until a refusal shows how much less it is, or that the rate is less.
 */
export class Pace {
  #perMinute: number | null = null;
  #burst = Infinity;
  #level = Infinity;
  #share = 1;
  #most = 1;
  #at = 0;
  #hintedAt = -Infinity;
  #fall = SLOWER;
  #slowedAt = -Infinity;
  #sends = 0;
  /** Spending of late, decaying over RECENT_MS. */
  #recent = 0;
  #spentInAll = 0;
  #sentInAll = 0;

  /** Learns or changes the limit; `null` is none. */
  setLimit(perMinute: number | null, now: number): void {
    this.#advance(now);
    if (perMinute === this.#perMinute) return;
    if (perMinute === null) {
      this.#burst = this.#level = Infinity;
    } else {
      const spent = this.#perMinute === null ? 0 : this.#burst - this.#level;
      this.#burst = Math.min(this.#burst, perMinute);
      this.#level = Math.min(this.#burst - spent, this.#burst);
    }
    this.#perMinute = perMinute;
  }

  /** Everything ever spent, to be given to `onHint` later. */
  get spentInAll(): number {
    return this.#spentInAll;
  }

  /** When `amount` may go: now, or later. More than the burst goes when the bucket is full, and leaves a debt. */
  readyAt(amount: number, now: number): number {
    if (this.#perMinute === null) return now;
    this.#advance(now);
    const missing = Math.min(amount, this.#burst) - this.#level;
    return missing <= 1e-9 ? now : now + missing / this.#rate(this.#perMinute);
  }

  spend(amount: number, now: number): void {
    this.#advance(now);
    this.#level -= amount;
    this.#recent += amount;
    this.#spentInAll += amount;
    this.#sends++;
    this.#sentInAll++;
  }

  /** Real use differed from what was spent. */
  correct(by: number): void {
    this.#level = Math.min(this.#burst, this.#level - by);
  }

  /**
   * The provider says what is left, of a request sent at `sentAt` when `spentInAll` was `spentThen`. Never raises, and is
   * heard once in a while only: it tells of what others spend, and what was spent here is known better here.
   */
  onHint(remaining: number, spentThen: number, sentAt: number, now: number): void {
    if (this.#perMinute === null || now < this.#hintedAt + HINT_EVERY_MS) return;
    this.#advance(now);
    this.#hintedAt = now;
    const left = remaining - (this.#spentInAll - spentThen) + this.#rate(this.#perMinute) * (now - sentAt);
    this.#level = Math.min(this.#level, Math.max(0, left));
  }

  /** The provider refused: its bucket is empty, whatever this one held. False: this limit hardly explains it. */
  onRefused(now: number): boolean {
    if (this.#perMinute === null) return false;
    this.#advance(now);
    const went = this.#sends;
    this.#sends = 0;
    const rate = this.#rate(this.#perMinute);
    if (went < Math.min(TELLING, Math.max(TELLING_LEAST, this.#calls(rate * TELLING_MS)))) return true;
    const smallest = (this.#perMinute / MINUTE_MS) * SMALLEST_BURST_MS;
    const isNear = this.#recent > NEAR_THE_PACE * rate * RECENT_MS;
    const isBurst = this.#level > smallest && this.#burst > smallest;
    if (isBurst) this.#burst = Math.max(smallest, this.#burst - this.#level);
    else if (isNear) this.#slowDown(now);
    this.#level = Math.min(this.#level, 0);
    return isBurst || isNear;
  }

  #slowDown(now: number): void {
    this.#fall = now < this.#slowedAt + AGAIN_MS ? Math.max(SLOWER_AT_MOST, 1 - 2 * (1 - this.#fall)) : SLOWER;
    this.#slowedAt = now;
    this.#share = Math.max(SLOWEST, this.#share * this.#fall);
    if (this.#perMinute !== null && this.#calls((this.#perMinute / MINUTE_MS) * FAR_APART_MS) < 1) this.#most = FAR_APART;
  }

  /** Share of the burst that is there; 1 where there is no limit. The smaller one of two limits is the one that refused. */
  fullness(now: number): number {
    if (this.#perMinute === null) return 1;
    this.#advance(now);
    return this.#level / this.#burst;
  }

  /** How many calls so much is, of the usual size. */
  #calls(amount: number): number {
    return (amount * this.#sentInAll) / Math.max(1, this.#spentInAll);
  }

  #rate(perMinute: number): number {
    return (Math.min(this.#share, this.#most) * perMinute) / MINUTE_MS;
  }

  #advance(now: number): void {
    const passed = now - this.#at;
    if (passed <= 0) return;
    this.#at = now;
    this.#recent *= Math.exp(-passed / RECENT_MS);
    if (this.#perMinute !== null) this.#level = Math.min(this.#burst, this.#level + this.#rate(this.#perMinute) * passed);
    this.#share = Math.min(1, this.#share + (FASTER_PER_SECOND * passed) / 1_000);
  }
}
