import { describe, expect, it } from 'vitest';
import type { Metric, SpeedSample } from '../../../shared/model.ts';
import { ok } from '../../../shared/failure.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../../shared/settings.ts';
import { forecastTask } from '../../../server/src/engine/models/forecastTask.ts';
import type { CompletionCall, ModelProvider } from '../../../server/src/engine/models/modelPort.ts';
import { ModelRuntime } from '../../../server/src/engine/models/modelRuntime.ts';
import { seededRandom } from '../../../server/src/engine/models/seededOrder.ts';
import { resourceLimits } from '../../../server/src/engine/models/openRuntime.ts';
import type { CallJournal } from '../../../server/src/engine/models/modelStores.ts';
import type { PlannedTask } from '../../../server/src/engine/models/planTask.ts';
import { callHabits, type EarlierRun } from '../../../server/src/engine/scheduling/callHabits.ts';
import { forecastSpeed, type Drawn } from '../../../server/src/engine/scheduling/forecast.ts';
import { createLimiter } from '../../../server/src/engine/scheduling/createLimiter.ts';
import { createMemoryAllowance } from '../../../server/src/engine/scheduling/memoryAllowance.ts';
import { nodeYield } from '../../../server/src/adapters/nodeClock.ts';
import { memoryAnswers } from '../../fakes/memoryAnswers.ts';
import { VirtualTime } from '../../fakes/modelSimulator/virtualTime.ts';
import { TASK, type Item } from './runtimeWorld.ts';

const itemsOf = (from: number, count: number): readonly Item[] => Array.from({ length: count }, (_, n): Item => ({ id: `n${from + n}`, tokens: 5, text: 'x'.repeat(from + n) }));
const SETTINGS: Settings = { ...DEFAULT_SETTINGS, provider: 'openai', budgetPerRun: 0, models: { ...DEFAULT_SETTINGS.models, verify: 'm' } };
const CAPABILITIES: ModelProvider['capabilities'] = { structured: 'strict', embeddings: false, images: false, reportsUsage: true, embeddingInputs: 1, embeddingTokens: 1 };
const NO_JOURNAL: CallJournal = { load: async () => ok({ finished: [], unfinished: 0 }), begin: async () => ok(undefined), append: async () => ok(undefined) };
const never = new AbortController().signal;

describe('calls that are forecast', () => {
  it('are the calls that are made: a sample twice where nothing is known, all in full batches afterwards, none for what is kept', async () => {
    const time = new VirtualTime();
    const answers = memoryAnswers();
    let made = 0;
    const other = (): never => {
      throw new Error('Only completions are asked for.');
    };
    const complete = async ({ messages }: CompletionCall): ReturnType<ModelProvider['complete']> => {
      made++;
      const asked = (messages[0]?.content ?? '').split('\n').map((line) => line.split(': '));
      return {
        ok: true, value: { finish: 'stop', text: JSON.stringify({ items: asked.map(([id, text = '']) => ({ id, length: text.length })) }) },
        usage: { tokensIn: 10, tokensOut: 10, tokensCached: 0, estimated: false },
      };
    };
    const runtime = new ModelRuntime({
      answers, calls: NO_JOURNAL, addAttempt: () => Promise.resolve(), beginAttempt: () => Promise.resolve(), sleep: time.sleep, owner: 'me', now: () => time.now(), priceOf: () => null, historyOf: async () => [], yieldToHost: nodeYield,
      limiterOf: (resource, limits) => createLimiter({ resource, limits, clock: time, sleep: time.sleep, random: () => 0.5, allowance: createMemoryAllowance() }),
    });
    const run = async (runId: string, items: readonly Item[], task = TASK): Promise<{ readonly forecast: number; readonly askedTwice: number; readonly made: number }> => {
      const models = runtime.forRun({
        runId, settings: SETTINGS, provider: { name: 'openai', endpoint: 'https://models.example/v1', complete, embed: other, readPageImage: other, capabilities: CAPABILITIES }, limits: resourceLimits(SETTINGS),
        priority: 'batch', signal: never, paidBefore: { costUsd: 0, unansweredUsd: 0 }, repeatedBefore: 0, pause: () => undefined, changed: () => undefined,
      });
      await models.plan('verify', 'verify', task, items);
      made = 0;
      const outcomes = await time.until(Promise.all(models.ask('verify', 'verify', task, items)));
      expect(outcomes.map(({ id, result }) => [id, result])).toEqual(items.map(({ id, text }) => [id, { ok: true, value: text.length }]));
      const { calls: forecast = -1, askedTwice = 0 } = models.work()[0]?.forecast ?? {};
      return { forecast, askedTwice, made };
    };
    expect(await run('few', itemsOf(1_000, 20))).toEqual({ forecast: 3, askedTwice: 0, made: 3 });
    // 24 items twice in 3 calls each, then the other 76.
    expect(await run('many', itemsOf(0, 100))).toEqual({ forecast: 16, askedTwice: 24, made: 16 });
    expect(await run('known', itemsOf(200, 100))).toEqual({ forecast: 13, askedTwice: 0, made: 13 });
    expect(await run('half', itemsOf(250, 100))).toEqual({ forecast: 7, askedTwice: 0, made: 7 });
    // One item a call, in whose company nothing can depend on.
    expect(await run('alone', itemsOf(400, 100), { ...TASK, name: 'alone', alone: true })).toEqual({ forecast: 100, askedTwice: 0, made: 100 });
    expect(await run('kept', itemsOf(250, 100))).toEqual({ forecast: 0, askedTwice: 0, made: 0 });
  });
});

