/**
 * What a run will cost and how long it will take, before it begins: the calls are planned as they will be made, and the
 * limiter itself works them off in virtual time, several times over, with latencies and answers drawn from what is known of
 * the model. What binds there will bind in the run.
 */
import type { CallResult } from '../models/modelPort.ts';
import type { YieldToHost } from '../ports.ts';
import type { Verdict } from './binding.ts';
import { bindingVerdict } from './binding.ts';
import { latency, type CallHabits } from './callHabits.ts';
import { createLimiter } from './createLimiter.ts';
import type { Random, ResourceLimits } from './limiterTypes.ts';
import { createMemoryAllowance } from './memoryAllowance.ts';
import { VirtualTime } from './virtualTime.ts';

export interface PlannedCall {
  readonly items: number;
  /** Estimated, with all that every call says. */
  readonly tokensIn: number;
}

export interface Drawn {
  readonly tokensIn: number;
  readonly tokensOut: number;
  readonly milliseconds: number;
}

export interface SpeedForecast {
  /** In the order of their time. */
  readonly draws: readonly Drawn[];
  readonly verdict: Verdict;
}

/**
 * Times the calls are worked off. A short run is over when its slowest last call is, which differs from time to time more than
 * the middle of a long one: it is worked off more often, for the same work. Pairs, so even.
 */
const DRAWS = { least: 10, most: 50, calls: 6_000 } as const;
/** Calls that are worked off one by one; a longer run goes on as the second half of these did. */
const MOST_CALLS = 600;

/** A normal variate from two uniform ones (Box and Muller). */
function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** A factor of mean 1 whose logarithm has this standard deviation. */
function ofMeanOne(spread: number, random: Random): number {
  return Math.exp(spread * normal(random) - (spread * spread) / 2);
}

/** How far a run as a whole is off, in standard deviations of the logarithm. */
type Differs = (of: 'tokensIn' | 'tokensOut' | 'latency') => number;

/** `phases`: groups of calls, each of which waits for the one before it. Rejects when the signal is aborted. */
export async function forecastSpeed(
  phases: readonly (readonly PlannedCall[])[], habits: CallHabits, limits: ResourceLimits, random: Random, turn: YieldToHost, signal: AbortSignal,
): Promise<SpeedForecast> {
  const draws: Drawn[] = [];
  let verdict: Verdict | null = null;
  const worked = phases.reduce((sum, { length }) => sum + Math.min(length, MOST_CALLS), 0);
  const pairs = Math.ceil(Math.min(DRAWS.most, Math.max(DRAWS.least, DRAWS.calls / worked)) / 2);
  for (let k = 0; k < pairs; k++) {
    // How a run as a whole may differ is drawn both ways, so that few draws are not all on one side.
    const differs = { tokensIn: normal(random), tokensOut: normal(random), latency: normal(random) };
    for (const way of [1, -1]) {
      const drawn = await draw(phases, habits, limits, (of) => way * differs[of], random, turn, signal);
      draws.push(drawn);
      verdict ??= drawn.verdict;
    }
  }
  return { draws, verdict: verdict as Verdict };
}

async function draw(
  phases: readonly (readonly PlannedCall[])[], habits: CallHabits, limits: ResourceLimits, differs: Differs, random: Random, turn: YieldToHost, signal: AbortSignal,
): Promise<Drawn & { readonly verdict: Verdict }> {
  const inRatio = habits.tokensInRatio * Math.exp(habits.tokensInSpread * differs('tokensIn'));
  const outEach = habits.tokensOutPerItem * Math.exp(habits.tokensOutSpread * differs('tokensOut'));
  const slower = Math.exp(habits.latencySpread * differs('latency'));
  const time = new VirtualTime(turn);
  const limiter = createLimiter({ resource: 'forecast', limits, clock: time, sleep: time.sleep, random, allowance: createMemoryAllowance() });
  const never = new AbortController().signal;
  const make = async ({ items, tokensIn }: PlannedCall): Promise<number> => {
    const usage = { tokensIn: tokensIn * inRatio, tokensOut: items * outEach, tokensCached: 0, estimated: true };
    const took = (): number => latency(usage.tokensIn, usage.tokensOut, habits) * slower * ofMeanOne(habits.callSpread, random);
    await limiter.run({
      priority: 'batch', runId: 'forecast', expectedTokens: Math.ceil(usage.tokensIn + usage.tokensOut),
      attempt: async (inner): Promise<CallResult<null>> => {
        await time.sleep(Math.min(took(), limits.callTimeoutMs * 0.9), inner);
        if (random() < habits.failedShare) return { ok: false, failure: { code: 'badAnswer', message: 'No answer that can be used.', retry: 'now', usage } };
        return { ok: true, value: null, usage };
      },
    }, never);
    signal.throwIfAborted();
    return time.monotonic();
  };
  let milliseconds = 0;
  for (const calls of phases) {
    const began = time.monotonic();
    const ends = (await time.until(Promise.all(calls.slice(0, MOST_CALLS).map(make)))).map((at) => at - began).sort((a, b) => a - b);
    const last = ends.at(-1) ?? 0;
    const half = ends[Math.floor(ends.length / 2)] ?? 0;
    const left = calls.length - ends.length;
    milliseconds += left === 0 ? last : last + (left * (last - half)) / Math.ceil(ends.length / 2);
  }
  const calls = phases.flat();
  const sum = (of: (call: PlannedCall) => number): number => calls.reduce((all, call) => all + of(call), 0);
  return { tokensIn: sum(({ tokensIn }) => tokensIn) * inRatio, tokensOut: sum(({ items }) => items) * outEach, milliseconds, verdict: bindingVerdict(limiter.totals()) };
}
