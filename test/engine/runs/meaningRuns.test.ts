import { beforeAll, describe, expect, it } from 'vitest';
import { createEngine, DEFAULT_SETTINGS, type RunRequest, type Runs, type Settings } from '../../../server/src/engine/index.ts';
import type { Match, RunOutput, RunSnapshot } from '../../../shared/model.ts';
import { nodeClock, nodeYield } from '../../../server/src/adapters/nodeClock.ts';
import { nodeSleep } from '../../../server/src/adapters/nodeSleep.ts';
import type { CallFailure } from '../../../server/src/engine/ports.ts';
import { fakeModel, plainJudge, type AskedRow, type FakeModel, type FakeModelOptions } from '../../fakes/fakeModel.ts';
import { fakePorts } from '../../fakes/fakePorts.ts';
import { memoryAnswers, type MemoryAnswers } from '../../fakes/memoryAnswers.ts';
import { checkLedger, value } from './scenarios.ts';

const TREES = ['amber', 'birch', 'cedar', 'dahlia', 'elm', 'fern', 'ginger', 'hazel', 'iris', 'juniper'];
const NAMES = TREES.flatMap((tree) => ['loans', 'pensions', 'bonuses'].map((kind) => `${tree} ${kind}`));
const markdown = (sections: readonly (readonly [title: string, text: string])[]): string => sections.map(([title, text], at) => `## ${at + 1}. ${title}\n\n${text}\n`).join('\n');
/** Its counterpart shares no word with it, and nothing else does either. */
const ODD = ['Hardship', 'Debts of bereaved partners may be forgiven.'] as const;
const EVEN = ['Relief', 'The committee is able to cancel what widowed spouses still owe.'] as const;
const OLD = markdown([...NAMES.map((name) => [name, `The board pays ${name} to workers who have asked for them in writing.`] as const), ODD]);
const NEW = markdown([...NAMES.map((_, at) => [`Zone ${'abcdefghij'.charAt(at % 10)}${'klmnop'.charAt(at % 6)}`, `Nothing of note stands here ${'abcdefghijklmnopqrstuvwxyz'.slice(at % 20)} zone.`] as const), EVEN]);
/** Rules find the first five counterparts, and little for the others. */
const NEAR_NEW = markdown([...NAMES.map((name, at) => (at < 5 ? [name, `Workers receive ${name} from the board, provided that a written question was handed in.`] as const : [`Zone ${at}`, `Nothing of note stands here ${'abcdefghijklmnopqrstuvwxyz'.slice(at % 20)} zone.`] as const)), EVEN]);

const VERIFY: Settings = { ...DEFAULT_SETTINGS, provider: 'openai', models: { ...DEFAULT_SETTINGS.models, verify: 'gpt-4o-mini' } };
const MEANING: Settings = { ...VERIFY, models: { ...VERIFY.models, embed: 'text-embedding-3-small' } };
const ODD_ID = /Debts of bereaved/u;

function vectorOf(text: string): readonly number[] {
  const grief = /bereaved|widowed/u.test(text) ? 1 : 0;
  return [grief, ...[7, 11, 13].map((step) => (grief === 1 ? 0 : ((text.length * step) % 17) / 17 - 0.5)), 0.01];
}

/** Knows that the two say the same, once it is shown both. */
function judge(row: AskedRow): unknown {
  if (!ODD_ID.test(row.source)) return plainJudge(row);
  const found = row.candidates.find(({ text }) => text.includes('widowed'));
  const head = { id: row.id, sourceQuotes: ['Debts of bereaved partners'] };
  if (found === undefined) return { ...head, targets: [], why: 'None is about the same matter.', relation: 'missing', variance: 'design', impact: 'high' };
  return { ...head, targets: [{ id: found.id, quotes: ['cancel what widowed spouses still owe'], role: 'whole' }], why: 'Both let debts of the bereaved go.', relation: 'changed', variance: 'design', impact: 'medium' };
}

interface Engine {
  readonly runs: Runs;
  readonly answers: MemoryAnswers;
  readonly model: FakeModel;
}

interface Ran extends Engine {
  readonly end: RunSnapshot;
  readonly output: RunOutput;
}

