import type { CallFailure } from '../models/modelPort.ts';
import type { Random } from './limiterTypes.ts';

/** Ceiling of the first pause, in milliseconds; it doubles with every further attempt. */
export const BACKOFF_BASE_MS = 1_000;
/** No pause of our own is longer, in milliseconds: a provider that is back should not be left waiting. */
export const BACKOFF_CAP_MS = 30_000;
/** Nor one after "too many requests": one call is all it takes to see whether the provider is open again. */
export const REFUSED_CAP_MS = 10_000;
/** What is added to a pause the provider asked for, in milliseconds at most: many that were told the same do not come back as one. */
export const RETRY_AFTER_SPREAD_MS = 250;

/**
 * After the day's allowance was refused, in milliseconds: the least pause, and what is added to the provider's own. It may
 * come back call by call, as it was spent a day ago; who comes a minute later is not refused at every second one.
 */
export const QUOTA_PAUSE_MS = 5 * 60_000;
export const QUOTA_EXTRA_MS = 60_000;

/** Whether another attempt may succeed where this one failed. `quota` heals only when the provider says when. */
export function canHeal(failure: CallFailure): boolean {
  if (failure.otherForm === true) return true;
  if (failure.retry === 'never') return false;
  switch (failure.code) {
    case 'rateLimited':
    case 'unreachable':
    case 'timeout':
    case 'badAnswer':
      return true;
    case 'quota':
      return failure.retryAfterMs !== undefined;
    case 'cancelled':
    case 'unauthorized':
    case 'tooLarge':
    case 'refused':
    case 'storeUnavailable':
    case 'unreadable':
    case 'internal':
      return false;
  }
}

/**
 * Milliseconds before the next attempt. What the provider asked for is never shortened; otherwise exponential with full
 * jitter: anything between nothing and the ceiling, so that calls that failed together do not return together.
 */
export function pauseBefore(failure: CallFailure, attempts: number, random: Random): number {
  if (failure.otherForm === true) return 0;
  if (failure.retryAfterMs !== undefined) {
    const asked = failure.code === 'quota' ? Math.max(QUOTA_PAUSE_MS, failure.retryAfterMs + QUOTA_EXTRA_MS) : failure.retryAfterMs;
    return Math.max(0, asked) + random() * RETRY_AFTER_SPREAD_MS;
  }
  return random() * Math.min(failure.code === 'rateLimited' ? REFUSED_CAP_MS : BACKOFF_CAP_MS, BACKOFF_BASE_MS * 2 ** Math.max(0, attempts - 1));
}
