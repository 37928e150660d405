import type { CallFailure, CallResult } from '../models/modelPort.ts';
import type { Binding, LimiterTotals } from './limiterTypes.ts';

/** The sums of a limiter. */
export class LimiterBook {
  #attempts = 0;
  #succeeded = 0;
  #failed = 0;
  #spent = 0;
  #retries = 0;
  #rateLimited = 0;
  #timeouts = 0;
  #serverErrors = 0;
  #busyMs = 0;

  attempted(isRetry: boolean): void {
    this.#attempts++;
    if (isRetry) this.#retries++;
  }

  answered(failure: CallFailure | null, latencyMs: number): void {
    this.#busyMs += latencyMs;
    if (failure?.code === 'rateLimited') this.#rateLimited++;
    if (failure?.code === 'timeout') this.#timeouts++;
    if (failure?.code === 'unreachable') this.#serverErrors++;
  }

  settled(result: CallResult<unknown>): void {
    if (result.ok) this.#succeeded++;
    else {
      this.#failed++;
      if (result.failure.code === 'quota') this.#spent++;
    }
  }

  totals(heldMs: Readonly<Record<Binding, number>>): LimiterTotals {
    return {
      attempts: this.#attempts, succeeded: this.#succeeded, failed: this.#failed, spent: this.#spent, retries: this.#retries,
      rateLimited: this.#rateLimited, timeouts: this.#timeouts, serverErrors: this.#serverErrors, busyMs: this.#busyMs, heldMs,
    };
  }
}
