/** The limit after "too many at once" and after "too many a minute", as a share of the calls that were in flight. */
const AFTER_REFUSAL = 0.87;
const AFTER_RATE_REFUSAL = 0.9;
/** Growth per success until something has given: two more double the calls in flight in less than a round. */
const STEEP = 2;
/** Latency counts as risen when the median of a round is this many times the usual one. */
const LATENCY_RISEN = 1.6;
const AFTER_RISE = 0.8;
/** A shrink that left the latency at no less than this share of what it was has shown that the rise was not ours. */
const NOT_OURS = 0.9;
/** Calls of a round: its median is then within a fifth of the true one. */
const ROUND = 32;
/** The usual latency follows a lower median soon and a higher one slowly: a queue that we build must not become usual. */
const FOLLOW_DOWN = 0.3;
const FOLLOW_UP = 0.01;
/** Few calls in flight are so many, as a share of the limit at the start: a provider that works on fewer at once is rare. */
const FEW = 0.5;
const FEW_AT_LEAST = 4;
/** Weight of the newest call in the usual number of tokens. */
const NEWEST = 0.02;
/** Milliseconds without growth after an error of the server. */
const NO_GROWTH_MS = 5_000;
/** Successes at a known ceiling before a trial above it, fewer where few are in flight; twice as many after each trial that failed. */
const TRIAL_AFTER = 32;
const TRIAL_AFTER_EACH = 4;
const PATIENCE_MOST = 32;
/**
 * Latency this many times that of few calls tells that calls wait inside the provider: more of them gain nothing. The latter
 * is known to a seventh; what only names the cause may be wrong once in a hundred, what stops growth must not.
 */
const WAITS_INSIDE = 1.35;
const STOPS_GROWTH = 1.45;
/** How far a trial goes, as a share of the ceiling. */
const TRIAL = 0.06;

export interface FinishedCall {
  readonly startedAt: number;
  /** Calls in flight when it went out, itself among them. */
  readonly inFlight: number;
  readonly latencyMs: number;
  readonly tokens: number;
  /** The limit was used up while this call was out, so that its end says something of the limit. */
  readonly atLimit: boolean;
}

/**
 * How many calls may be in flight. Grows steeply until something gives, then stays below the ceiling it has met and tries,
 * ever more rarely while that fails, whether there is room above it. "Too many" and risen latency shrink it; errors of the
 * server only stop its growth.
 */
export class AdaptiveConcurrency {
  readonly #start: number;
  readonly #most: number;
  /** The first calls, when few were out. */
  readonly #first: FinishedCall[] = [];
  #finished = 0;
  #limit: number;
  #ceiling = Infinity;
  #isTrial = false;
  /** Times as many successes before the next trial. */
  #patience = 1;
  #successes = 0;
  #shrunkAt = -Infinity;
  /** Null: the last shrink was for another reason than too many at once. */
  #survivors: number | null = null;
  #noGrowthUntil = -Infinity;
  #round: number[] = [];
  /** Calls that end first after a change are the short ones: so many go by before a round begins. */
  #unheard: number;
  #meanTokens = 0;
  #usual: number | null = null;
  /** The usual latency when few calls were out; it moves only with what is shown to be not ours. */
  #alone: number | null = null;
  /** The medians of the last few rounds. */
  #lately: number | null = null;
  /** Latency and limit before a shrink that is being judged. */
  #judged: { readonly median: number; readonly limit: number; readonly ceiling: number } | null = null;

  constructor(start: number, most: number) {
    this.#start = Math.max(1, Math.floor(start));
    this.#most = Math.max(1, Math.floor(most));
    this.#limit = Math.min(this.#most, Math.max(1, Math.floor(start)));
    this.#unheard = 2 * this.#limit;
  }

