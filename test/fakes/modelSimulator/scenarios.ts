import { CALM, workOf, type Demand, type Period, type ProviderRules } from './providerRules.ts';
import { seeded, type Seeded } from './seeded.ts';

/** A provider and the calls to make. What is drawn from the seed stands before the run; rules of schedulers see none of it. */
export interface Scenario {
  readonly provider: ProviderRules;
  /** Calls of each run; every run has a scheduler of its own, all share the provider's key. */
  readonly runs: readonly (readonly Demand[])[];
  /** Most connections any scheduler may open, all runs together. */
  readonly connections: number;
  /** What the user has set of the provider's limits; null: left to the headers. */
  readonly known: Pick<ProviderRules, 'requestsPerMinute' | 'tokensPerMinute' | 'requestsPerDay'>;
}

export const SCENARIO_NAMES = [
  'latency-bound', 'RPM-bound', 'TPM-bound', 'daily quota', 'bursty 429s', 'drifting latency', '5xx burst', 'mixed sizes', 'two runs, one key', 'very slow tail',
] as const;
export type ScenarioName = (typeof SCENARIO_NAMES)[number];

/** Where nothing but time has to be waited for; the others have bursts of trouble. */
export const STEADY: readonly ScenarioName[] = ['latency-bound', 'RPM-bound', 'TPM-bound', 'daily quota', 'mixed sizes', 'two runs, one key'];

const MODEL = { baseMs: 600, readPerSecond: 4_000, writePerSecond: 70 };
const CONNECTIONS = 64;
/** Length of the scenarios that a rate binds: the run of one conversion that this is measured against took 39 minutes. */
const MINUTES = 39;
/** Of a call of the usual size. */
const MEAN_TOKENS = 1_900;

export function scenario(name: ScenarioName, seed: number): Scenario {
  const random = seeded(seed * 31 + SCENARIO_NAMES.indexOf(name));
  const counting = countingOf(random);
  const said = { saysRetryAfter: random.chance(0.5), saysHints: random.chance(0.5) };
  const single = (provider: Partial<ProviderRules>, demands: readonly Demand[]): Scenario => {
    const rules: ProviderRules = { ...CALM, ...counting, ...said, ...provider };
    return { provider: rules, runs: [demands], connections: CONNECTIONS, known: rules };
  };
  switch (name) {
    case 'latency-bound':
      return single({ capacity: random.chance(0.25) ? Infinity : random.integer(24, 56), beyondCapacity: random.pick(['queue', 'refuse']) }, calls(6_000, random));
    case 'RPM-bound': {
      const requestsPerMinute = random.integer(80, 130);
      return single({ requestsPerMinute }, calls(Math.round(requestsPerMinute * MINUTES * random.between(0.95, 1.05)), random));
    }
    case 'TPM-bound': {
      const tokensPerMinute = random.integer(120, 200) * 1_000;
      return single({ tokensPerMinute }, calls(Math.round((tokensPerMinute * MINUTES * random.between(0.95, 1.05)) / MEAN_TOKENS), random));
    }
    case 'daily quota': {
      const requestsPerDay = random.integer(500, 900);
      return single({ requestsPerDay, requestsPerMinute: 60, day: random.pick(['utc', 'rolling']) }, calls(Math.round(requestsPerDay * random.between(1.3, 3)), random));
    }
    case 'bursty 429s': {
      const requestsPerMinute = random.integer(80, 130);
      return single({ requestsPerMinute, closed: periods(random, random.integer(4, 8), MINUTES * 60_000, 5_000, 20_000) }, calls(Math.round(requestsPerMinute * MINUTES * random.between(0.95, 1.05)), random));
    }
    case 'drifting latency':
      return single({ capacity: random.integer(24, 48), speed: drift(random, 40) }, calls(5_000, random));
    case '5xx burst':
      return single({ capacity: random.integer(24, 48), outages: periods(random, random.integer(2, 3), 12 * 60_000, 10_000, 30_000) }, calls(5_000, random));
    case 'mixed sizes': {
      const sizes = (): readonly [number, number] => (random.chance(0.15) ? [random.integer(5_000, 9_000), random.integer(600, 1_200)] : [random.integer(200, 1_500), random.integer(50, 300)]);
      return single({ tokensPerMinute: 180_000, capacity: 48 }, calls(3_800, random, sizes));
    }
    case 'two runs, one key': {
      const requestsPerMinute = random.integer(80, 130);
      const rules: ProviderRules = { ...CALM, ...counting, ...said, requestsPerMinute };
      const each = Math.round((requestsPerMinute * MINUTES * random.between(0.95, 1.05)) / 2);
      return { provider: rules, runs: [calls(each, random), calls(each, random)], connections: CONNECTIONS, known: rules };
    }
    case 'very slow tail':
      return single({ capacity: random.integer(24, 48) }, calls(9_000, random).map((demand) => (random.chance(0.01) ? { ...demand, workMs: demand.workMs * random.between(8, 20) } : demand)));
  }
}

function countingOf(random: Seeded): Pick<ProviderRules, 'counting' | 'burstMs'> {
  return random.pick([
    { counting: 'bucket', burstMs: 60_000 },
    { counting: 'bucket', burstMs: 10_000 },
    { counting: 'sliding', burstMs: 60_000 },
  ] as const);
}

function calls(count: number, random: Seeded, sizes = (): readonly [number, number] => [random.integer(800, 2_400), random.integer(100, 500)]): Demand[] {
  return Array.from({ length: count }, () => {
    const [tokensIn, tokensOut] = sizes();
    return { tokensIn, tokensOut, workMs: workOf(tokensIn, tokensOut, MODEL, random.spread(0.35)) };
  });
}

function periods(random: Seeded, count: number, within: number, least: number, most: number): Period[] {
  return Array.from({ length: count }, (_, i) => {
    const from = (within * (i + random.between(0.2, 0.7))) / count;
    return { from, to: from + random.between(least, most) };
  });
}

function drift(random: Seeded, minutes: number): ProviderRules['speed'] {
  let speed = 1;
  return Array.from({ length: minutes }, (_, minute) => {
    speed = Math.min(1.4, Math.max(0.4, speed * random.between(0.75, 1.33)));
    return { from: (minute + 0.5) * 60_000, speed };
  });
}