const requestOf = (settings: Settings): RunRequest => ({ workflow: 'crosswalk', inputs: ['old.md', 'new.md'].map((key) => ({ key, path: key })), settings });

function engineOf(options: FakeModelOptions, target: string): Engine {
  const model = fakeModel({ judge, vectorOf, ...options });
  const answers = memoryAnswers();
  const ports = { ...fakePorts({ files: new Map([['old.md', OLD], ['new.md', target]]), modelProvider: model.port, answers }), clock: nodeClock, sleep: nodeSleep, yieldToHost: nodeYield };
  return { runs: createEngine(ports).runs, answers, model };
}

const outputOf = async (runs: Runs, id: string): Promise<RunOutput> => value(await runs.output([id])).runs[0] as RunOutput;

async function ran(settings: Settings, options: FakeModelOptions = {}, target = NEW): Promise<Ran> {
  const engine = engineOf(options, target);
  const id = value(await engine.runs.start(requestOf(settings)));
  const end = await engine.runs.settled(id);
  return { ...engine, end, output: await outputOf(engine.runs, id) };
}

const odd = ({ matches }: RunOutput): Match => matches.at(-1) as Match;
const found = ({ matches, newTargets, ledger }: RunOutput): unknown => ({ matches, newTargets, ledger });
const noted = ({ why }: Match): string => why.filter(({ rule }) => rule === 'candidate.meaning').map(({ detail }) => detail).join(' ');

let byWords: Ran;
let byMeaning: Ran;
beforeAll(async () => {
  byWords = await ran(VERIFY);
  byMeaning = await ran(MEANING);
}, 60_000);

describe('a counterpart that shares no words', () => {
  it('is not found without a model for embeddings, which is then not asked', () => {
    expect(byWords.model.embedded).toEqual([]);
    expect(odd(byWords.output)).toMatchObject({ outcome: 'abstained', relation: null, targets: [] });
    expect(odd(byWords.output).candidates.some(({ targetId }) => targetId === odd(byMeaning.output).targets[0]?.targetId)).toBe(false);
  });

  it('is shown to the deciding model where it is near in meaning, and the row says who found it', () => {
    const match = odd(byMeaning.output);
    expect(match).toMatchObject({ outcome: 'decided', relation: 'changed' });
    expect(match.targets[0]?.evidence.target[0]?.quote).toBe('cancel what widowed spouses still owe');
    expect(noted(match)).toMatch(/^Shown beside the best by words, near in meaning by text-embedding-3-small: 31 Relief; /u);
    checkLedger(byMeaning.end);
    expect(byMeaning.end.state).toBe('done');
  });

  it('has a confidence that is no nearness: not above that of any candidate of the rules', () => {
    const [match, before] = [odd(byMeaning.output), odd(byWords.output)];
    const scored = match.candidates.filter(({ targetId }) => before.candidates.some((candidate) => candidate.targetId === targetId));
    expect(match.confidence).toBeGreaterThanOrEqual(0);
    expect(match.confidence).toBeLessThan(0.75);
    expect(scored.length).toBeGreaterThan(10);
  });

  it('stands last among at most twenty candidates, with a score that is not above the others', () => {
    for (const { candidates } of byMeaning.output.matches) {
      expect(candidates.length).toBeLessThanOrEqual(20);
      const scores = candidates.map(({ score }) => score);
      expect(scores).toEqual(scores.toSorted((a, b) => b - a));
      expect(new Set(candidates.map(({ targetId }) => targetId)).size).toBe(candidates.length);
    }
    expect(odd(byMeaning.output).candidates.filter(({ claimed }) => claimed).map(({ targetId }) => targetId)).toEqual(odd(byMeaning.output).targets.map(({ targetId }) => targetId));
    // The best of the rules stay where they were.
    byMeaning.output.matches.forEach((match, at) => {
      const before = byWords.output.matches[at]?.candidates.slice(0, 10).map(({ targetId }) => targetId) ?? [];
      expect(match.candidates.slice(0, 10).map(({ targetId }) => targetId)).toEqual(before);
    });
  });

  it('is asked for once a text, and counted by an operation of its own', () => {
    const texts = byMeaning.model.embedded.flat();
    expect(new Set(texts).size).toBe(texts.length);
    expect(texts).toContain(`${ODD[0]}\n${ODD[1]}`);
    const metric = byMeaning.end.metrics.find(({ operation }) => operation === 'compareByMeaning');
    expect(metric).toMatchObject({ calls: byMeaning.model.embedded.length, errors: 0, tokensOut: 0 });
    expect(metric?.costUsd).toBeCloseTo(((metric?.tokensIn ?? 0) * 0.02) / 1e6, 12);
    expect(byMeaning.end.models?.map(({ operation }) => operation)).toEqual(['compareByMeaning', 'verify']);
  });

  it('is asked about where the documents are too far apart for rules', async () => {
    const words = await ran(VERIFY, {}, NEAR_NEW);
    expect(odd(words.output).reason).toBe('nothing was found for it, and little for the others: the documents may be too far apart for rules');
    const meaning = await ran(MEANING, {}, NEAR_NEW);
    expect(odd(meaning.output)).toMatchObject({ outcome: 'decided', relation: 'changed' });
  });

  it('is found whatever order the vectors come in', async () => {
    const waiting: (() => void)[] = [];
    const backwards = await ran(MEANING, {
      beforeVectors: () => new Promise((resolve) => {
        waiting.push(resolve);
        setImmediate(() => waiting.pop()?.());
      }),
    });
    expect(found(backwards.output)).toEqual(found(byMeaning.output));
  });
});

