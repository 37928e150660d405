/** The limit after "too many requests", as a share of it. */
const AFTER_REFUSAL = 0.8;
/** Latency counts as risen when the median of a round is this many times the lowest of late. */
const LATENCY_RISEN = 1.6;
const AFTER_RISE = 0.8;
/** A shrink that brought the latency to no less than this share of what it was has shown that the rise was not ours. */
const NOT_OURS = 0.9;
/** Fewest calls of a round, so that its median means something. */
const SMALLEST_ROUND = 10;
/** How fast the lowest latency is forgotten, per round. */
const FORGET_LOWEST = 1.005;
/** Milliseconds without growth after an error of the server. */
const NO_GROWTH_MS = 5_000;
/** Above the last known ceiling the limit is tried after this many successes; each failed trial doubles them. */
const PROBE_AFTER = 32;
const PROBE_AFTER_MOST = 1_024;
const SHARE_OF_TRIAL = 0.05;

export interface FinishedCall {
  readonly startedAt: number;
  readonly latencyMs: number;
  readonly tokens: number;
  /** The limit was used up when this call went out, so that its success says something of the limit. */
  readonly atLimit: boolean;
}

/**
 * How many calls may be in flight. Doubles per round of calls until something gives, then stays below the ceiling it
 * has met and tries, ever more rarely, whether there is room above it. "Too many" and risen latency shrink it; errors of
 * the server only stop its growth.
 */
export class AdaptiveConcurrency {
  readonly #most: number;
  #limit: number;
  #ceiling = Infinity;
  #trialAfter = PROBE_AFTER;
  #successes = 0;
  #grownAt = -Infinity;
  #shrunkAt = -Infinity;
  #noGrowthUntil = -Infinity;
  #round: number[] = [];
  #roundStart = -Infinity;
  #meanTokens = 0;
  #lowest = Infinity;
  #median = 0;
  /** Latency and limit before a shrink that is being judged. */
  #judged: { readonly median: number; readonly limit: number } | null = null;

  constructor(start: number, most: number) {
    this.#most = Math.max(1, Math.floor(most));
    this.#limit = Math.min(this.#most, Math.max(1, Math.floor(start)));
  }

  get limit(): number {
    return Math.floor(this.#limit);
  }

  /** True where the limit could not grow because it is as large as it may be. */
  get isAtMost(): boolean {
    return this.limit >= this.#most;
  }

  onSuccess(call: FinishedCall, now: number): void {
    this.#listen(call, now);
    if (!call.atLimit || now < this.#noGrowthUntil || call.startedAt < this.#shrunkAt) return;
    if (this.#limit < this.#ceiling) {
      this.#limit = Math.min(this.#most, this.#ceiling, this.#limit + 1);
      return;
    }
    this.#successes++;
    if (this.#successes < this.#trialAfter) return;
    this.#successes = 0;
    this.#ceiling = this.#limit + Math.max(1, this.#limit * SHARE_OF_TRIAL);
    this.#grownAt = now;
    this.#limit = Math.min(this.#most, this.#ceiling);
  }

  /** Calls that went out before the last shrink say nothing new. */
  onRefused(startedAt: number, now: number): void {
    if (startedAt < this.#shrunkAt) return;
    // A trial that failed is undone; anything else is a surprise.
    const isTrial = this.#ceiling < Infinity && this.#limit >= this.#ceiling && this.#grownAt > this.#shrunkAt;
    const below = isTrial ? this.#limit / (1 + 2 * SHARE_OF_TRIAL) - 1 : this.#limit * AFTER_REFUSAL;
    if (isTrial) this.#trialAfter = Math.min(PROBE_AFTER_MOST, this.#trialAfter * 2);
    this.#shrink(Math.max(1, below), now);
    this.#judged = null;
  }

  onServerError(now: number): void {
    this.#noGrowthUntil = now + NO_GROWTH_MS;
  }

  #shrink(to: number, now: number): void {
    this.#ceiling = Math.max(to, this.#limit - Math.max(1, this.#limit * SHARE_OF_TRIAL));
    this.#limit = to;
    this.#shrunkAt = now;
    this.#successes = 0;
  }

  /** Half of a call's time is taken to grow with its tokens, half not: enough to compare rounds of mixed sizes. */
  #listen(call: FinishedCall, now: number): void {
    this.#meanTokens = this.#meanTokens === 0 ? call.tokens : this.#meanTokens + (call.tokens - this.#meanTokens) * 0.02;
    if (call.startedAt < this.#roundStart) return;
    this.#round.push(call.latencyMs / (0.5 + (0.5 * call.tokens) / Math.max(1, this.#meanTokens)));
    if (this.#round.length < Math.max(SMALLEST_ROUND, this.#limit / 2)) return;
    const sorted = this.#round.sort((a, b) => a - b);
    this.#median = sorted[sorted.length >> 1] as number;
    this.#round = [];
    this.#judge(now);
  }

  #judge(now: number): void {
    if (this.#judged !== null && this.#median >= this.#judged.median * NOT_OURS) {
      this.#limit = Math.max(this.#limit, this.#judged.limit);
      this.#ceiling = Math.max(this.#ceiling, this.#limit);
      this.#lowest = this.#median;
    }
    this.#judged = null;
    this.#lowest = Math.min(this.#lowest * FORGET_LOWEST, this.#median);
    if (this.#median <= this.#lowest * LATENCY_RISEN) return;
    this.#judged = { median: this.#median, limit: this.#limit };
    this.#shrink(Math.max(1, this.#limit * AFTER_RISE), now);
    this.#roundStart = now;
  }
}
