import type { SharedAllowance, Spend, WindowLimits } from './limiterTypes.ts';
import { RateWindow } from './rateWindow.ts';
import { utcDay } from './utcDay.ts';

/** Milliseconds a lease may be used for after it was granted. */
export const LEASE_MS = 100;
/** Milliseconds by which calls on their way may close up: a span of ours is longer than the provider's by both. */
const TRAVEL_SPREAD_MS = 50;
/** Milliseconds a lease counts for the limits of a minute. */
export const MINUTE_SPAN_MS = 60_000 + LEASE_MS + TRAVEL_SPREAD_MS;
const MINUTE_SLOT_MS = 50;

interface Windows {
  readonly requests: RateWindow;
  readonly tokens: RateWindow;
  day: { readonly begins: number; requests: number };
}

/** An allowance that only this process knows. */
export function createMemoryAllowance(): SharedAllowance {
  const resources = new Map<string, Windows>();
  const windowsOf = (resource: string, now: number): Windows => {
    let windows = resources.get(resource);
    if (windows === undefined) {
      windows = {
        requests: new RateWindow(MINUTE_SPAN_MS, MINUTE_SLOT_MS),
        tokens: new RateWindow(MINUTE_SPAN_MS, MINUTE_SLOT_MS),
        day: { begins: -Infinity, requests: 0 },
      };
      resources.set(resource, windows);
    }
    const { begins } = utcDay(now);
    if (windows.day.begins < begins) windows.day = { begins, requests: 0 };
    return windows;
  };

  return {
    lease: (resource, wanted, limits, now) => {
      const windows = windowsOf(resource, now);
      const granted = granting(windows, wanted, limits, now);
      const short: Spend = { requests: wanted.requests - granted.requests, tokens: wanted.tokens - granted.tokens };
      const retryAt = short.requests > 0 || short.tokens > 0 ? freeAgainAt(windows, wanted, limits, now) : null;
      windows.requests.add(granted.requests, now);
      windows.day.requests += granted.requests;
      windows.tokens.add(granted.tokens, now);
      return Promise.resolve({ granted, retryAt });
    },
    correct: (resource, by, now, leasedAt) => {
      const windows = windowsOf(resource, now);
      const more: Spend = { requests: Math.max(0, by.requests), tokens: Math.max(0, by.tokens) };
      const back: Spend = { requests: Math.min(0, by.requests), tokens: Math.min(0, by.tokens) };
      windows.requests.add(more.requests, now);
      windows.requests.correct(back.requests, leasedAt);
      windows.tokens.add(more.tokens, now);
      windows.tokens.correct(back.tokens, leasedAt);
      windows.day.requests += more.requests;
      if (leasedAt >= windows.day.begins) windows.day.requests = Math.max(0, windows.day.requests + back.requests);
      return Promise.resolve();
    },
  };
}

function granting(windows: Windows, wanted: Spend, limits: WindowLimits, now: number): Spend {
  const left = (window: RateWindow, limit: number | null): number => (limit === null ? Infinity : Math.max(0, limit - window.spent(now)));
  const leftOfDay = limits.requestsPerDay === null ? Infinity : Math.max(0, limits.requestsPerDay - windows.day.requests);
  const granted: Spend = {
    requests: Math.min(wanted.requests, left(windows.requests, limits.requestsPerMinute), leftOfDay),
    tokens: Math.min(wanted.tokens, left(windows.tokens, limits.tokensPerMinute)),
  };
  const isUseless = (wanted.requests > 0 && granted.requests === 0) || (wanted.tokens > 0 && granted.tokens === 0);
  return isUseless ? { requests: 0, tokens: 0 } : granted;
}

/** The limits' own size stands for what is larger: such a call goes out when nothing else was spent. */
function freeAgainAt(windows: Windows, wanted: Spend, limits: WindowLimits, now: number): number {
  const at = (window: RateWindow, amount: number, limit: number | null): number =>
    limit === null ? now : (window.freeAt(Math.min(amount, limit), limit, now) ?? now + LEASE_MS);
  return Math.max(
    at(windows.requests, wanted.requests, limits.requestsPerMinute),
    at(windows.tokens, wanted.tokens, limits.tokensPerMinute),
    limits.requestsPerDay === null || windows.day.requests + Math.min(wanted.requests, limits.requestsPerDay) <= limits.requestsPerDay ? now : utcDay(now).ends,
  );
}
