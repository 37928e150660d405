/** How a model has answered so far, or, before anybody asked it, how models answer: what a forecast rests on. */
import type { Latency, Metric, SpeedSample } from '../../../../shared/model.ts';

/** Spreads are standard deviations of the natural logarithm. */
export interface CallHabits {
  /** Tokens of the answer to an item, on the mean, and how far a run's mean may lie from it. */
  readonly tokensOutPerItem: number;
  readonly tokensOutSpread: number;
  /** Tokens a run really used in, for each that was estimated. */
  readonly tokensInRatio: number;
  readonly tokensInSpread: number;
  /** Milliseconds of a call: a fixed part, and so much a token. */
  readonly baseMs: number;
  readonly msPerTokenIn: number;
  readonly msPerTokenOut: number;
  /** How far the mean of a run's latencies may lie from it, and one call's from the mean. */
  readonly latencySpread: number;
  readonly callSpread: number;
  /** Share of attempts whose answer could not be used, for another reason than a limit. */
  readonly failedShare: number;
  /** Runs it was learned from. */
  readonly runs: number;
  /** Limits the provider has named, and how many calls at once it was found to bear; null: not known. */
  readonly requestsPerMinute: number | null;
  readonly tokensPerMinute: number | null;
  readonly atOnce: number | null;
}

/** Share of an answer's most tokens that is used, where nothing is known. */
const USED_SHARE = 0.4;
/**
 * Priors: public measurements of hosted models lie around half a second to the first token, 2,000 tokens a second in and 60
 * out, within a factor of two.
 */
const PRIOR = { baseMs: 500, msPerTokenIn: 0.5, msPerTokenOut: 1000 / 60, latencySpread: 0.5, callSpread: 0.35, tokensOutSpread: 0.35, tokensInSpread: 0.03 } as const;
/** Of calls that write nothing, as those for vectors: public measurements lie around 20,000 tokens a second, within a factor of four. */
const PRIOR_READING = { ...PRIOR, baseMs: 300, msPerTokenIn: 0.05, latencySpread: 0.7 } as const;
/** Runs of the same kind lie closer together. */
const LEARNED = { latencySpread: 0.12, tokensOutSpread: 0.06 } as const;
/** Of tokens in: where all that is asked is known, and where some of it is assumed; each before and after a run of the same kind. */
const TOKENS_IN_SPREAD = { known: { prior: PRIOR.tokensInSpread, learned: 0.01 }, assumed: { prior: 0.25, learned: 0.1 } } as const;
/** A newer run counts this much more than the one before it. */
const NEWER = 2;
/** Points of a curve at which every place was taken, fewer than which say nothing of how many there are. */
const LEAST_FULL = 4;
/** The ninth decile of a normal variate, in standard deviations. */
const NORMAL_NINTH = 1.2816;
const MOST_SPREAD = 1;
/** Fewer calls say little about the next run. */
const LEAST_CALLS = 3;

/** What is known of one earlier run: the metric of its operation, and what had been estimated for its tokens in. */
export interface EarlierRun {
  readonly metric: Metric;
  /** Null where no forecast was made. */
  readonly forecastTokensIn: number | null;
  /** True where that forecast had to assume what would be asked. */
  readonly assumed: boolean;
  /** Items that were answered by calls, as often as they were asked by plan. */
  readonly askedItems: number;
  /** The run's curve, oldest first. */
  readonly samples: readonly SpeedSample[];
  readonly latency: Latency | null;
}

/**
 * `mostTokensOut` is the most an answer to an item may take; `earlier` stands newest first. `assumed`: what is planned is a guess,
 * and how wrong guesses were is learned from guesses.
 */
