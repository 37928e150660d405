/** What the limiter of one resource (a provider and a model) takes and tells. */
import type { FailureCode } from '../../../../shared/failure.ts';
import type { CallResult } from '../models/modelPort.ts';

/** Resolves after `ms` milliseconds; rejects with the signal's reason as soon as it is aborted. */
export type Sleep = (ms: number, signal: AbortSignal) => Promise<void>;
/** A number in [0, 1). */
export type Random = () => number;

/** Limits of a resource. `null`: none known; one may still be learned from the headers of an answer. */
export interface ResourceLimits {
  readonly startConcurrency: number;
  readonly maxConcurrency: number;
  readonly requestsPerMinute: number | null;
  readonly tokensPerMinute: number | null;
  readonly requestsPerDay: number | null;
  /** Milliseconds a call may take before it counts as `timeout`. */
  readonly callTimeoutMs: number;
  /** Attempts of one call in all, the first included. */
  readonly maxAttempts: number;
}

export interface LimitedCall<T> {
  /** `interactive` overtakes `batch`. Inside one priority, runs take turns. */
  readonly priority: 'interactive' | 'batch';
  readonly runId: string;
  /** Tokens in and out this call is expected to use; real use corrects it. */
  readonly expectedTokens: number;
  attempt(signal: AbortSignal): Promise<CallResult<T>>;
  /** Milliseconds on the clock's `monotonic` after which nothing more is tried: `timeout`. */
  readonly deadline?: number;
  /**
   * Nothing needs its answer: it is given up as soon as the server is held to be down, or after one attempt without an answer, and
   * then its failure is that of every other one like it.
   */
  readonly optional?: true;
}

/** What limited the speed. `demand`: there was no more work; `concurrency`: calls were waiting for a slot. */
export type Binding = 'latency' | 'concurrency' | 'requestsPerMinute' | 'tokensPerMinute' | 'requestsPerDay' | 'serverErrors' | 'demand';

export interface LimiterSnapshot {
  readonly at: number;
  readonly concurrency: number;
  readonly inFlight: number;
  readonly waiting: number;
  readonly requestsPerMinute: number | null;
  readonly tokensPerMinute: number | null;
  readonly breaker: 'closed' | 'open' | 'halfOpen';
}

/** What a limiter tells while it works; `at` is the clock's `monotonic`. */
export type LimiterEvent =
  | { readonly kind: 'rateLimited'; readonly at: number; readonly retryAfterMs: number | null }
  | { readonly kind: 'retry'; readonly at: number; readonly runId: string; readonly attempt: number; readonly code: FailureCode; readonly pauseMs: number }
  | { readonly kind: 'concurrency'; readonly at: number; readonly limit: number }
  | { readonly kind: 'limits'; readonly at: number; readonly requestsPerMinute: number | null; readonly tokensPerMinute: number | null }
  | { readonly kind: 'breaker'; readonly at: number; readonly state: LimiterSnapshot['breaker'] }
  | { readonly kind: 'allowanceUnavailable'; readonly at: number };

/** Sums since the limiter was made. Times are milliseconds. */
export interface LimiterTotals {
  readonly attempts: number;
  readonly succeeded: number;
  readonly failed: number;
  /** Of the failed: for an allowance that is used up, the day's or the account's. */
  readonly spent: number;
  readonly retries: number;
  readonly rateLimited: number;
  readonly timeouts: number;
  readonly serverErrors: number;
  /** Sum over calls of the time in flight; over the time at work it is the mean concurrency. */
  readonly busyMs: number;
  /** Time in which calls were waiting, by what held the next of them back. */
  readonly heldMs: Readonly<Record<Binding, number>>;
}

/**
 * The allowance of resources, shared by every process of a user. A lease is counted at once for all of them, for any 60
 * seconds that it lies in and for its day (utcDay); what of it is not used within them is gone. Never more is granted than a
 * limit leaves. In memory where there is no file for it. A rejection is not fatal: the limiter goes on with an allowance of its own. Times are milliseconds since the epoch.
 */
export interface SharedAllowance {
  /**
   * How much of what is wanted may be used now, and when to ask again if that is less than wanted. Both parts are 0
   * where one of them that is wanted would be: requests without tokens, or tokens without requests, are of no use.
   */
  lease(resource: string, wanted: Spend, limits: WindowLimits, now: number): Promise<{ readonly granted: Spend; readonly retryAt: number | null }>;
  /**
   * Corrects what was counted: positive adds to now, negative gives back of what was leased at `leasedAt` (the `now` of
   * the lease). What has left its window by then is not given back, because others may have been given it since.
   */
  correct(resource: string, by: Spend, now: number, leasedAt: number): Promise<void>;
}
export interface Spend {
  readonly requests: number;
  readonly tokens: number;
}
export type WindowLimits = Pick<ResourceLimits, 'requestsPerMinute' | 'tokensPerMinute' | 'requestsPerDay'>;

export interface Limiter {
  /**
   * Tries a call until it succeeds or can no longer heal. At most one promise a call, always settled: aborting settles it
   * with `cancelled` at once, also while it waits or is in flight. An attempt must not ask the same limiter for another.
   */
  run<T>(call: LimitedCall<T>, signal: AbortSignal): Promise<CallResult<T> & { readonly attempts: number }>;
  /**
   * Tells what is waited for while nothing is answered, in words without a full stop, every few seconds; null as soon as there is an
   * answer. Returns how to end it.
   */
  onWaiting(listener: (words: string | null) => void): () => void;
  snapshot(): LimiterSnapshot;
  totals(): LimiterTotals;
}
