import type { Binding } from '../../../server/src/engine/scheduling/limiterTypes.ts';
import { lowerBound } from './lowerBound.ts';
import { CALM, workOf, type Demand, type ProviderRules } from './providerRules.ts';
import type { Scenario } from './scenarios.ts';
import { seeded } from './seeded.ts';

const MODEL = { baseMs: 600, readPerSecond: 4_000, writePerSecond: 70 };
/** What binds is beyond doubt when the bound of everything else is no more than this share of it. */
const CLEAR = 0.7;

/** A provider in which it is known what binds: by the lower bound's own parts, not by any scheduler. */
export function variation(seed: number, calls = 1_500): { readonly scenario: Scenario; readonly binding: Binding } {
  const random = seeded(seed);
  for (;;) {
    const connections = random.pick([16, 24, 32, 48]);
    const rules: ProviderRules = {
      ...CALM,
      capacity: random.chance(0.5) ? Infinity : random.integer(8, 40),
      beyondCapacity: random.pick(['queue', 'refuse']),
      requestsPerMinute: random.chance(0.3) ? null : random.integer(40, 600),
      tokensPerMinute: random.chance(0.3) ? null : random.integer(60, 900) * 1_000,
      requestsPerDay: random.chance(0.85) ? null : random.integer(300, 700),
      counting: random.pick(['bucket', 'sliding']),
      burstMs: random.pick([10_000, 60_000]),
      saysRetryAfter: random.chance(0.5),
      saysHints: random.chance(0.5),
    };
    const demands = Array.from({ length: calls }, (): Demand => {
      const [tokensIn, tokensOut] = [random.integer(800, 2_400), random.integer(100, 500)];
      return { tokensIn, tokensOut, workMs: workOf(tokensIn, tokensOut, MODEL, random.spread(0.35)) };
    });
    const { parts, binding, ms, second: runnerUp } = lowerBound(rules, demands, connections, Date.UTC(2026, 0, 5, 9));
    const free = rules.capacity === Infinity ? 0 : parts.work * Math.min(1, Math.min(rules.capacity, connections) / Math.max(rules.capacity, connections));
    const second = Math.max(runnerUp, binding === 'latency' || binding === 'concurrency' ? free : 0);
    if (binding === 'longest' || second > CLEAR * ms) continue;
    return { scenario: { provider: rules, runs: [demands], connections, known: rules }, binding };
  }
}