describe('the draws of a forecast', () => {
  const drawsOf = async (calls: number): Promise<readonly Drawn[]> => {
    const habits = { ...callHabits(400, []), callSpread: 0 };
    const { draws } = await forecastSpeed([Array.from({ length: calls }, () => ({ items: 1, tokensIn: 100 }))], habits, resourceLimits(SETTINGS), seededRandom(1), nodeYield, never);
    return draws;
  };

  it('are off both ways alike, so that their middle is where it is expected', async () => {
    const draws = await drawsOf(1);
    const product = (of: (drawn: Drawn) => number, at: number): number => of(draws[at] as Drawn) * of(draws[at + 1] as Drawn);
    const outEach = callHabits(400, []).tokensOutPerItem;
    for (let at = 0; at < draws.length; at += 2) {
      expect(product(({ tokensIn }) => tokensIn, at)).toBeCloseTo(100 ** 2);
      expect(product(({ tokensOut }) => tokensOut, at)).toBeCloseTo(outEach ** 2);
    }
    expect(new Set(draws.map(({ milliseconds }) => milliseconds)).size).toBe(draws.length);
  });

  it('are many of a short run, which ends with its slowest call, and few of a long one', async () => {
    expect((await drawsOf(1)).length).toBe(50);
    expect((await drawsOf(400)).length).toBe(16);
    expect((await drawsOf(1_000)).length).toBe(10);
  });
});

