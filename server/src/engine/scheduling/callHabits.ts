/** How a model has answered so far, or, before anybody asked it, how models answer: what a forecast rests on. */
import type { Metric } from '../../../../shared/model.ts';

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
  /** Runs it was learned from. */
  readonly runs: number;
}

/** Share of an answer's most tokens that is used, where nothing is known. */
const USED_SHARE = 0.4;
/**
 * Priors: public measurements of hosted models lie around half a second to the first token, 2,000 tokens a second in and 60
 * out, within a factor of two.
 */
const PRIOR = { baseMs: 500, msPerTokenIn: 0.5, msPerTokenOut: 1000 / 60, latencySpread: 0.5, callSpread: 0.35, tokensOutSpread: 0.35, tokensInSpread: 0.03 } as const;
/** Runs of the same kind lie closer together. */
const LEARNED = { latencySpread: 0.12, tokensOutSpread: 0.06, tokensInSpread: 0.01 } as const;
/** A newer run counts this much more than the one before it. */
const NEWER = 2;
/** Fewer calls say little about the next run. */
const LEAST_CALLS = 3;

/** What is known of one earlier run: the metric of its operation, and what had been estimated for its tokens in. */
export interface EarlierRun {
  readonly metric: Metric;
  /** Null where no forecast was made. */
  readonly forecastTokensIn: number | null;
  /** Items that were answered by calls, as often as they were asked by plan. */
  readonly askedItems: number;
}

/** `mostTokensOut` is the most an answer to an item may take; `earlier` stands newest first. */
export function callHabits(mostTokensOut: number, earlier: readonly EarlierRun[]): CallHabits {
  const prior: CallHabits = { ...PRIOR, tokensOutPerItem: mostTokensOut * USED_SHARE, tokensInRatio: 1, runs: 0 };
  const usable = earlier.filter(({ metric, askedItems }) => metric.calls >= LEAST_CALLS && askedItems > 0 && metric.endedAt > metric.startedAt);
  if (usable.length === 0) return prior;
  const mean = (of: (run: EarlierRun) => number): number => {
    const weights = usable.map((_, at) => NEWER ** -at);
    return usable.reduce((sum, run, at) => sum + (weights[at] ?? 0) * of(run), 0) / weights.reduce((sum, weight) => sum + weight, 0);
  };
  const slower = mean(({ metric }) => latencyOf(metric) / latency(metric.tokensIn / metric.calls, metric.tokensOut / metric.calls, prior));
  return {
    ...PRIOR,
    ...LEARNED,
    tokensOutPerItem: mean(({ metric, askedItems }) => metric.tokensOut / askedItems),
    tokensInRatio: mean(({ metric, forecastTokensIn }) => (forecastTokensIn === null || forecastTokensIn === 0 ? 1 : metric.tokensIn / forecastTokensIn)),
    baseMs: PRIOR.baseMs * slower,
    msPerTokenIn: PRIOR.msPerTokenIn * slower,
    msPerTokenOut: PRIOR.msPerTokenOut * slower,
    runs: usable.length,
  };
}

/** Milliseconds a call of so many tokens takes on the mean. */
export function latency(tokensIn: number, tokensOut: number, { baseMs, msPerTokenIn, msPerTokenOut }: Pick<CallHabits, 'baseMs' | 'msPerTokenIn' | 'msPerTokenOut'>): number {
  return baseMs + tokensIn * msPerTokenIn + tokensOut * msPerTokenOut;
}

/** Mean time in flight of a call: calls at once, times the time, is the sum of all (Little's law). */
function latencyOf({ meanConcurrency, startedAt, endedAt, calls }: Metric): number {
  return (meanConcurrency * (endedAt - startedAt)) / calls;
}
