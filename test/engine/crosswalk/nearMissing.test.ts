import { describe, expect, it } from 'vitest';
import { ok, type Result } from '../../../shared/failure.ts';
import type { Match } from '../../../shared/model.ts';
import { directionOf, type Direction } from '../../../server/src/engine/models/direction.ts';
import type { ItemOutcome, Models } from '../../../server/src/engine/models/modelRuntime.ts';
import type { CrosswalkVerdict } from '../../../server/src/engine/models/tasks/crosswalkCheck.ts';
import type { CrosswalkQuestion } from '../../../server/src/engine/models/tasks/crosswalkQuestion.ts';
import { REASONS } from '../../../server/src/engine/workflows/crosswalk/reasons.ts';
import { documentOf, run, type Section } from './harness.ts';

const TOPICS = ['loans', 'pensions', 'bonuses', 'refunds', 'grants', 'awards', 'fees', 'audits', 'reports', 'meetings', 'appeals', 'records'];
const SHARED: readonly Section[] = TOPICS.map((topic, at) => ({
  number: String(at + 1), title: `The ${topic}`, text: `The board keeps ${topic} in good order, tells members of ${topic} each spring, and answers what they ask about ${topic} within ${String(at + 10)} days.`,
}));
/** The same matter without a word in common. */
const LEFT: Section = { number: '20', title: 'Canine companions', text: 'Hounds, puppies plus similar animals remain leashed while inside our premises.' };
const RIGHT: Section = { number: '30', title: 'Pets', text: 'A dog must always be held on its lead anywhere on company grounds.' };
const SOURCE = documentOf('s', [...SHARED, LEFT]);
const TARGET = documentOf('t', [...SHARED, RIGHT]);
const ROW = `s#${String(SHARED.length)}`;
const OTHER = `t#${String(SHARED.length)}`;

interface Answers {
  readonly embed?: string | null;
  /** Of the row and each target, in that order; null where a forecast is made. */
  readonly vector?: (text: string) => readonly number[] | null;
  readonly forecast?: boolean;
  readonly verdict?: (question: CrosswalkQuestion) => Result<CrosswalkVerdict>;
}

interface Asked {
  readonly questions: CrosswalkQuestion[];
  readonly embedded: string[];
  readonly planned: { readonly items: number; readonly assumes: string | undefined }[];
}

const MISSING: Result<CrosswalkVerdict> = ok({ relation: 'missing', variance: 'design', impact: 'high', targets: [], sourceEvidence: [], why: 'None.' });
const claiming = (targetId: string) => (): Result<CrosswalkVerdict> => ok({ relation: 'changed', variance: 'design', impact: 'low', targets: [{ targetId, role: 'whole', evidence: { source: [], target: [] } }], sourceEvidence: [], why: 'Both are about dogs.' });
const ofDogs = (text: string): boolean => /hounds|dog/iu.test(text);
/** Dogs point one way, all else another. */
const alike = (text: string): readonly number[] => (ofDogs(text) ? [100, 10, 0] : [0, 20, 100]);

function models(asked: Asked, { embed = 'e', vector = alike, forecast = false, verdict = () => MISSING }: Answers): Models {
  return {
    modelFor: (role) => (role === 'embed' ? embed : role === 'verify' ? 'v' : null),
    embeddings: {
      plan: async () => undefined,
      of: async (_, texts) => {
        asked.embedded.push(...texts);
        return forecast ? null : texts.map((text): Result<Direction> => {
          const components = vector(text);
          return components === null ? { ok: false, failure: { code: 'refused', message: 'No vector.', retry: 'never' } } : ok(directionOf(components));
        });
      },
    },
    known: async (_role, _task, items) => items.map(() => null),
    plan: async (_operation, _role, _task, items, assumes) => void asked.planned.push({ items: items.length, assumes }),
    ask: <I extends { readonly id: string }, T>(_operation: string, _role: string, _task: unknown, items: readonly I[]) => {
      const questions = items as readonly unknown[] as readonly CrosswalkQuestion[];
      asked.questions.push(...questions);
      return questions.map(async (question): Promise<ItemOutcome<T>> => ({ id: question.id, from: 'model', result: verdict(question) as Result<T> }));
    },
  };
}

async function ran(answers: Answers, journal?: Map<string, string>) {
  const asked: Asked = { questions: [], embedded: [], planned: [] };
  const result = await run(SOURCE, TARGET, { models: models(asked, answers), ...(journal === undefined ? {} : { journal }) });
  return { ...result, asked, row: result.matches.find(({ sourceId }) => sourceId === ROW) as Match };
}

