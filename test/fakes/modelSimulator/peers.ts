import type { CallResult } from '../../../server/src/engine/models/modelPort.ts';
import type { SchedulerMaker } from './schedulers.ts';

/**
 * Rules of others, as their documentation states them, over the same provider. All of them try a call until it is
 * answered, so that nobody is quick by giving up.
 */
export const PEERS: Readonly<Record<string, SchedulerMaker>> = {
  /** Sixteen workers; each retries its call after Retry-After, otherwise after 0.5 s doubling to 8 s, up to a quarter less. */
  'fixed 16': pool(() => fixed(16)),
  /** Buckets of requests and of tokens a minute, full at first; on any 429 nothing is sent for 15 s. */
  'bucket, 15 s pause': bucketWithPause,
  /** From 20; 5 % more after each round of successes, a fifth less on 429. */
  '+5 % / x0.8': pool(() => grows(20, Infinity, 1.05, 0.8, null)),
  /** From 16; half as many more after five successes in a row, half as many on 429, never above the start. */
  'x1.5 / x0.5': pool(() => grows(16, 16, 1.5, 0.5, 5)),
};

interface Width {
  readonly limit: number;
  succeeded(): void;
  refused(): void;
}

function fixed(limit: number): Width {
  return { limit, succeeded: () => undefined, refused: () => undefined };
}

function grows(start: number, most: number, up: number, down: number, after: number | null): Width {
  let limit = start;
  let inARow = 0;
  return {
    get limit() {
      return Math.max(1, Math.floor(limit));
    },
    succeeded: () => {
      inARow++;
      if (inARow < (after ?? limit)) return;
      inARow = 0;
      limit = Math.min(most, Math.max(limit * up, limit + 1));
    },
    refused: () => {
      inARow = 0;
      limit = Math.max(1, limit * down);
    },
  };
}

function pool(width: () => Width): SchedulerMaker {
  return (scenario, attempt, time, random) => (run, demands) =>
    new Promise((resolve) => {
      const rule = width();
      const most = Math.floor(scenario.connections / scenario.runs.length);
      const signal = new AbortController().signal;
      let next = 0;
      let inFlight = 0;
      let right = 0;
      let done = 0;
      const fill = (): void => {
        while (next < demands.length && inFlight < Math.min(most, rule.limit)) {
          inFlight++;
          void one(next++);
        }
      };
      const one = async (index: number): Promise<void> => {
        for (let tries = 0; ; tries++) {
          const result = await attempt(demands[index]!, `${run}/${index}`, signal);
          if (result.ok) {
            rule.succeeded();
            if (result.value === `${run}/${index}`) right++;
            break;
          }
          if (isRefusal(result)) rule.refused();
          const pause = result.failure.retryAfterMs ?? Math.min(8_000, 500 * 2 ** tries) * (1 - 0.25 * random.next());
          await time.sleep(pause, signal);
        }
        inFlight--;
        done++;
        if (done === demands.length) resolve(right);
        else fill();
      };
      fill();
    });
}

function bucketWithPause(scenario: Parameters<SchedulerMaker>[0], attempt: Parameters<SchedulerMaker>[1], time: Parameters<SchedulerMaker>[2]): ReturnType<SchedulerMaker> {
  const PAUSE_MS = 15_000;
  const LOOK_MS = 20;
  return async (run, demands) => {
    const signal = new AbortController().signal;
    const { requestsPerMinute, tokensPerMinute } = scenario.known;
    const most = Math.floor(scenario.connections / scenario.runs.length);
    const again: number[] = [];
    let requests = requestsPerMinute ?? Infinity;
    let tokens = tokensPerMinute ?? Infinity;
    let at = time.monotonic();
    let pausedUntil = 0;
    let next = 0;
    let inFlight = 0;
    let right = 0;
    let done = 0;
    let wake: (() => void) | null = null;
    const one = async (index: number): Promise<void> => {
      const result = await attempt(demands[index]!, `${run}/${index}`, signal);
      inFlight--;
      if (result.ok) {
        done++;
        if (result.value === `${run}/${index}`) right++;
      } else {
        if (isRefusal(result)) pausedUntil = time.monotonic() + PAUSE_MS;
        again.push(index);
      }
      wake?.();
    };
    while (done < demands.length) {
      const now = time.monotonic();
      requests = Math.min(requestsPerMinute ?? Infinity, requests + ((requestsPerMinute ?? 0) * (now - at)) / 60_000);
      tokens = Math.min(tokensPerMinute ?? Infinity, tokens + ((tokensPerMinute ?? 0) * (now - at)) / 60_000);
      at = now;
      let waitMs = Infinity;
      while (inFlight < most && (again.length > 0 || next < demands.length)) {
        const index = again[0] ?? next;
        const demand = demands[index]!;
        const cost = Math.min(demand.tokensIn + demand.tokensOut, tokensPerMinute ?? Infinity);
        waitMs = Math.max(pausedUntil - now, missing(1, requests, requestsPerMinute), missing(cost, tokens, tokensPerMinute));
        if (waitMs > 0) break;
        requests -= 1;
        tokens -= cost;
        if (again.length > 0) again.shift();
        else next++;
        inFlight++;
        void one(index);
        waitMs = Infinity;
      }
      const woken = new Promise<void>((resolve) => {
        wake = resolve;
      });
      await (waitMs === Infinity ? woken : Promise.race([woken, time.sleep(Math.max(LOOK_MS, waitMs), signal)]));
    }
    return right;
  };
}

function missing(amount: number, level: number, perMinute: number | null): number {
  return perMinute === null || level >= amount ? 0 : ((amount - level) * 60_000) / perMinute;
}

function isRefusal(result: CallResult<unknown>): boolean {
  return !result.ok && (result.failure.code === 'rateLimited' || result.failure.code === 'quota');
}