describe('vectors that fail', () => {
  const refused: CallFailure = { code: 'refused', message: 'The model is not served here.', retry: 'never' };

  it('leave the rows to what rules found, and every row says so', async () => {
    const failing = await ran(MEANING, { vectorOf: () => refused });
    expect(failing.end.state).toBe('done');
    checkLedger(failing.end);
    expect(failing.end.metrics.find(({ operation }) => operation === 'compareByMeaning')?.errors).toBeGreaterThan(0);
    const asked = failing.output.matches.filter(({ why }) => why[0]?.rule === 'gpt-4o-mini');
    expect(asked.length).toBeGreaterThan(5);
    for (const match of asked) expect(noted(match)).toBe('text-embedding-3-small gave no vector of it, so no target was looked for by meaning: The model is not served here.');
    const verdicts = (output: RunOutput): unknown => output.matches.filter(({ relation }) => relation !== 'missing').map(({ sourceId, outcome, targets, candidates }) => ({ sourceId, outcome, targets, candidates }));
    expect(verdicts({ ...failing.output, matches: failing.output.matches.filter(({ sourceId }) => asked.some((match) => match.sourceId === sourceId)) }))
      .toEqual(verdicts({ ...byWords.output, matches: byWords.output.matches.filter(({ sourceId }) => asked.some((match) => match.sourceId === sourceId)) }));
  });

  it('of one target are told, and fail nothing else', async () => {
    const failing = await ran(MEANING, { vectorOf: (text) => (text.includes('widowed') ? refused : vectorOf(text)) });
    expect(failing.end.state).toBe('done');
    expect(odd(failing.output)).toMatchObject({ outcome: 'abstained' });
    expect(noted(odd(failing.output))).toContain('gave no vector of 1 of 31 targets, so these were not looked at by meaning: The model is not served here.');
  });

  it('of different lengths, or with something that is no number, are not compared', async () => {
    const failing = await ran(MEANING, { vectorOf: (text) => (text.includes('widowed') ? [1, 2] : text.includes('bereaved') ? [Number.NaN, 0, 0, 0, 1] : vectorOf(text)) });
    expect(failing.end.state).toBe('done');
    expect(noted(odd(failing.output))).toMatch(/^text-embedding-3-small gave no vector of it, .*something else than a vector of numbers\.$/u);
    expect(noted(failing.output.matches[0] as Match)).toContain('1 of 31 targets, so these were not looked at by meaning: The model gave a vector of another length than the others.');
  });
});

