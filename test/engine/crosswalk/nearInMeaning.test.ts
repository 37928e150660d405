import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ok, type Result } from '../../../shared/failure.ts';
import type { Match } from '../../../shared/model.ts';
import { directionOf, type Direction } from '../../../server/src/engine/models/direction.ts';
import type { ItemOutcome, Models } from '../../../server/src/engine/models/modelRuntime.ts';
import type { CrosswalkQuestion } from '../../../server/src/engine/models/tasks/crosswalkQuestion.ts';
import { runComputeJob } from '../../../server/src/engine/runComputeJob.ts';
import type { DecisionContext } from '../../../server/src/engine/workflows/crosswalk/decideMatch.ts';
import { nearInMeaning, type NearInMeaning } from '../../../server/src/engine/workflows/crosswalk/meaning/nearInMeaning.ts';
import type { NearestInput } from '../../../server/src/engine/workflows/crosswalk/meaning/nearestInput.ts';
import type { Provision } from '../../../server/src/engine/workflows/crosswalk/provisions.ts';
import type { SourceScores } from '../../../server/src/engine/workflows/crosswalk/scoringTypes.ts';
import { verifiedMatch } from '../../../server/src/engine/workflows/crosswalk/verifyRow.ts';
import type { RunContext } from '../../../server/src/engine/workflows/workflow.ts';
import { documentOf, run } from './harness.ts';

const nearest = (sources: readonly Direction[], targets: readonly (Direction | null)[], without: readonly (readonly number[])[], most: number): readonly (readonly number[])[] =>
  runComputeJob('nearestTargets', { sources, targets, without, most }, { progress: () => undefined }).map(({ places }) => places);

describe('targets near in meaning', () => {
  const vector = fc.array(fc.integer({ min: -100, max: 100 }), { minLength: 6, maxLength: 6 }).filter((values) => values.some((value) => value !== 0));

  it('are those of the largest cosine, without those left out and those nobody knows', () => {
    fc.assert(fc.property(fc.array(vector, { minLength: 1, maxLength: 5 }), fc.array(fc.option(vector), { maxLength: 12 }), fc.array(fc.nat(11), { maxLength: 4 }), (left, right, out) => {
      const [sources, targets] = [left.map(directionOf), right.map((one) => (one === null ? null : directionOf(one)))];
      const dot = (a: Direction, b: Direction): number => a.reduce((sum, value, k) => sum + value * (b[k] as number), 0);
      const cosine = (source: Direction, j: number): number => dot(source, targets[j] as Direction) / Math.sqrt(dot(targets[j] as Direction, targets[j] as Direction));
      nearest(sources, targets, sources.map(() => out), 3).forEach((found, i) => {
        const source = sources[i] as Direction;
        const may = [...targets.keys()].filter((j) => targets[j] !== null && !out.includes(j));
        expect(found).toEqual(may.toSorted((a, b) => cosine(source, b) - cosine(source, a) || a - b).slice(0, 3));
      });
    }));
  });
});