describe('a row that rules call missing', () => {
  it('is decided by them where no model compares by meaning', async () => {
    const { matches, newTargets } = await run(SOURCE, TARGET, {});
    expect(matches.find(({ sourceId }) => sourceId === ROW)).toMatchObject({ outcome: 'decided', relation: 'missing' });
    const { asked, matches: same, newTargets: sameTargets } = await ran({ embed: null });
    expect(asked).toEqual({ questions: [], embedded: [], planned: [] });
    expect([same, sameTargets]).toEqual([matches, newTargets]);
    expect(newTargets.map(({ targetId }) => targetId)).toContain(OTHER);
  });

  it('is asked about where a target is near in meaning, and can have it as its counterpart', async () => {
    const { row, asked, newTargets, outcomes } = await ran({ verdict: claiming(OTHER) });
    expect(asked.questions).toHaveLength(1);
    expect(asked.questions[0]?.candidates.map(({ key }) => key)).toContain(OTHER);
    expect(asked.questions[0]?.doubts).toEqual([REASONS.nearInMeaning]);
    expect(row).toMatchObject({ outcome: 'decided', relation: 'changed', targets: [{ targetId: OTHER }] });
    expect(row.why.map(({ detail }) => detail).join('\n')).toMatch(/By words it has no counterpart; nearest to it in meaning by e is 30 Pets, with a cosine of \d\.\d\d, \d\.\d\d being the mean of all targets: it is looked at from 0\.50 or more, and 0\.10 above the mean\./u);
    expect(newTargets.map(({ targetId }) => targetId)).not.toContain(OTHER);
    expect(outcomes.filter(({ kind }) => kind === 'sourceProvision').reduce((sum, { count }) => sum + count, 0)).toBe(SHARED.length + 1);
  });

  it.each<[name: string, verdict: () => Result<CrosswalkVerdict>, row: Partial<Match>]>([
    ['is missing again where the model finds none either', () => MISSING, { outcome: 'decided', relation: 'missing' }],
    ['is open where the model is not sure', () => ok({ relation: 'unsure', why: 'Hm.' } as unknown as CrosswalkVerdict), { outcome: 'abstained', relation: null, reason: REASONS.modelUnsure }],
    ['has failed, not been decided, where no answer came', () => ({ ok: false, failure: { code: 'badAnswer', message: 'Garbage.', retry: 'later' } }), { outcome: 'failed', relation: null }],
  ])('%s', async (_, verdict, expected) => expect((await ran({ verdict })).row).toMatchObject(expected));

  it.each<[name: string, vector: (text: string) => readonly number[], note: RegExp]>([
    ['nothing is near', (text) => (ofDogs(text) ? (/hounds/iu.test(text) ? [100, 0, 0] : [45, 100, 0]) : [0, 0, 100]), /with a cosine of 0\.41, 0\.03 being the mean of all targets: too far, as it takes 0\.50 or more/u],
    ['all targets are as near as the nearest', (text) => (ofDogs(text) ? [100, 40, 0] : [100, 0, 10]), /too far, as it takes 0\.50 or more, and 0\.10 above the mean/u],
  ])('stays missing, and nobody is asked, where %s', async (_, vector, note) => {
    const { row, asked } = await ran({ vector });
    const plain = (await run(SOURCE, TARGET, {})).matches.find(({ sourceId }) => sourceId === ROW) as Match;
    expect(asked.embedded.length).toBeGreaterThan(0);
    expect(asked.questions).toEqual([]);
    expect({ ...row, why: row.why.slice(0, -1) }).toEqual(plain);
    expect(row.why.at(-1)?.detail).toMatch(note);
  });

  it.each<[name: string, vector: (text: string) => readonly number[] | null, note: string]>([
    ['it has no vector', (text) => (/hounds/iu.test(text) ? null : [1, 0, 0]), 'e gave no vector of it, so no target was looked for by meaning: No vector.'],
    ['no target has one', (text) => (/hounds/iu.test(text) ? [1, 0, 0] : null), 'e gave no vector of 13 of 13 targets, so these were not looked at by meaning: No vector.'],
  ])('stays missing where %s, and says so', async (_, vector, note) => {
    const { row, asked } = await ran({ vector });
    expect(asked.questions).toEqual([]);
    expect(row).toMatchObject({ outcome: 'decided', relation: 'missing' });
    expect(row.why.at(-1)?.detail).toBe(note);
  });

  it('is counted in a forecast, which says that it may not be asked about', async () => {
    const { asked } = await ran({ forecast: true });
    expect(asked.planned).toEqual([{ items: 1, assumes: expect.stringContaining('all of them are counted') as string }]);
    expect((await ran({})).asked.planned).toEqual([{ items: 1, assumes: undefined }]);
  });

  it('is asked the same when the run is taken up', async () => {
    const journal = new Map<string, string>();
    const first = await ran({}, journal);
    for (const step of [...journal.keys()]) if (step.startsWith('verify:')) journal.delete(step);
    const again = await ran({ vector: () => { throw new Error('Nobody asks.'); } }, journal);
    expect(again.asked.embedded).toEqual([]);
    expect(again.asked.questions.map(({ id, tokens }) => [id, tokens])).toEqual(first.asked.questions.map(({ id, tokens }) => [id, tokens]));
    expect(again.asked.questions).toHaveLength(1);
  });
});