describe('a run that is stopped within its embeddings', () => {
  /** The server never answers; the run is cancelled meanwhile. */
  const cancelled = async ({ runs }: Engine, signal: AbortSignal): Promise<void> => {
    const [run] = value(await runs.list(0, 1)).runs;
    runs.cancel(run?.id ?? '', 'Cancelled by you.');
    await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
  };
  const resumed = async (paused: Ran, changes: Parameters<Runs['resume']>[1] = {}): Promise<RunOutput> => {
    const { runs, end: { id } } = paused;
    value(await runs.resume(id, changes));
    expect(await runs.settled(id)).toMatchObject({ state: 'done' });
    return outputOf(runs, id);
  };

  it('by its budget is paused, and goes on to the same end without paying again, also when the cache is gone', async () => {
    const cost = byMeaning.end.metrics.find(({ operation }) => operation === 'compareByMeaning')?.costUsd ?? 0;
    const paused = await ran({ ...MEANING, budgetPerRun: cost * 0.7 });
    expect(paused.end).toMatchObject({ state: 'paused', resumable: true });
    expect(paused.model.asked).toEqual([]);
    expect(paused.model.embedded.length).toBeGreaterThan(0);
    paused.answers.entries.clear();
    expect(found(await resumed(paused, { budgetPerRun: 10 }))).toEqual(found(byMeaning.output));
    const texts = paused.model.embedded.flat();
    expect(new Set(texts).size).toBe(texts.length);
  });

  it('by a person, at any of its requests, goes on to the same end', async () => {
    for (const at of byMeaning.model.embedded.keys()) {
      const engine = engineOf({ beforeVectors: (call, signal) => (call === at ? cancelled(engine, signal) : Promise.resolve()) }, NEW);
      const id = value(await engine.runs.start(requestOf(MEANING)));
      const end = await engine.runs.settled(id);
      expect(end.state, `at request ${at}`).toBe('cancelled');
      expect(found(await resumed({ ...engine, end, output: byMeaning.output }))).toEqual(found(byMeaning.output));
    }
  });

  it('after them asks for no vector again, though the cache is gone', async () => {
    const engine = engineOf({ before: (call, signal) => (call === 1 ? cancelled(engine, signal) : Promise.resolve()) }, NEW);
    const id = value(await engine.runs.start(requestOf(MEANING)));
    const end = await engine.runs.settled(id);
    expect(end.state).toBe('cancelled');
    const before = engine.model.embedded.length;
    expect(before).toBe(byMeaning.model.embedded.length);
    engine.answers.entries.clear();
    expect(found(await resumed({ ...engine, end, output: byMeaning.output }))).toEqual(found(byMeaning.output));
    expect(engine.model.embedded.length).toBe(before);
  });
});

describe('a forecast', () => {
  it('lists what is embedded and what is then asked, without asking', async () => {
    const engine = engineOf({}, NEW);
    const { planned } = value(await engine.runs.estimate(requestOf(MEANING), new AbortController().signal));
    expect(planned.map(({ operation }) => operation)).toEqual(['compareByMeaning', 'verify']);
    expect([engine.model.embedded, engine.model.asked]).toEqual([[], []]);
    expect(planned[0]?.forecast).toMatchObject({ items: new Set(byMeaning.model.embedded.flat()).size, calls: byMeaning.model.embedded.length, tokensOut: 0 });
    expect(planned[0]?.resource).toContain('text-embedding-3-small');
    // With the candidates that will be added.
    const used = byMeaning.end.metrics.find(({ operation }) => operation === 'verify')?.tokensIn ?? 0;
    const alone = value(await engineOf({}, NEW).runs.estimate(requestOf(VERIFY), new AbortController().signal)).planned[0]?.forecast.tokensIn ?? 0;
    expect(planned[1]?.forecast.tokensIn).toBeGreaterThan(alone);
    expect((planned[1]?.forecast.tokensIn ?? 0) / used).toBeGreaterThan(0.7);
    expect((planned[1]?.forecast.tokensIn ?? 0) / used).toBeLessThan(1.3);
  });

  it('knows after a run that the same is answered already', async () => {
    const { planned } = value(await byMeaning.runs.estimate(requestOf(MEANING), new AbortController().signal));
    expect(planned.map(({ forecast }) => [forecast.calls, forecast.items - forecast.cachedItems])).toEqual([[0, 0], [0, 0]]);
  });
});