export function callHabits(mostTokensOut: number, earlier: readonly EarlierRun[], assumed = false): CallHabits {
  const usual = mostTokensOut === 0 ? PRIOR_READING : PRIOR;
  const spread = TOKENS_IN_SPREAD[assumed ? 'assumed' : 'known'];
  const prior: CallHabits = { ...usual, tokensInSpread: spread.prior, tokensOutPerItem: mostTokensOut * USED_SHARE, tokensInRatio: 1, failedShare: 0, runs: 0, requestsPerMinute: null, tokensPerMinute: null, atOnce: null };
  const usable = earlier.filter(({ metric, askedItems }) => metric.calls >= LEAST_CALLS && askedItems > 0 && metric.endedAt > metric.startedAt);
  if (usable.length === 0) return prior;
  const mean = (of: (run: EarlierRun) => number, runs = usable): number => {
    const weights = runs.map((_, at) => NEWER ** -at);
    return runs.reduce((sum, run, at) => sum + (weights[at] ?? 0) * of(run), 0) / weights.reduce((sum, weight) => sum + weight, 0);
  };
  const alike = usable.filter((run) => run.assumed === assumed);
  const slower = mean(({ metric }) => latencyOf(metric) / latency(metric.tokensIn / metric.calls, metric.tokensOut / metric.calls, prior));
  return {
    ...usual,
    ...LEARNED,
    tokensOutPerItem: mean(({ metric, askedItems }) => metric.tokensOut / askedItems),
    tokensInRatio: alike.length === 0 ? 1 : mean(({ metric, forecastTokensIn }) => (forecastTokensIn === null || forecastTokensIn === 0 ? 1 : metric.tokensIn / forecastTokensIn), alike),
    tokensInSpread: alike.length === 0 ? spread.prior : spread.learned,
    baseMs: usual.baseMs * slower,
    msPerTokenIn: usual.msPerTokenIn * slower,
    msPerTokenOut: usual.msPerTokenOut * slower,
    runs: usable.length,
    callSpread: mean(({ latency: took }) => (took === null ? PRIOR.callSpread : spreadOf(took))),
    failedShare: mean(({ metric: { errors, rateLimited, calls } }) => Math.max(0, errors - rateLimited) / calls),
    requestsPerMinute: usable[0]?.samples.at(-1)?.requestsPerMinute ?? null,
    tokensPerMinute: usable[0]?.samples.at(-1)?.tokensPerMinute ?? null,
    atOnce: atOnce(usable[0]?.samples ?? []),
  };
}

/** Milliseconds a call of so many tokens takes on the mean. */
export function latency(tokensIn: number, tokensOut: number, { baseMs, msPerTokenIn, msPerTokenOut }: Pick<CallHabits, 'baseMs' | 'msPerTokenIn' | 'msPerTokenOut'>): number {
  return baseMs + tokensIn * msPerTokenIn + tokensOut * msPerTokenOut;
}

/**
 * How many calls at once a run came to: the most in its second half, where others waited for their turn. Null where it never
 * had to step back: then it might have come further.
 */
function atOnce(samples: readonly SpeedSample[]): number | null {
  const half = samples.slice(Math.floor(samples.length / 2));
  const full = half.filter(({ inFlight, concurrency, waiting }) => waiting > 0 && inFlight >= concurrency - 1);
  if (full.length < LEAST_FULL) return null;
  const steppedBack = samples.some(({ concurrency }, at) => concurrency < (samples[at - 1]?.concurrency ?? 0));
  return steppedBack ? Math.max(...full.map(({ concurrency }) => concurrency)) : null;
}

/** Standard deviation of the logarithm; what comes of calls of different sizes is a part of it. Earlier versions kept two quantiles, which tell half as surely. */
function spreadOf({ p50, p90, spread }: Latency): number {
  if (spread === undefined && p50 <= 0) return PRIOR.callSpread;
  return Math.min(MOST_SPREAD, spread ?? Math.log(p90 / p50) / NORMAL_NINTH);
}

/** Mean time in flight of a call: calls at once, times the time, is the sum of all (Little's law). */
function latencyOf({ meanConcurrency, startedAt, endedAt, calls }: Metric): number {
  return (meanConcurrency * (endedAt - startedAt)) / calls;
}
