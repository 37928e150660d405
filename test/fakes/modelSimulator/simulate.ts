import { lowerBound, type LowerBound } from './lowerBound.ts';
import type { Scenario } from './scenarios.ts';
import type { SchedulerMaker } from './schedulers.ts';
import { seeded } from './seeded.ts';
import { SimulatedProvider, type ProviderCounts } from './simulatedProvider.ts';
import { VirtualTime } from './virtualTime.ts';

export interface Simulated {
  /** Virtual milliseconds until every call of every run was settled. */
  readonly ms: number;
  /** Over the lower bound. */
  readonly ratio: number;
  readonly bound: LowerBound;
  readonly calls: number;
  /** Calls that got their own answer. */
  readonly right: number;
  readonly counts: ProviderCounts;
  /** Requests answered 429 over all that arrived. */
  readonly wasted: number;
}

/** Runs a scenario to its end under one scheduler. */
export async function simulate(scenario: Scenario, maker: SchedulerMaker, seed: number): Promise<Simulated> {
  const time = new VirtualTime();
  const epoch = time.now();
  const provider = new SimulatedProvider(scenario.provider, time, seeded(seed));
  const scheduler = maker(scenario, (demand, tag, signal) => provider.call(demand, tag, signal), time, seeded(seed + 1_000_003));
  const answers = await time.until(Promise.all(scenario.runs.map((demands, run) => scheduler(run, demands))));
  const demands = scenario.runs.flat();
  const bound = lowerBound(scenario.provider, demands, scenario.connections, epoch);
  const ms = time.monotonic();
  const { counts } = provider;
  return { ms, ratio: ms / bound.ms, bound, calls: demands.length, right: answers.reduce((sum, count) => sum + count, 0), counts, wasted: counts.refused / counts.arrived };
}
