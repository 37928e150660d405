import { describe, expect, it } from 'vitest';
import type { CallFailure, CallResult } from '../../../server/src/engine/ports.ts';
import { nodeYield } from '../../../server/src/adapters/nodeClock.ts';
import { directionOf } from '../../../server/src/engine/models/direction.ts';
import { callHabits, latency } from '../../../server/src/engine/scheduling/callHabits.ts';
import { embeddingProcess, embeddingWorld, INPUTS, SETTINGS, shown, usageOf, vectorOf, vectors, type Vectors } from './embeddingWorld.ts';

const textsOf = (from: number, count: number): readonly string[] => Array.from({ length: count }, (_, n) => `text number ${from + n}`);
const directions = (texts: readonly string[]): unknown => texts.map((text) => [...directionOf(vectorOf(text))]);
const refused = (message: string): CallResult<Vectors> => ({ ok: false, failure: { code: 'refused', message, retry: 'never' } });
const OPERATION = 'compare';

describe('texts by meaning', () => {
  it('have one direction each, in order; equal ones are asked once, ones without words never', async () => {
    const world = embeddingWorld();
    const models = embeddingProcess(world).forRun();
    const found = await models.embeddings.of(OPERATION, ['b', 'a', 'b', ' \n', '']);
    expect(shown(found)).toEqual([...(directions(['b', 'a', 'b']) as unknown[]), 'unreadable', 'unreadable']);
    expect(world.requests).toEqual([['b', 'a']]);
    expect(models.takeMetrics()).toMatchObject([{ operation: OPERATION, calls: 1, tokensIn: 2, tokensOut: 0, errors: 0 }]);
    expect(models.counts(OPERATION)).toBe(true);
  });

  it('are asked in requests of what the provider takes', async () => {
    const world = embeddingWorld();
    await embeddingProcess(world).forRun().embeddings.of(OPERATION, [...textsOf(0, 9), 'long '.repeat(1_200), 'short']);
    expect(world.requests.map(({ length }) => length).toSorted()).toEqual([1, 1, 1, INPUTS, INPUTS]);
  });

  it('are known in another run, and in the same when it is taken up without the cache', async () => {
    const world = embeddingWorld();
    const texts = textsOf(0, 10);
    const first = shown(await embeddingProcess(world).forRun().embeddings.of(OPERATION, texts));
    const asked = world.requests.length;
    // The journal of another run begins empty.
    const other = embeddingProcess({ ...world, finished: new Map(), begun: new Set() }).forRun({ runId: 'other' });
    expect(shown(await other.embeddings.of(OPERATION, texts))).toEqual(first);
    expect(other.work()[0]?.cachedItems).toBe(10);
    world.answers.entries.clear();
    expect(shown(await embeddingProcess(world).forRun().embeddings.of(OPERATION, texts))).toEqual(first);
    expect(world.requests.length).toBe(asked);
  });

  it('of another model, endpoint or wording are others', async () => {
    const world = embeddingWorld();
    await embeddingProcess(world).forRun().embeddings.of(OPERATION, ['a']);
    const settings = { ...SETTINGS, models: { ...SETTINGS.models, embed: 'f' } };
    await embeddingProcess(world).forRun({ settings }).embeddings.of(OPERATION, ['a']);
    await embeddingProcess(world).forRun().embeddings.of(OPERATION, ['a ']);
    expect(world.requests).toEqual([['a'], ['a'], ['a ']]);
    expect(world.answers.entries.size).toBe(3);
  });

  it('that two runs ask at once are asked once', async () => {
    const world = embeddingWorld();
    const process = embeddingProcess(world, async (texts) => {
      for (let turn = 0; turn < 5; turn += 1) await nodeYield();
      return vectors(texts);
    });
    const texts = textsOf(0, 6);
    const [one, other] = await Promise.all([process.forRun({ runId: 'one' }).embeddings.of(OPERATION, texts), process.forRun({ runId: 'other' }).embeddings.of(OPERATION, texts)]);
    expect(shown(one)).toEqual(directions(texts));
    expect(shown(other)).toEqual(directions(texts));
    expect(world.requests.flat().toSorted()).toEqual(texts.toSorted());
  });

  it('fail alone, and are told with the reason', async () => {
    const world = embeddingWorld();
    const texts = textsOf(0, 8);
    const models = embeddingProcess(world, async (asked) => (asked.includes('text number 5') ? refused('It is too long.') : vectors(asked))).forRun();
    expect(shown(await models.embeddings.of(OPERATION, texts))).toEqual((directions(texts) as unknown[]).map((direction, at) => (at === 5 ? 'refused' : direction)));
    expect(models.work()[0]?.advice).toContain('1 of 8 texts have no vector: It is too long.');
    expect(models.takeMetrics()[0]?.errors).toBeGreaterThan(0);
    // What would end the same way is not asked again by this run; another one may ask.
    const asked = world.requests.length;
    expect(shown(await embeddingProcess(world).forRun().embeddings.of(OPERATION, texts))).toContain('refused');
    expect(world.requests.length).toBe(asked);
  });

  it('are asked again in a run that is taken up where the failure may heal', async () => {
    const world = embeddingWorld();
    const down: CallFailure = { code: 'unauthorized', message: 'The key is not accepted.', retry: 'later' };
    expect(shown(await embeddingProcess(world, async () => ({ ok: false, failure: down })).forRun().embeddings.of(OPERATION, ['a']))).toEqual(['unauthorized']);
    expect(shown(await embeddingProcess(world).forRun().embeddings.of(OPERATION, ['a']))).toEqual(directions(['a']));
  });

  it.each<[name: string, answer: (texts: readonly string[]) => Vectors, expected: readonly string[]]>([
    ['too few', (texts) => texts.slice(1).map(vectorOf), ['badAnswer', 'badAnswer']],
    ['too many', (texts) => [...texts, 'more'].map(vectorOf), ['badAnswer', 'badAnswer']],
    ['not numbers', (texts) => texts.map(() => [1, Number.NaN]), ['badAnswer', 'badAnswer']],
    ['not finite', (texts) => texts.map(() => [1, Infinity]), ['badAnswer', 'badAnswer']],
    ['nothing but zeros', (texts) => texts.map(() => [0, 0]), ['badAnswer', 'badAnswer']],
    ['empty', (texts) => texts.map(() => []), ['badAnswer', 'badAnswer']],
    ['of another length', (texts) => texts.map((text) => (text === 'odd' ? [1, 2, 3] : vectorOf(text))), ['fine', 'badAnswer']],
  ])('have no direction where the vectors are %s', async (_, answer, expected) => {
    const world = embeddingWorld();
    const found = await embeddingProcess(world, async (texts) => ({ ok: true, value: answer(texts), usage: usageOf(texts) })).forRun().embeddings.of(OPERATION, ['fine', 'odd']);
    expect((shown(found) as unknown[]).map((one) => (Array.isArray(one) ? 'fine' : one))).toEqual(expected);
    // Nothing that cannot be used is kept as an answer.
    if (!expected.includes('fine')) expect(world.answers.entries.size).toBe(0);
  });

  it('are not read from what was kept damaged', async () => {
    const world = embeddingWorld();
    await embeddingProcess(world).forRun().embeddings.of(OPERATION, ['a', 'b']);
    for (const [key, { usage }] of world.answers.entries) world.answers.entries.set(key, { answer: '{"not":"it"}', usage });
    const other = embeddingProcess({ ...world, finished: new Map(), begun: new Set() }).forRun({ runId: 'other' });
    expect(shown(await other.embeddings.of(OPERATION, ['a', 'b']))).toEqual(['badAnswer', 'badAnswer']);
  });

  it('tell how many are known, up to all of them', async () => {
    const told: number[] = [];
    await embeddingProcess(embeddingWorld()).forRun().embeddings.of(OPERATION, textsOf(0, 10), (known) => void told.push(known));
    expect(told).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });

  it('are nobody\'s where the provider has no embeddings', () => {
    const models = embeddingProcess(embeddingWorld(), undefined, { embeddings: false }).forRun();
    expect(models.modelFor('embed')).toBeNull();
  });
});