describe('a row', () => {
  const provision = (key: string, text: string, title?: string): Provision => ({ unit: { key, ...(title === undefined ? {} : { title }) }, text }) as unknown as Provision;
  const decision = { sources: [provision('s#0', 'source')], targets: [provision('t#0', 'The first of them'), provision('t#1', 'x', 'Second'), provision('t#2', 'z')] } as unknown as DecisionContext;
  const match = { sourceId: 's#0', candidates: [{ targetId: 't#2', score: -2, claimed: true }], why: [] } as unknown as Match;
  const context = {
    isDone: () => false, progress: () => undefined, signal: new AbortController().signal,
    compute: { run: (job: 'nearestTargets', input: NearestInput) => Promise.resolve(runComputeJob(job, input, { progress: () => undefined })) },
    step: async <T>(_step: string, _operation: string, _items: number, work: () => Promise<{ readonly value: T }>) => (await work()).value,
  } as unknown as RunContext;
  const failed: Result<Direction> = { ok: false, failure: { code: 'refused', message: 'No.', retry: 'never' } };
  const of = (...vectors: readonly (readonly number[] | null)[]): Models =>
    ({ modelFor: () => 'e', embeddings: { plan: async () => undefined, of: async () => vectors.map((vector) => (vector === null ? failed : ok(directionOf(vector)))) } }) as unknown as Models;

  it.each<[name: string, vectors: readonly (readonly number[] | null)[], near: NearInMeaning, why: readonly string[]]>([
    ['is told what is near it', [[1, 0], [1, 1], [1, 0.2], [1, 0]], { targetIds: ['t#1', 't#0'], complete: true }, ['Shown beside the best by words, near in meaning by e: Second; “The first of them”.']],
    ['is told that a target was passed over', [[1, 0], null, [1, 0.2], [1, 0]], { targetIds: ['t#1'], complete: false },
      ['Shown beside the best by words, near in meaning by e: Second.', 'e gave no vector of 1 of 3 targets, so these were not looked at by meaning: No.']],
    ['is told that nothing was looked for', [null, [1, 0], [1, 0], [1, 0]], { targetIds: [], complete: false }, ['e gave no vector of it, so no target was looked for by meaning: No.']],
  ])('%s', async (_, vectors, near, why) => {
    const [row] = await nearInMeaning([{ match }], () => 0, decision, of(...vectors), context, true);
    expect(row?.near).toEqual(near);
    expect(row?.match.why).toEqual(why.map((detail) => ({ rule: 'candidate.meaning', detail })));
    expect(row?.match.candidates).toEqual([...match.candidates, ...near.targetIds.map((targetId) => ({ targetId, score: -2, claimed: false }))]);
  });

  it('is as it was where none is left to be asked about', async () => {
    expect(await nearInMeaning([{ match }], () => 0, decision, of(), context, false)).toEqual([{ match }]);
  });
});

describe('a verdict on what meaning has shown', () => {
  const match = { sourceId: 's#0', outcome: 'abstained', reason: 'unsure', relation: null, targets: [], candidates: [{ targetId: 't#0', score: -1, claimed: true }, { targetId: 't#2', score: -3, claimed: false }], differences: [], why: [], moved: false } as unknown as Match;
  const candidates = [0.6, 0.04, 0.1].map((probability, target) => ({ target, score: -1, probability, overlap: 0, claimed: false }));
  const scores: SourceScores = { candidates, counterpartScore: 0, counterpartProbability: 0.2 };
  const decision = { targets: [0, 1, 2, 3, 4].map((j) => ({ unit: { key: `t#${j}` } })), outline: { moved: () => ({ moved: false, detail: '' }) }, targetIncomplete: false, related: true } as unknown as DecisionContext;
  const claiming = (...keys: readonly string[]): Match =>
    verifiedMatch(match, 0, scores, { sawAll: true, result: ok({ relation: 'changed', variance: 'design', impact: 'low', targets: keys.map((targetId) => ({ targetId, role: 'whole', evidence: { source: [], target: [] } })), sourceEvidence: [], why: 'Both.' }) }, 'm', decision);

  it.each<[name: string, keys: readonly string[], confidence: number]>([
    ['what rules give the pair, where they list it', ['t#2'], 0.1],
    ['the least they give any candidate of the row, where they do not', ['t#4'], 0.04],
    ['what they give the part they know', ['t#4', 't#0'], 0.6],
  ])('has the confidence of %s', (_, keys, confidence) => expect(claiming(...keys).confidence).toBe(confidence));

  it.each<[name: string, near: NearInMeaning | undefined, outcome: Match['outcome']]>([
    ['decides "missing" where nobody looks by meaning', undefined, 'decided'],
    ['decides "missing" where every target was looked at', { targetIds: ['t#4'], complete: true }, 'decided'],
    ['leaves it open where one may have been passed over', { targetIds: [], complete: false }, 'abstained'],
  ])('%s', (_, near, outcome) => {
    const verdict = ok({ relation: 'missing', variance: 'design', impact: 'high', targets: [], sourceEvidence: [], why: 'None.' } as const);
    expect(verifiedMatch(match, 0, scores, { sawAll: true, result: verdict }, 'm', decision, near).outcome).toBe(outcome);
  });
});