  get limit(): number {
    return Math.max(1, Math.floor(this.#limit));
  }

  /** True where a larger limit would help, were it allowed: it is as large as it may be, and calls do not wait inside the provider. */
  get isTooSmall(): boolean {
    return this.limit >= this.#most && !(this.#lately !== null && this.#alone !== null && this.#lately >= WAITS_INSIDE * this.#alone);
  }

  #hasRisen(): boolean {
    return this.#lately !== null && this.#usual !== null && this.#lately >= STOPS_GROWTH * this.#usual;
  }

  onSuccess(call: FinishedCall, now: number): void {
    this.#learnTokens(call);
    if (call.inFlight <= Math.max(FEW_AT_LEAST, this.#start * FEW) && this.#first.length < ROUND) this.#first.push(call);
    if (call.startedAt < this.#shrunkAt) return this.#survived();
    if (!call.atLimit) return;
    this.#listen(call, now);
    if (now < this.#noGrowthUntil || this.#hasRisen()) return;
    if (this.#limit < this.#ceiling) {
      this.#limit = Math.min(this.#most, this.#ceiling, this.#limit + (this.#ceiling === Infinity ? STEEP : 1));
      return;
    }
    this.#successes++;
    if (this.#successes < this.#patience * Math.min(TRIAL_AFTER, TRIAL_AFTER_EACH * this.limit)) return;
    if (this.#isTrial) this.#patience = Math.max(1, this.#patience / 2);
    this.#successes = 0;
    this.#isTrial = true;
    this.#ceiling = Math.min(this.#most, this.#limit + Math.max(1, this.#limit * TRIAL));
  }

  /**
   * Too many calls at once, as far as can be told. `inFlight` is how many there were when it went out, itself among them.
   * Calls that went out before the last shrink say nothing new.
   */
  onRefused(startedAt: number, inFlight: number, now: number): void {
    if (startedAt < this.#shrunkAt) return;
    if (this.#isTrial && inFlight > this.#ceiling / (1 + 2 * TRIAL)) {
      this.#patience = Math.min(PATIENCE_MOST, this.#patience * 2);
      this.#shrink(inFlight - 1, inFlight - 1, now);
    } else {
      this.#shrink(Math.min(inFlight * AFTER_REFUSAL, inFlight - 1), inFlight - 1, now);
    }
    this.#survivors = 0;
    this.#judged = null;
  }

  /** A call that was in flight when another was refused, and was not: the provider bore as many at once as there are of these. */
  #survived(): void {
    if (this.#survivors === null) return;
    this.#survivors++;
    if (this.#survivors <= this.#limit) return;
    this.#limit = Math.min(this.#most, this.#survivors);
    this.#ceiling = Math.max(this.#ceiling, this.#limit);
  }

  /** Too many calls for a limit of the provider's that is not about concurrency: less at once, and back soon. */
  onRateRefused(startedAt: number, inFlight: number, now: number): void {
    if (startedAt >= this.#shrunkAt) this.#shrink(inFlight * AFTER_RATE_REFUSAL, this.#ceiling, now);
  }

  onServerError(now: number): void {
    this.#noGrowthUntil = now + NO_GROWTH_MS;
  }

  #shrink(to: number, ceiling: number, now: number): void {
    this.#limit = Math.max(1, Math.min(this.#limit, to));
    this.#ceiling = Math.max(1, this.#limit, ceiling);
    this.#shrunkAt = now;
    this.#survivors = null;
    this.#successes = 0;
    this.#isTrial = false;
    this.#round = [];
    this.#unheard = 2 * this.#limit;
  }

  #learnTokens({ tokens }: FinishedCall): void {
    this.#finished++;
    this.#meanTokens += (tokens - this.#meanTokens) * Math.max(NEWEST, 1 / this.#finished);
  }

  /** Half of a call's time is taken to grow with its tokens, half not: enough to compare rounds of mixed sizes. */
  #normal(call: FinishedCall): number {
    return call.latencyMs / (0.5 + (0.5 * call.tokens) / Math.max(1, this.#meanTokens));
  }

  #listen(call: FinishedCall, now: number): void {
    if (this.#unheard-- > 0) return;
    this.#round.push(this.#normal(call));
    if (this.#round.length < Math.max(ROUND, this.#limit / 2)) return;
    const median = medianOf(this.#round);
    this.#round = [];
    this.#judge(median, now);
  }

  #judge(median: number, now: number): void {
    this.#lately = this.#lately === null ? median : this.#lately + (median - this.#lately) * FOLLOW_DOWN;
    this.#alone ??= this.#first.length > 0 ? medianOf(this.#first.map((call) => this.#normal(call))) : median;
    this.#usual ??= this.#alone;
    if (this.#judged !== null && median >= this.#judged.median * NOT_OURS) {
      this.#limit = Math.min(this.#most, Math.max(this.#limit, this.#judged.limit));
      this.#ceiling = Math.max(this.#limit, this.#judged.ceiling);
      this.#alone = ((this.#alone ?? median) * median) / this.#usual;
      this.#usual = this.#lately = median;
    }
    this.#judged = null;
    if (median > this.#usual * LATENCY_RISEN) {
      const { limit } = this;
      this.#judged = { median, limit, ceiling: this.#ceiling };
      this.#shrink(limit * AFTER_RISE, limit * AFTER_RISE, now);
    } else {
      this.#usual += (median - this.#usual) * (median < this.#usual ? FOLLOW_DOWN : FOLLOW_UP);
    }
  }
}

function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[sorted.length >> 1] as number;
}