describe('a budget', () => {
  it('pauses the run within its embeddings; what is answered is not paid again', async () => {
    const world = embeddingWorld();
    const texts = textsOf(0, 20);
    const price = { input: 1_000, cachedInput: 1_000, output: 0 };
    const run = async (budgetPerRun: number): Promise<{ readonly end: unknown; readonly paused: readonly string[]; readonly keptAtRest: number }> => {
      const abort = new AbortController();
      const paused: string[] = [];
      let rest = Promise.resolve(0);
      const process = embeddingProcess(world, undefined, { price });
      const models = process.forRun({
        settings: { ...SETTINGS, budgetPerRun }, signal: abort.signal,
        pause: (why) => {
          paused.push(why);
          abort.abort(new Error('Paused.'));
          // The run is brought to rest at once, whatever its workflow still waits for.
          rest = models.close().then(() => world.finished.size);
        },
      });
      const end = await models.embeddings.of(OPERATION, texts).then(shown, (thrown: unknown) => (thrown as Error).message);
      return { end, paused, keptAtRest: await rest };
    };
    // A text costs some third of a cent.
    const { end, paused, keptAtRest } = await run(0.04);
    expect(end).toBe('Paused.');
    expect(paused[0]).toMatch(/^The budget of \$0\.04 for a run does not allow another call/u);
    const kept = [...world.finished.values()];
    expect(kept.length).toBeGreaterThan(0);
    const paid = kept.reduce((sum, { costUsd }) => sum + costUsd, 0);
    expect(paid).toBeLessThanOrEqual(0.04);
    expect(paid).toBeCloseTo(usageOf(world.requests.flat()).tokensIn / 1_000, 9);
    // What was sent has come in and is on disk when the run is at rest.
    expect(keptAtRest).toBe(world.requests.flat().length);
    expect((await run(10)).end).toEqual(directions(texts));
    expect(world.requests.flat().length).toBe(texts.length);
  });
});

