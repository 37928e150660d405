/**
 * Forecasts beside what came of them: whole crosswalks in simulated worlds, each with another provider and another model.
 * In each world one run is made of which nothing is known, then one over other documents, which learns from it. `VERBOSE=1`
 * tells of each world.
 */
import { createEngine, DEFAULT_SETTINGS, type Settings } from '../server/src/engine/index.ts';
import type { CallResult, Completion, CompletionCall, ModelProvider } from '../server/src/engine/ports.ts';
import { VirtualTime } from '../server/src/engine/scheduling/virtualTime.ts';
import { ok } from '../shared/failure.ts';
import type { ModelForecast, RunSnapshot } from '../shared/model.ts';
import { askedRows, plainJudge } from '../test/fakes/fakeModel.ts';
import { fakePorts } from '../test/fakes/fakePorts.ts';
import { CALM, workOf, type ProviderRules } from '../test/fakes/modelSimulator/providerRules.ts';
import { seeded, type Seeded } from '../test/fakes/modelSimulator/seeded.ts';
import { SimulatedProvider } from '../test/fakes/modelSimulator/simulatedProvider.ts';

import { report, type BenchRow } from './benches.ts';

const WORLDS = 20;
const ASKED = { cost: 0.1, time: 0.2 };
const MODEL = 'gpt-4o-mini';
const SECTIONS = 260;
const BETWEEN_MS = 5 * 60_000;

interface World {
  readonly rules: ProviderRules;
  readonly settings: Settings;
  readonly speed: { readonly baseMs: number; readonly readPerSecond: number; readonly writePerSecond: number };
  readonly charactersPerToken: number;
  /** Words a model says beside what it was asked for, on the mean. */
  readonly chatter: number;
  readonly luck: number;
}

/** What a forecast was off by: over what came, less one. */
interface Error {
  readonly cost: number;
  readonly time: number;
}

/** Drawn apart from the priors of the forecast: nothing here is taken from them, and nothing there from here. */
function world(random: Seeded): World {
  const limited = random.pick(['requests', 'tokens', 'places', 'nothing'] as const);
  const requestsPerMinute = limited === 'requests' ? random.integer(6, 30) : null;
  const tokensPerMinute = limited === 'tokens' ? random.integer(20, 90) * 1_000 : null;
  const isTold = random.chance(0.5);
  const maxConcurrency = random.pick([8, 16, 32]);
  return {
    rules: {
      ...CALM, requestsPerMinute, tokensPerMinute, counting: random.pick(['bucket', 'sliding']), burstMs: random.pick([10_000, 60_000]),
      capacity: limited === 'places' ? random.integer(3, 12) : Infinity, beyondCapacity: random.pick(['queue', 'refuse']),
      saysHints: !isTold || random.chance(0.5), saysRetryAfter: random.chance(0.5), garbage: random.pick([0, 0.01]),
    },
    settings: {
      ...DEFAULT_SETTINGS, provider: 'openai', models: { ...DEFAULT_SETTINGS.models, verify: MODEL },
      limits: { ...DEFAULT_SETTINGS.limits, maxConcurrency, requestsPerMinute: isTold ? requestsPerMinute ?? 0 : 0, tokensPerMinute: isTold ? tokensPerMinute ?? 0 : 0 },
    },
    speed: { baseMs: random.between(200, 1_500), readPerSecond: random.between(1_000, 8_000), writePerSecond: random.between(30, 150) },
    charactersPerToken: random.between(3.7, 4.8),
    chatter: random.between(5, 60),
    luck: random.between(0.2, 0.5),
  };
}

const TREES = ['amber', 'birch', 'cedar', 'dahlia', 'elm', 'fern', 'ginger', 'hazel', 'iris', 'juniper', 'kauri', 'larch', 'maple', 'nettle', 'oak', 'poplar', 'quince', 'rowan', 'spruce', 'thyme'];
const KINDS = ['loans', 'pensions', 'bonuses', 'refunds', 'grants', 'awards', 'leases', 'stipends', 'rebates', 'credits', 'levies', 'dues', 'fines'];
const REASONS = ['in a year of growth', 'after a merger of two plants', 'where the law asks for it', 'when the fund is full', 'as a rule of the house', 'on the word of an actuary'];

/** Two plans that say the same in other words, so that rules leave most of it open. */
function plans(random: Seeded): readonly [string, string] {
  const house = `${random.pick(TREES)} ${random.integer(100, 999)}`;
  const names = TREES.flatMap((tree) => KINDS.map((kind) => `${tree} ${kind}`)).slice(0, SECTIONS);
  const extras = names.map(() => Array.from({ length: random.integer(0, 9) }, () => random.pick(REASONS)).join(' and '));
  const plan = (say: (name: string) => string): string =>
    names.map((name, i) => `## ${i + 1}. ${name}\n\n${say(name)} This holds ${extras[i] === '' ? 'always' : extras[i]!}.\n`).join('\n');
  return [
    plan((name) => `The board of ${house} pays ${name} to workers who have asked for them in writing.`),
    plan((name) => `Workers receive ${name} from the board of ${house}, provided that a written question was handed in and the board saw no reason against it.`),
  ];
}

