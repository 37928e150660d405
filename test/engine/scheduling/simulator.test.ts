import { expect, test } from 'vitest';
import { bindingVerdict } from '../../../server/src/engine/scheduling/binding.ts';
import type { Limiter } from '../../../server/src/engine/scheduling/limiterTypes.ts';
import { PEERS } from '../../fakes/modelSimulator/peers.ts';
import { CALM, workOf, type Demand, type ProviderRules } from '../../fakes/modelSimulator/providerRules.ts';
import type { Scenario } from '../../fakes/modelSimulator/scenarios.ts';
import { ours } from '../../fakes/modelSimulator/schedulers.ts';
import { simulate } from '../../fakes/modelSimulator/simulate.ts';
import { variation } from '../../fakes/modelSimulator/variations.ts';

const MODEL = { baseMs: 500, readPerSecond: 4_000, writePerSecond: 100 };

function world(provider: Partial<ProviderRules>, calls = 120): Scenario {
  const rules: ProviderRules = { ...CALM, ...provider };
  const demands: Demand[] = Array.from({ length: calls }, (_, i) => ({ tokensIn: 800 + (i % 7) * 100, tokensOut: 200, workMs: workOf(1_000, 200, MODEL, 1 + (i % 5) / 10) }));
  return { provider: rules, runs: [demands], connections: 32, known: rules };
}

const WORLDS: readonly { readonly name: string; readonly provider: Partial<ProviderRules> }[] = [
  { name: 'as many as come', provider: {} },
  { name: 'few at once, the others wait inside', provider: { capacity: 8 } },
  { name: 'few at once, the others are refused', provider: { capacity: 8, beyondCapacity: 'refuse' } },
  { name: 'a bucket of requests', provider: { requestsPerMinute: 60, burstMs: 5_000 } },
  { name: 'a sliding window of requests', provider: { requestsPerMinute: 60, counting: 'sliding' } },
  { name: 'tokens, nothing said', provider: { tokensPerMinute: 60_000, saysRetryAfter: false, saysHints: false } },
  { name: 'an outage', provider: { outages: [{ from: 2_000, to: 12_000 }] } },
  { name: 'closed for a while', provider: { closed: [{ from: 3_000, to: 9_000 }] } },
  { name: 'hangs, half answers and garbage', provider: { hangs: 0.02, halves: 0.05, garbage: 0.05 } },
];

test.each(WORLDS)('$name: every call gets its own answer, and nobody beats the lower bound', async ({ provider }) => {
  const scenario = world(provider);
  for (const maker of [ours(), ...(provider.hangs === undefined ? Object.values(PEERS) : [])]) {
    const { right, calls, ratio } = await simulate(scenario, maker, 5);
    expect(right).toBe(calls);
    expect(ratio).toBeGreaterThanOrEqual(1);
  }
});

test('39 minutes under a limit take no longer than a little above the bound, with hardly a refusal', async () => {
  const { ms, ratio, wasted, right, calls } = await simulate(world({ requestsPerMinute: 30, burstMs: 10_000 }, 39 * 30), ours(), 5);
  expect(right).toBe(calls);
  expect(ms).toBeGreaterThan(38 * 60_000);
  expect(ratio).toBeLessThan(1.05);
  expect(wasted).toBeLessThan(0.01);
});

test('what binds is named', async () => {
  for (const seed of [9001, 9003]) {
    const { scenario, binding } = variation(seed, 500);
    const limiters: Limiter[] = [];
    await simulate(scenario, ours((limiter) => limiters.push(limiter)), seed);
    expect(bindingVerdict(limiters[0]!.totals()).binding, `seed ${seed}`).toBe(binding);
  }
});