describe('embeddings that are forecast', () => {
  it('are the requests that are made, of texts that are not known', async () => {
    const world = embeddingWorld();
    const process = embeddingProcess(world, undefined, { price: { input: 1_000, cachedInput: 1_000, output: 0 } });
    const run = async (runId: string, texts: readonly string[]): Promise<readonly (number | null | undefined)[]> => {
      const models = process.forRun({ runId });
      await models.embeddings.plan(OPERATION, texts);
      const before = world.requests.length;
      await models.embeddings.of(OPERATION, texts);
      const { calls, items, cachedItems, tokensOut } = models.work()[0]?.forecast ?? {};
      expect(calls).toBe(world.requests.length - before);
      return [calls, items, cachedItems, tokensOut];
    };
    expect(await run('first', [...textsOf(0, 10), ...textsOf(0, 10), ''])).toEqual([3, 10, 0, 0]);
    expect(await run('half', textsOf(5, 10))).toEqual([2, 10, 5, 0]);
    expect(await run('known', textsOf(0, 15))).toEqual([0, 15, 15, 0]);
  });

  it('cost what they take in', async () => {
    const models = embeddingProcess(embeddingWorld(), undefined, { price: { input: 1_000, cachedInput: 1_000, output: 5_000 } }).forRun();
    await models.embeddings.plan(OPERATION, ['word '.repeat(100)]);
    const { costP50, tokensIn } = models.work()[0]?.forecast ?? {};
    expect(tokensIn).toBeGreaterThan(90);
    expect(costP50).toBeCloseTo((tokensIn ?? 0) / 1_000, 2);
  });

  it('take a call less time than one that writes an answer as long as its question', () => {
    const [embedding, completion] = [callHabits(0, []), callHabits(100, [])];
    expect(latency(30_000, 0, embedding)).toBeLessThan(latency(30_000, 0, completion) / 5);
    expect(embedding.tokensOutPerItem).toBe(0);
  });

  it('are told without asking where all of them are known, and not at all otherwise', async () => {
    const world = embeddingWorld();
    const process = embeddingProcess(world);
    await process.forRun().embeddings.of(OPERATION, ['a', 'b']);
    const { embeddings } = process.forRun({ runId: 'other' });
    expect(shown(await embeddings.known(['b', 'a', '']))).toEqual([...(directions(['b', 'a']) as unknown[]), 'unreadable']);
    expect(await embeddings.known(['a', 'c'])).toBeNull();
    expect(world.requests.length).toBe(1);
  });
});
