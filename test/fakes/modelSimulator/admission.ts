/** The provider's own bookkeeping of one limit per minute. It knows nothing of who calls. */
export interface Admission {
  /** Milliseconds until this amount could be admitted; 0: now. */
  waitFor(amount: number, now: number): number;
  admit(amount: number, now: number): void;
  remaining(now: number): number;
}

const MINUTE_MS = 60_000;

/** Continuous refill up to a burst, as public providers describe theirs. An amount above the burst needs it full. */
export function bucket(perMinute: number, burstMs: number): Admission {
  const rate = perMinute / MINUTE_MS;
  const burst = Math.max(1, rate * burstMs);
  let level = burst;
  let at = 0;
  const advance = (now: number): void => {
    level = Math.min(burst, level + rate * (now - at));
    at = now;
  };
  return {
    waitFor: (amount, now) => {
      advance(now);
      const missing = Math.min(amount, burst) - level;
      return missing <= 1e-9 ? 0 : missing / rate;
    },
    admit: (amount, now) => {
      advance(now);
      level -= amount;
    },
    remaining: (now) => {
      advance(now);
      return Math.max(0, Math.floor(level));
    },
  };
}

/** Never more than the limit in the last 60 seconds, to the millisecond. An amount above the limit needs it empty. */
export function sliding(perMinute: number): Admission {
  const admitted: { readonly at: number; readonly amount: number }[] = [];
  let head = 0;
  let sum = 0;
  const forget = (now: number): void => {
    while (head < admitted.length && admitted[head]!.at <= now - MINUTE_MS) sum -= admitted[head++]!.amount;
    if (head > 4_096) {
      admitted.splice(0, head);
      head = 0;
    }
  };
  return {
    waitFor: (amount, now) => {
      forget(now);
      let over = sum + Math.min(amount, perMinute) - perMinute;
      for (let i = head; over > 1e-9 && i < admitted.length; i++) {
        over -= admitted[i]!.amount;
        if (over <= 1e-9) return admitted[i]!.at + MINUTE_MS - now;
      }
      return 0;
    },
    admit: (amount, now) => {
      forget(now);
      admitted.push({ at: now, amount });
      sum += amount;
    },
    remaining: (now) => {
      forget(now);
      return Math.max(0, Math.floor(perMinute - sum));
    },
  };
}

/** The day's limit. */
export function daily(perDay: number, day: 'utc' | 'rolling', epoch: number): Admission {
  const DAY_MS = 24 * 3_600_000;
  const admitted: number[] = [];
  let head = 0;
  const midnight = (now: number): number => Math.floor((epoch + now) / DAY_MS) * DAY_MS - epoch;
  const forget = (now: number): void => {
    const from = day === 'utc' ? midnight(now) : now - DAY_MS;
    while (head < admitted.length && (day === 'utc' ? admitted[head]! < from : admitted[head]! <= from)) head++;
  };
  return {
    waitFor: (_, now) => {
      forget(now);
      if (admitted.length - head < perDay) return 0;
      return day === 'utc' ? midnight(now) + DAY_MS - now : admitted[head]! + DAY_MS - now;
    },
    admit: (_, now) => void admitted.push(now),
    remaining: (now) => {
      forget(now);
      return perDay - (admitted.length - head);
    },
  };
}
