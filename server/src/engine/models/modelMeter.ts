/** Counts what a run asks of a model: one metric an operation, and how fast it went over time. */
import type { Latency, Metric, SpeedSample } from '../../../../shared/model.ts';
import type { LimiterSnapshot } from '../scheduling/limiterTypes.ts';
import { logarithmicSpread, quantile } from '../scheduling/quantiles.ts';
import type { CallResult } from './modelPort.ts';
import { NO_USAGE } from './usage.ts';

/** Points of the curve that is kept; when it is full, every second one goes and the rest are taken half as often. */
const MAX_SAMPLES = 120;
const FIRST_INTERVAL_MS = 250;
/** Times of calls that are kept; then every second one goes. */
const MAX_LATENCIES = 1_000;

interface Counted {
  startedAt: number;
  endedAt: number;
  items: number;
  calls: number;
  tokensIn: number;
  tokensOut: number;
  tokensCached: number;
  costUsd: number;
  estimated: boolean;
  busyMs: number;
  errors: number;
  retries: number;
  rateLimited: number;
  unanswered: number;
  unansweredUsd: number;
}

/** An attempt that went out and whose answer is not known. `mostUsd`: what it costs at most. */
export function unansweredMetric(operation: string, startedAt: number, endedAt: number, isRetry: boolean, mostUsd: number): Metric {
  return {
    operation, startedAt, endedAt, items: 0, calls: 1, tokensIn: 0, tokensOut: 0, tokensCached: 0, costUsd: 0, estimated: false, meanConcurrency: 1,
    errors: 0, retries: isRetry ? 1 : 0, rateLimited: 0, unanswered: 1, unansweredUsd: mostUsd,
  };
}

/** One attempt as a metric of its own. */
function metricOf(operation: string, startedAt: number, endedAt: number, isRetry: boolean, result: CallResult<unknown>, costUsd: number): Metric {
  const { tokensIn, tokensOut, tokensCached, estimated } = (result.ok ? result.usage : result.failure.usage) ?? NO_USAGE;
  // A form that a provider does not take is found out, not failed.
  const problem = result.ok || result.failure.otherForm === true ? null : result.failure.code;
  return {
    operation, startedAt, endedAt, items: 0, calls: 1, tokensIn, tokensOut, tokensCached, costUsd, estimated, meanConcurrency: 1,
    errors: problem === null ? 0 : 1, retries: isRetry ? 1 : 0, rateLimited: problem === 'rateLimited' ? 1 : 0,
  };
}

export class ModelMeter {
  readonly #attempted: (attempt: Metric, begun: number) => void;
  readonly #operations = new Map<string, Counted>();
  #samples: SpeedSample[] = [];
  #interval = FIRST_INTERVAL_MS;
  #latencies: number[] = [];
  #answered = 0;
  /** Of the answered calls every so manieth is kept. */
  #every = 1;

  /** `attempted` is told of each attempt as it is counted, with its number among those that went out. */
  constructor(attempted: (attempt: Metric, begun: number) => void = () => undefined) {
    this.#attempted = attempted;
  }

  #of(operation: string, now: number): Counted {
    const known = this.#operations.get(operation);
    if (known !== undefined) return known;
    const counted: Counted = {
      startedAt: now, endedAt: now, items: 0, calls: 0, tokensIn: 0, tokensOut: 0, tokensCached: 0, costUsd: 0,
      estimated: false, busyMs: 0, errors: 0, retries: 0, rateLimited: 0, unanswered: 0, unansweredUsd: 0,
    };
    this.#operations.set(operation, counted);
    return counted;
  }

  /** One attempt of a call has ended. `costUsd` is what it cost, also where it failed. */
  attempt(operation: string, startedAt: number, endedAt: number, isRetry: boolean, result: CallResult<unknown>, costUsd: number, begun = 0): void {
    this.#count(metricOf(operation, startedAt, endedAt, isRetry, result, costUsd), begun);
    if (result.ok) this.#took(endedAt - startedAt);
  }

  /** One attempt has ended, and nobody knows whether it was answered and paid. `failed`: it was given up because it took too long. */
  unanswered(operation: string, startedAt: number, endedAt: number, isRetry: boolean, mostUsd: number, failed: boolean, begun: number): void {
    this.#count({ ...unansweredMetric(operation, startedAt, endedAt, isRetry, mostUsd), errors: failed ? 1 : 0 }, begun);
  }

  #count(attempt: Metric, begun: number): void {
    const { operation, startedAt, endedAt } = attempt;
    const counted = this.#of(operation, startedAt);
    counted.startedAt = Math.min(counted.startedAt, startedAt);
    counted.endedAt = Math.max(counted.endedAt, endedAt);
    counted.busyMs += endedAt - startedAt;
    counted.estimated ||= attempt.estimated;
    for (const sum of ['calls', 'tokensIn', 'tokensOut', 'tokensCached', 'costUsd', 'errors', 'retries', 'rateLimited', 'unanswered', 'unansweredUsd'] as const) counted[sum] += attempt[sum] ?? 0;
    this.#attempted(attempt, begun);
  }

  /** Items that have their answer, whoever gave it. */
  items(operation: string, now: number, count: number): void {
    this.#of(operation, now).items += count;
  }

  /** Takes a point of the curve, where the last is old enough. */
  sample({ at, inFlight, concurrency, waiting, requestsPerMinute, tokensPerMinute }: LimiterSnapshot): void {
    const last = this.#samples.at(-1);
    if (last !== undefined && at - last.at < this.#interval) return;
    this.#samples.push({ at, inFlight, concurrency, waiting, requestsPerMinute, tokensPerMinute });
    if (this.#samples.length <= MAX_SAMPLES) return;
    this.#interval *= 2;
    this.#samples = this.#samples.filter((_, index) => index % 2 === 0);
  }

  #took(ms: number): void {
    if (this.#answered++ % this.#every !== 0) return;
    this.#latencies.push(ms);
    if (this.#latencies.length <= MAX_LATENCIES) return;
    this.#every *= 2;
    this.#latencies = this.#latencies.filter((_, index) => index % 2 === 0);
  }

  /** Null before the first answer. */
  get latency(): Latency | null {
    if (this.#latencies.length === 0) return null;
    return { p50: Math.round(quantile(this.#latencies, 0.5)), p90: Math.round(quantile(this.#latencies, 0.9)), spread: Number(logarithmicSpread(this.#latencies).toFixed(3)) };
  }

  get samples(): readonly SpeedSample[] {
    return this.#samples;
  }

  /** What was counted since the last time it was taken. */
  take(): readonly Metric[] {
    const metrics = [...this.#operations].map(([operation, { busyMs, unanswered, unansweredUsd, ...counted }]): Metric => {
      const lasted = counted.endedAt - counted.startedAt;
      return { operation, ...counted, ...(unanswered > 0 ? { unanswered, unansweredUsd } : {}), meanConcurrency: lasted > 0 ? busyMs / lasted : Math.min(1, counted.calls) };
    });
    this.#operations.clear();
    return metrics;
  }
}
