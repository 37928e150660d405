/** What a simulated provider is like. Times are milliseconds of virtual time from the start, unless named otherwise. */
export interface ProviderRules {
  /** How many calls it works on at once; `Infinity`: as many as come. */
  readonly capacity: number;
  /** What happens to a call beyond the capacity: it waits inside the provider, or it is refused with 429. */
  readonly beyondCapacity: 'queue' | 'refuse';
  readonly requestsPerMinute: number | null;
  readonly tokensPerMinute: number | null;
  readonly requestsPerDay: number | null;
  /**
   * How a limit per minute is counted. `bucket`: it refills continuously and holds `burstMs` worth of its rate, full at the
   * start. `sliding`: what was admitted in the last 60 seconds. A refused call counts for nothing.
   */
  readonly counting: 'bucket' | 'sliding';
  readonly burstMs: number;
  /** When the day's count begins anew: midnight UTC, or each request 24 hours after it was admitted. */
  readonly day: 'utc' | 'rolling';
  readonly saysRetryAfter: boolean;
  readonly saysHints: boolean;
  /** Everything that arrives is refused with 429. */
  readonly closed: readonly Period[];
  /** Everything that arrives is answered 503, and so is everything in flight when it begins. */
  readonly outages: readonly Period[];
  /** Speed from a time on; 1 where nothing is said. Work in progress slows down and speeds up with it. */
  readonly speed: readonly { readonly from: number; readonly speed: number }[];
  /** One way, at least and at most. */
  readonly network: readonly [number, number];
  /** Shares of attempts that never end, that are cut off half way, and that are not what the protocol promises. */
  readonly hangs: number;
  readonly halves: number;
  readonly garbage: number;
}

export interface Period {
  readonly from: number;
  readonly to: number;
}

/** What one call asks of the provider: the same however often and by whomever it is tried. */
export interface Demand {
  readonly tokensIn: number;
  readonly tokensOut: number;
  /** Work at speed 1, heavy tail included. */
  readonly workMs: number;
}

/** Work of a call: base + input tokens / rate + output tokens / rate, times its luck. */
export function workOf(tokensIn: number, tokensOut: number, model: { readonly baseMs: number; readonly readPerSecond: number; readonly writePerSecond: number }, luck: number): number {
  return luck * (model.baseMs + (1_000 * tokensIn) / model.readPerSecond + (1_000 * tokensOut) / model.writePerSecond);
}

export const CALM: ProviderRules = {
  capacity: Infinity, beyondCapacity: 'queue', requestsPerMinute: null, tokensPerMinute: null, requestsPerDay: null,
  counting: 'bucket', burstMs: 60_000, day: 'utc', saysRetryAfter: true, saysHints: true, closed: [], outages: [], speed: [],
  network: [20, 60], hangs: 0, halves: 0, garbage: 0,
};
