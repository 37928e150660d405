/** Milliseconds. */
export const DAY_MS = 24 * 3_600_000;

/** The day a limit of requests per day counts, in milliseconds since the epoch. */
export interface UtcDay {
  readonly begins: number;
  readonly ends: number;
}

/**
 * Such a limit begins anew at midnight UTC, whoever counts it. Providers begin their day at a midnight of their own or give
 * each request back 24 hours later; one whose day is not over says so when it is asked too soon, and is heeded, which costs
 * less than one call in a hundred. Counting any 24 hours instead leaves the new day of a provider of the first kind unused
 * for hours: up to 1.6 times the time in the simulator.
 */
export function utcDay(at: number): UtcDay {
  const begins = Math.floor(at / DAY_MS) * DAY_MS;
  return { begins, ends: begins + DAY_MS };
}