describe('questions with what is near in meaning', () => {
  const NAMES = Array.from({ length: 30 }, (_, k) => `${'abcdefghijklmnopqrstuvwxyz'.charAt(k % 26)}${'aeiou'.charAt(k % 5)}nder ${'bcdfghjklm'.charAt(k % 10)}olu`);
  const SOURCE = documentOf('s', NAMES.map((title) => ({ title, text: `The board pays ${title} to workers who have asked for them in writing.` })));
  const TARGET = documentOf('t', NAMES.map((title) => ({ title, text: `Workers receive ${title} from the board, provided that a written question was handed in and the board saw no reason against it.` })));

  function models(asked: CrosswalkQuestion[], of: Models['embeddings']['of'], embed: string | null = 'e', verify: string | null = 'v'): Models {
    return {
      embeddings: { plan: async () => undefined, of },
      modelFor: (role) => (role === 'embed' ? embed : verify),
      plan: async () => undefined,
      known: async (_role, _task, items) => items.map(() => null),
      ask: <I extends { readonly id: string }, T>(_operation: string, _role: string, _task: unknown, items: readonly I[]) => {
        asked.push(...(items as readonly unknown[] as readonly CrosswalkQuestion[]));
        return items.map(async ({ id }): Promise<ItemOutcome<T>> => ({ id, from: 'model', result: { ok: false, failure: { code: 'badAnswer', message: 'Garbage.', retry: 'later' } } }));
      },
    };
  }
  /** All point to the last target. */
  const toLast = async (_: string, texts: readonly string[]): Promise<readonly Result<Direction>[]> => texts.map((_text, at) => ok(directionOf(at === texts.length - 1 ? [3, 1] : [at < NAMES.length ? 3 : 1, 1 + at / 100])));

  it('hold the best ten of the rules and three more, none twice', async () => {
    const [plain, more]: [CrosswalkQuestion[], CrosswalkQuestion[]] = [[], []];
    await run(SOURCE, TARGET, { models: models(plain, toLast, null) });
    await run(SOURCE, TARGET, { models: models(more, toLast) });
    expect(more.length).toBe(plain.length);
    more.forEach(({ candidates }, at) => {
      const keys = candidates.map(({ key }) => key);
      const before = plain[at]?.candidates.map(({ key }) => key) ?? [];
      expect(before.length).toBe(10);
      expect(keys.slice(0, 10)).toEqual(before);
      expect(new Set(keys).size).toBe(13);
      expect(keys).toContain('t#29');
    });
  });

  it('are the same when a run is taken up, whatever the model would say of the texts now', async () => {
    const [first, again]: [CrosswalkQuestion[], CrosswalkQuestion[]] = [[], []];
    const journal = new Map<string, string>();
    await run(SOURCE, TARGET, { journal, models: models(first, toLast) });
    for (const step of [...journal.keys()]) if (step.startsWith('verify:')) journal.delete(step);
    await run(SOURCE, TARGET, { journal, models: models(again, () => Promise.reject(new Error('Nobody asks.'))) });
    const keys = (questions: readonly CrosswalkQuestion[]): unknown => questions.map(({ id, candidates, tokens }) => [id, candidates.map(({ key }) => key), tokens]);
    expect(again.length).toBeGreaterThan(0);
    expect(keys(again)).toEqual(keys(first));
  });

  it('are not made where nobody is there to ask: nothing is embedded', async () => {
    const asked: CrosswalkQuestion[] = [];
    const { journal } = await run(SOURCE, TARGET, { models: models(asked, () => Promise.reject(new Error('Nobody asks.')), 'e', null) });
    expect(asked).toEqual([]);
    expect(journal.has('meaning')).toBe(false);
  });

  it('are made where every vector fails', async () => {
    const asked: CrosswalkQuestion[] = [];
    const { matches } = await run(SOURCE, TARGET, {
      models: models(asked, async (_, texts) => texts.map((): Result<Direction> => ({ ok: false, failure: { code: 'unreachable', message: 'Nobody answers.', retry: 'later' } }))),
    });
    expect(asked.every(({ candidates }) => candidates.length === 10)).toBe(true);
    expect(matches.filter(({ why }) => why.some(({ detail }) => detail === 'e gave no vector of it, so no target was looked for by meaning: Nobody answers.')).length).toBe(asked.length);
  });
});