function modelOf({ speed, charactersPerToken, chatter, luck }: World, provider: SimulatedProvider, random: Seeded): ModelProvider {
  const refused = async (): Promise<CallResult<never>> => ({ ok: false, failure: { code: 'refused', message: 'Not here.', retry: 'never' } });
  return {
    name: 'openai', endpoint: 'https://api.openai.com/v1',
    capabilities: { structured: 'strict', embeddings: false, images: false, reportsUsage: true, embeddingInputs: 1, embeddingTokens: 1 },
    complete: async (call: CompletionCall, signal): Promise<CallResult<Completion>> => {
      const said = askedRows(call).map((row) => {
        const answer = plainJudge(row) as { readonly why: string };
        return { ...answer, why: `${answer.why} ${'and so on '.repeat(Math.round((chatter * random.spread(0.4)) / 3))}` };
      });
      const text = JSON.stringify({ items: said });
      const tokensIn = Math.ceil(call.messages.reduce((sum, { content }) => sum + content.length, 0) / charactersPerToken);
      const tokensOut = Math.ceil(text.length / charactersPerToken);
      const answered = await provider.call({ tokensIn, tokensOut, workMs: workOf(tokensIn, tokensOut, speed, random.spread(luck)) }, '', signal);
      return answered.ok ? { ...answered, value: { text, finish: 'stop' } } : answered;
    },
    embed: refused,
    readPageImage: refused,
  };
}

async function errorsIn(seed: number): Promise<{ readonly unknown: Error; readonly learned: Error; readonly words: string }> {
  const random = seeded(seed);
  const made = world(random);
  let yields = 0;
  const turn = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));
  const time = new VirtualTime(async () => {
    // Rules take no time: what the engine does between two looks at the host is let finish first.
    for (let before = -1; before !== yields; await turn()) before = yields;
  });
  const provider = new SimulatedProvider(made.rules, time, seeded(seed + 500));
  const files = new Map<string, string>();
  const model = modelOf(made, provider, seeded(seed + 900));
  const ports = fakePorts({ files, modelProvider: async () => ok(model) });
  const { runs } = createEngine({
    ...ports, clock: time, sleep: time.sleep, random: () => random.next(),
    yieldToHost: async () => {
      yields++;
      await turn();
    },
  });
  const one = async (name: string): Promise<Error> => {
    const [source, target] = plans(random);
    files.set(`${name}-1.md`, source);
    files.set(`${name}-2.md`, target);
    const request = { workflow: 'crosswalk' as const, inputs: ['1', '2'].map((part) => ({ key: `${name}-${part}.md`, path: `${name}-${part}.md` })), settings: made.settings };
    return time.until((async () => {
      const estimated = await runs.estimate(request, new AbortController().signal);
      if (!estimated.ok) throw new Error(estimated.failure.message);
      const started = await runs.start(request);
      if (!started.ok) throw new Error(started.failure.message);
      return errorOf(estimated.value.planned[0]?.forecast as ModelForecast, await runs.settled(started.value));
    })());
  };
  const unknown = await one('first');
  // A person reads what the first one found.
  await time.pass(BETWEEN_MS);
  const learned = await one('second');
  const { requestsPerMinute, tokensPerMinute, capacity } = made.rules;
  return { unknown, learned, words: `${requestsPerMinute ?? '-'} requests, ${tokensPerMinute ?? '-'} tokens a minute, ${capacity} places, ${made.settings.limits.maxConcurrency} at once, limits ${made.settings.limits.requestsPerMinute + made.settings.limits.tokensPerMinute > 0 ? 'set' : 'not set'}` };
}

function errorOf(forecast: ModelForecast, { metrics, state, stateReason }: RunSnapshot): Error {
  const metric = metrics.find(({ operation }) => operation === 'verify');
  if (metric === undefined || forecast.costP50 === null || state !== 'done') throw new Error(`The run ended ${state}: ${stateReason ?? 'no model was asked'}`);
  return { cost: forecast.costP50 / metric.costUsd - 1, time: (forecast.minutesP50 * 60_000) / (metric.endedAt - metric.startedAt) - 1 };
}

function row(name: string, errors: readonly number[], asked: number, isAsked: boolean): BenchRow {
  const sorted = errors.map(Math.abs).sort((a, b) => a - b);
  const within = sorted.filter((error) => error <= asked).length;
  const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
  return {
    name, asked: isAsked ? `<= ${percent(asked)} in each` : 'not asked',
    reached: `${within} of ${errors.length} within ${percent(asked)}; median ${percent(sorted[sorted.length >> 1]!)}, worst ${percent(sorted.at(-1)!)}`,
    isMissed: isAsked && within < errors.length,
  };
}

const started = performance.now();
const found = [];
for (let seed = 1; seed <= WORLDS; seed++) {
  const errors = await errorsIn(seed);
  found.push(errors);
  if (process.env['VERBOSE'] !== undefined) {
    const signed = ({ cost, time }: Error): string => `cost ${(cost * 100).toFixed(1)} %, time ${(time * 100).toFixed(1)} %`;
    console.error(`${seed}: first ${signed(errors.unknown)}; second ${signed(errors.learned)} (${errors.words})`);
  }
}
report((performance.now() - started) / 1_000, `${WORLDS} worlds, two runs each`, {
  rows: [
    row('cost, after one run of the model', found.map(({ learned }) => learned.cost), ASKED.cost, true),
    row('time, after one run of the model', found.map(({ learned }) => learned.time), ASKED.time, true),
    row('cost, nothing known', found.map(({ unknown }) => unknown.cost), ASKED.cost, false),
    row('time, nothing known', found.map(({ unknown }) => unknown.time), ASKED.time, false),
  ],
});
