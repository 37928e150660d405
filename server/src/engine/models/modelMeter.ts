/** Counts what a run asks of a model: one metric an operation, and how fast it went over time. */
import type { Metric, SpeedSample } from '../../../../shared/model.ts';
import type { LimiterSnapshot } from '../scheduling/limiterTypes.ts';
import { quantile } from '../scheduling/forecast.ts';
import type { CallResult } from './modelPort.ts';

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
}

export class ModelMeter {
  readonly #operations = new Map<string, Counted>();
  #samples: SpeedSample[] = [];
  #interval = FIRST_INTERVAL_MS;
  #latencies: number[] = [];
  #answered = 0;
  /** Of the answered calls every so manieth is kept. */
  #every = 1;

  #of(operation: string, now: number): Counted {
    const known = this.#operations.get(operation);
    if (known !== undefined) return known;
    const counted: Counted = {
      startedAt: now, endedAt: now, items: 0, calls: 0, tokensIn: 0, tokensOut: 0, tokensCached: 0, costUsd: 0,
      estimated: false, busyMs: 0, errors: 0, retries: 0, rateLimited: 0,
    };
    this.#operations.set(operation, counted);
    return counted;
  }

  /** One attempt of a call has ended. `costUsd` is what it cost, also where it failed. */
  attempt(operation: string, startedAt: number, endedAt: number, isRetry: boolean, result: CallResult<unknown>, costUsd: number): void {
    const counted = this.#of(operation, startedAt);
    counted.startedAt = Math.min(counted.startedAt, startedAt);
    counted.endedAt = Math.max(counted.endedAt, endedAt);
    counted.busyMs += endedAt - startedAt;
    counted.calls += 1;
    counted.retries += isRetry ? 1 : 0;
    counted.costUsd += costUsd;
    const usage = result.ok ? result.usage : result.failure.usage;
    if (usage !== undefined) {
      counted.tokensIn += usage.tokensIn;
      counted.tokensOut += usage.tokensOut;
      counted.tokensCached += usage.tokensCached;
      counted.estimated ||= usage.estimated;
    }
    if (result.ok) return this.#took(endedAt - startedAt);
    // A form that a provider does not take is found out, not failed.
    if (result.failure.otherForm === true) return;
    counted.errors += 1;
    counted.rateLimited += result.failure.code === 'rateLimited' ? 1 : 0;
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
  get latency(): { readonly p50: number; readonly p90: number } | null {
    return this.#latencies.length === 0 ? null : { p50: Math.round(quantile(this.#latencies, 0.5)), p90: Math.round(quantile(this.#latencies, 0.9)) };
  }

  get samples(): readonly SpeedSample[] {
    return this.#samples;
  }

  /** What was counted since the last time it was taken. */
  take(): readonly Metric[] {
    const metrics = [...this.#operations].map(([operation, { busyMs, ...counted }]): Metric => {
      const lasted = counted.endedAt - counted.startedAt;
      return { operation, ...counted, meanConcurrency: lasted > 0 ? busyMs / lasted : Math.min(1, counted.calls) };
    });
    this.#operations.clear();
    return metrics;
  }
}