describe('what a forecast has learned', () => {
  const metric = (more: Partial<Metric> = {}): Metric => ({
    operation: 'verify', startedAt: 0, endedAt: 100_000, items: 80, calls: 20, tokensIn: 40_000, tokensOut: 8_000, tokensCached: 0, costUsd: 0, estimated: false,
    meanConcurrency: 4, errors: 0, retries: 0, rateLimited: 0, ...more,
  });
  const sample = (concurrency: number, more: Partial<SpeedSample> = {}): SpeedSample => ({ at: 0, inFlight: concurrency, concurrency, waiting: 9, requestsPerMinute: null, tokensPerMinute: null, ...more });
  const earlier = (samples: readonly SpeedSample[], more: Partial<EarlierRun> = {}): EarlierRun => ({ metric: metric(), forecastTokensIn: 32_000, assumed: false, askedItems: 80, samples, latency: { p50: 10_000, p90: 20_000 }, ...more });

  it('is what an item took, how far the estimate was off, and how calls spread', () => {
    const habits = callHabits(400, [earlier([])]);
    expect(habits).toMatchObject({ tokensOutPerItem: 100, tokensInRatio: 1.25, runs: 1, atOnce: null });
    // Four at once for 100 seconds are 20 seconds for each of 20 calls.
    expect(habits.baseMs + 2_000 * habits.msPerTokenIn + 400 * habits.msPerTokenOut).toBeCloseTo(20_000);
    expect(habits.callSpread).toBeCloseTo(Math.log(2) / 1.2816);
    expect(callHabits(400, [earlier([], { latency: { p50: 10_000, p90: 20_000, spread: 0.4 } })]).callSpread).toBe(0.4);
  });

  it('is how many answers could not be used, but for limits: they are asked for again, and that takes time', async () => {
    const failing = earlier([], { metric: metric({ errors: 7, rateLimited: 2 }) });
    expect(callHabits(400, [failing]).failedShare).toBe(0.25);
    const plan: PlannedTask = { operation: 'verify', model: 'm', items: 160, cachedItems: 0, askedTwice: 0, mostTokensOut: 400, phases: [Array.from({ length: 40 }, () => ({ items: 4, tokensIn: 1_600 }))] };
    const minutes = async (run: EarlierRun): Promise<number> => (await forecastTask(plan, [run], resourceLimits(SETTINGS), null, nodeYield, never)).minutesP50;
    expect(await minutes(failing)).toBeGreaterThan(1.2 * (await minutes(earlier([]))));
  });

  it('is learned of plans that had to assume something from such plans alone, and the other way round', () => {
    const guessed = earlier([], { assumed: true, forecastTokensIn: 80_000 });
    expect(callHabits(400, [guessed, earlier([])], true)).toMatchObject({ tokensInRatio: 0.5, runs: 2 });
    expect(callHabits(400, [guessed, earlier([])])).toMatchObject({ tokensInRatio: 1.25, runs: 2 });
    const [known, assumed] = [callHabits(400, [guessed]), callHabits(400, [earlier([])], true)];
    expect([known.tokensInRatio, assumed.tokensInRatio]).toEqual([1, 1]);
    expect(assumed.tokensInSpread).toBeGreaterThan(callHabits(400, [guessed], true).tokensInSpread);
    expect(known.tokensInSpread).toBeLessThan(assumed.tokensInSpread);
  });

  it('is how many calls at once were borne, where the run had to step back to so many', () => {
    const steppedBack = [8, 8, 3, 3, 3, 4, 4, 4].map((concurrency) => sample(concurrency));
    expect(callHabits(400, [earlier(steppedBack)]).atOnce).toBe(4);
    expect(callHabits(400, [earlier([8, 10, 12, 14, 16, 18, 20, 22].map((concurrency) => sample(concurrency)))]).atOnce).toBeNull();
    expect(callHabits(400, [earlier(steppedBack.map((one) => ({ ...one, waiting: 0 })))]).atOnce).toBeNull();
  });

  it('is the limit the provider named: it makes the same calls take longer, and is what binds', async () => {
    const plan: PlannedTask = { operation: 'verify', model: 'm', items: 160, cachedItems: 0, askedTwice: 0, mostTokensOut: 400, phases: [Array.from({ length: 40 }, () => ({ items: 4, tokensIn: 1_600 }))] };
    const forecast = (samples: readonly SpeedSample[]): ReturnType<typeof forecastTask> => forecastTask(plan, [earlier(samples)], resourceLimits(SETTINGS), null, nodeYield, never);
    const free = await forecast([]);
    const limited = await forecast([sample(8, { requestsPerMinute: 5 })]);
    expect(free.minutesP50).toBeLessThan(4);
    expect(limited.minutesP50).toBeGreaterThan(6.5);
    expect(limited.limit).toContain('Requests per minute');
    // What asks the same model beside it waits, too.
    expect(limited.heldBack).toBe(true);
    const single = await forecastTask({ ...plan, phases: [[{ items: 4, tokensIn: 1_600 }]] }, [earlier([])], resourceLimits(SETTINGS), null, nodeYield, never);
    expect(single).not.toHaveProperty('heldBack');
  });
});
