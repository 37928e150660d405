import type { CallResult } from '../../../server/src/engine/models/modelPort.ts';
import { createLimiter } from '../../../server/src/engine/scheduling/createLimiter.ts';
import { createMemoryAllowance } from '../../../server/src/engine/scheduling/memoryAllowance.ts';
import type { Limiter } from '../../../server/src/engine/scheduling/limiterTypes.ts';
import type { Demand } from './providerRules.ts';
import type { Scenario } from './scenarios.ts';
import type { Seeded } from './seeded.ts';
import type { VirtualTime } from './virtualTime.ts';

/** One call on the wire. */
export type Attempt = (demand: Demand, tag: string, signal: AbortSignal) => Promise<CallResult<string>>;

/** Makes all calls of one run and resolves with how many got their own answer. */
export type Scheduler = (run: number, demands: readonly Demand[]) => Promise<number>;
export type SchedulerMaker = (scenario: Scenario, attempt: Attempt, time: VirtualTime, random: Seeded) => Scheduler;

/** Estimates are what a planner can know: the input well, the answer as the most it may take. */
const MOST_TOKENS_OUT = 600;
/** Longer than the slowest call of any scenario, as the other rules have no limit at all. */
export const CALL_TIMEOUT_MS = 20 * 60_000;

/** Ours: one limiter a run, as of one window each, over an allowance they share. `onLimiter` shows them to a test. */
export function ours(onLimiter?: (limiter: Limiter) => void): SchedulerMaker {
  return (scenario, attempt, time, random) => {
    const allowance = createMemoryAllowance();
    return async (run, demands) => {
      const limiter = createLimiter({
        resource: 'simulated',
        limits: {
          startConcurrency: 16, maxConcurrency: Math.floor(scenario.connections / scenario.runs.length), ...knownLimits(scenario),
          callTimeoutMs: CALL_TIMEOUT_MS, maxAttempts: 8,
        },
        clock: time, sleep: time.sleep, random: () => random.next(), allowance, quotaWaitMs: Infinity,
      });
      onLimiter?.(limiter);
      const signal = new AbortController().signal;
      const results = await Promise.all(
        demands.map((demand, i) =>
          limiter.run(
            {
              priority: 'batch', runId: `run-${run}`, expectedTokens: demand.tokensIn + MOST_TOKENS_OUT,
              attempt: (inner) => attempt(demand, `${run}/${i}`, inner),
            },
            signal,
          ),
        ),
      );
      return results.filter((result, i) => result.ok && result.value === `${run}/${i}`).length;
    };
  };
}

function knownLimits({ known }: Scenario): Scenario['known'] {
  return { requestsPerMinute: known.requestsPerMinute, tokensPerMinute: known.tokensPerMinute, requestsPerDay: known.requestsPerDay };
}
