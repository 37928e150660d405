import { beforeAll, describe, expect, it } from 'vitest';
import { fail, ok, type Result } from '../../../shared/failure.ts';
import type { Match } from '../../../shared/model.ts';
import { directionOf } from '../../../server/src/engine/models/direction.ts';
import type { ItemOutcome, Models } from '../../../server/src/engine/models/modelRuntime.ts';
import type { CrosswalkVerdict } from '../../../server/src/engine/models/tasks/crosswalkCheck.ts';
import type { CrosswalkQuestion } from '../../../server/src/engine/models/tasks/crosswalkQuestion.ts';
import type { TopicQuestion, TopicVerdict } from '../../../server/src/engine/models/tasks/crosswalkTopic.ts';
import { REASONS } from '../../../server/src/engine/workflows/crosswalk/reasons.ts';
import { documentOf, run, type Ran, type Section } from './harness.ts';

const TREES = ['amber', 'birch', 'cedar', 'dahlia', 'elm', 'fern', 'ginger', 'hazel', 'iris', 'juniper'];
const NAMES = TREES.flatMap((tree) => ['loans', 'pensions', 'bonuses', 'refunds', 'grants', 'awards'].map((kind) => `${tree} ${kind}`));
const sections = (text: (name: string) => string): readonly Section[] => NAMES.map((title, i) => ({ number: String(i + 1), title, text: text(title) }));
const SOURCE = documentOf('s', sections((name) => `The board pays ${name} to workers who have asked for them in writing.`));
/** Said anew throughout: which provision it is is sure, whether it says the same is not. */
const TARGET = documentOf('t', sections((name) => `Workers receive ${name} from the board, provided that a written question was handed in and the board saw no reason against it.`));

interface Answers {
  readonly prefilter?: string | null;
  /** Compares by meaning, too. */
  readonly embed?: string | null;
  readonly look?: (question: TopicQuestion) => Result<TopicVerdict>;
  /** `again`: true where the row was asked before. */
  readonly verdict?: (question: CrosswalkQuestion, again: boolean) => Result<CrosswalkVerdict>;
  readonly known?: (role: string, question: { readonly id: string }) => unknown;
}

interface Asked {
  readonly looks: TopicQuestion[];
  readonly questions: CrosswalkQuestion[];
  readonly planned: { readonly operation: string; readonly tokens: number; readonly items: number; readonly assumes: string | undefined }[];
  /** Operations in the order they were planned and asked. */
  readonly order: string[];
}

const empty = (): Asked => ({ looks: [], questions: [], planned: [], order: [] });

const verdictOf = ({ candidates: [first] }: CrosswalkQuestion): Result<CrosswalkVerdict> =>
  ok({ relation: 'changed', variance: 'design', impact: 'medium', targets: [{ targetId: first?.key ?? '', role: 'whole', evidence: { source: [], target: [] } }], sourceEvidence: [], why: 'It differs.' });
const MISSING: Result<CrosswalkVerdict> = ok({ relation: 'missing', variance: 'design', impact: 'high', targets: [], sourceEvidence: [], why: 'None is about it.' });
const keep = (count: number) => ({ candidates }: TopicQuestion): Result<TopicVerdict> => ok(new Set(candidates.slice(0, count).map(({ key }) => key)));

function models(asked: Asked, { prefilter = 'small', embed = null, look = keep(2), verdict = verdictOf, known = () => null }: Answers): Models {
  return {
    modelFor: (role) => (role === 'prefilter' ? prefilter : role === 'embed' ? embed : 'large'),
    embeddings: { plan: async () => undefined, of: async (_, texts) => texts.map((_text, at) => ok(directionOf([1 + (at % 7), 1]))) },
    known: async (role, _task, items) => items.map((item) => known(role, item) as never),
    plan: async (operation, _role, _task, items, assumes) => {
      asked.order.push(`plan ${operation}`);
      asked.planned.push({ operation, items: items.length, tokens: items.reduce((sum, { tokens }) => sum + tokens, 0), assumes });
    },
    ask: <I extends { readonly id: string }, T>(operation: string, _role: string, _task: unknown, items: readonly I[]) => {
      asked.order.push(`ask ${operation}`);
      return items.map(async (item): Promise<ItemOutcome<T>> => {
        if (operation === 'prefilter') {
          asked.looks.push(item as unknown as TopicQuestion);
          return { id: item.id, from: 'model', result: look(item as unknown as TopicQuestion) as Result<T> };
        }
        const again = asked.questions.some(({ id }) => id === item.id);
        asked.questions.push(item as unknown as CrosswalkQuestion);
        return { id: item.id, from: 'model', result: verdict(item as unknown as CrosswalkQuestion, again) as Result<T> };
      });
    },
  };
}

async function ran(answers: Answers, journal?: Map<string, string>): Promise<Ran & Asked> {
  const asked = empty();
  return { ...(await run(SOURCE, TARGET, { models: models(asked, answers), ...(journal === undefined ? {} : { journal }) })), ...asked };
}

/** Rows without what is said of the look. */
const decided = (matches: readonly Match[]): unknown => matches.map((match) => ({ ...match, why: match.why.filter(({ rule }) => !rule.startsWith('firstLook.')) }));
const looksIn = (matches: readonly Match[]): readonly string[] => [...new Set(matches.flatMap(({ why }) => why.filter(({ rule }) => rule.startsWith('firstLook.')).map(({ detail }) => detail)))];
/** Questions without what only a process knows. */
const told = ({ questions }: Asked): unknown => JSON.parse(JSON.stringify(questions));
const shown = ({ questions }: Asked): readonly number[] => questions.map(({ candidates }) => candidates.length);

let rules: Ran;
let whole: Ran & Asked;
beforeAll(async () => {
  rules = await run(SOURCE, TARGET);
  whole = await ran({ prefilter: null });
});

describe('a first look', () => {
  it('shortens what the model that decides is asked, and the row says by whom and by how much', async () => {
    const looked = await ran({});
    expect(looked.looks.map(({ candidates }) => candidates.length)).toEqual(NAMES.map(() => 10));
    expect(shown(looked)).toEqual(NAMES.map(() => 2));
    expect(looked.questions.map(({ id, candidates: [first] }) => [id, first?.key])).toEqual(whole.questions.map(({ id, candidates: [first] }) => [id, first?.key]));
    expect(decided(looked.matches)).toEqual(decided(whole.matches));
    expect(looksIn(looked.matches)).toEqual(['small looked first and set 8 of 10 candidates aside, as about something else.']);
    expect(looked.matches[0]?.why.map(({ rule }) => rule).slice(0, 3)).toEqual(['large', 'rules.open', 'firstLook.aside']);
  });

  it.each<[name: string, look: NonNullable<Answers['look']>, said: string]>([
    ['names none', keep(0), 'small looked first and found none of the 10 candidates to be about the same matter: all of them were shown.'],
    ['fails', () => fail('badAnswer', 'Garbage.'), 'small was to look first and gave no answer that can be used: all 10 candidates were shown. Garbage.'],
    ['is refused', () => fail('refused', 'Not here.'), 'small was to look first and gave no answer that can be used: all 10 candidates were shown. Not here.'],
    ['names all', keep(10), 'small looked first and set none of 10 candidates aside, as about something else.'],
  ])('that %s takes nothing away', async (_, look, said) => {
    const looked = await ran({ look });
    expect(told(looked)).toEqual(told(whole));
    expect(decided(looked.matches)).toEqual(decided(whole.matches));
    expect(looksIn(looked.matches)).toEqual([said]);
  });

  it('never takes away what rules claim or find best', async () => {
    const looked = await ran({ look: ({ candidates }) => ok(new Set(candidates.slice(-1).map(({ key }) => key))) });
    const match = new Map(rules.matches.map((row) => [row.sourceId, row]));
    for (const { source, candidates } of looked.questions) {
      const row = match.get(source.key) as Match;
      const keys = candidates.map(({ key }) => key);
      expect(keys.length).toBeLessThan(10);
      expect(keys).toEqual(expect.arrayContaining([
        row.candidates[0]?.targetId, ...row.targets.map(({ targetId }) => targetId), ...row.candidates.filter(({ claimed }) => claimed).map(({ targetId }) => targetId),
      ]));
    }
  });

  it.each([['the same model is named', 'large'], ['no model is named', null]])('is not taken where %s', async (_, prefilter) => {
    const looked = await ran({ prefilter });
    expect(looked.order).toEqual(['plan verify', 'ask verify']);
    expect(told(looked)).toEqual(told(whole));
    expect(looked.matches).toEqual(whole.matches);
    expect([...looked.journal.keys()].some((step) => step.startsWith('prefilter'))).toBe(false);
  });

  it('is not taken where it would cost more than it saves', async () => {
    const asked = empty();
    const three = documentOf('t', NAMES.slice(0, 3).map((title) => ({ title, text: `Workers receive ${title} from the board, provided that a written question was handed in.` })));
    await run(SOURCE, three, { models: models(asked, {}) });
    expect(asked.questions.length).toBeGreaterThan(0);
    expect(asked.looks).toEqual([]);
  });

  it('is not taken of a row whose whole question was answered before', async () => {
    const before = new Set(whole.questions.slice(0, 5).map(({ id }) => id));
    const looked = await ran({ known: (role, { id }) => (role === 'verify' && before.has(id) ? {} : null) });
    expect(looked.looks.map(({ id }) => id)).toEqual(whole.questions.slice(5).map(({ id }) => id));
    expect(shown(looked)).toEqual(NAMES.map((_, at) => (at < 5 ? 10 : 2)));
  });
});

describe('"missing", where candidates were set aside', () => {
  it('is asked again with all of them, and what is said then counts', async () => {
    const looked = await ran({ verdict: (question, again) => (again ? verdictOf(question) : MISSING) });
    expect(shown(looked)).toEqual([...NAMES.map(() => 2), ...NAMES.map(() => 10)]);
    expect(decided(looked.matches)).toEqual(decided(whole.matches));
    expect(looksIn(looked.matches)).toContain('None of the candidates that were left answers it, so that it was asked again with all of them.');
  });

  it('comes out as it does without a look, where it is said of all of them', async () => {
    const looked = await ran({ verdict: () => MISSING });
    const without = await ran({ prefilter: null, verdict: () => MISSING });
    expect(decided(looked.matches)).toEqual(decided(without.matches));
  });

  it('is never said of the list alone: where the second answer fails, the row is left for review', async () => {
    const looked = await ran({ verdict: (_, again) => (again ? fail('badAnswer', 'Garbage.') : MISSING) });
    expect(looked.matches.map(({ outcome, reason, relation, targets }) => [outcome, reason, relation, targets])).toEqual(NAMES.map(() => ['abstained', REASONS.modelNoneLeft, null, []]));
    expect(looksIn(looked.matches)).toContain('None of the candidates that were left answers it, so that it was asked again with all of them, and no answer came that can be used.');
  });

  it('is asked again also with what is near in meaning and was set aside', async () => {
    const looked = await ran({ embed: 'vectors', verdict: (question, again) => (again ? verdictOf(question) : MISSING) });
    expect(looked.looks.map(({ candidates }) => candidates.length)).toEqual(NAMES.map(() => 13));
    expect(shown(looked)).toEqual([...NAMES.map(() => 2), ...NAMES.map(() => 13)]);
    expect(looksIn(looked.matches)).toContain('small looked first and set 11 of 13 candidates aside, as about something else.');
  });

  it('is asked once only where the list was whole', async () => {
    const looked = await ran({ look: keep(10), verdict: () => MISSING });
    expect(looked.questions.length).toBe(NAMES.length);
  });
});

describe('a plan with a first look', () => {
  it('names both models before either is asked, and says that what is left is assumed', async () => {
    const { order, planned } = await ran({});
    expect(order).toEqual(['plan prefilter', 'plan verify', 'ask prefilter', 'ask verify']);
    expect(planned.map(({ operation, items }) => [operation, items])).toEqual([['prefilter', NAMES.length], ['verify', NAMES.length]]);
    expect(planned[1]?.tokens).toBeLessThan(whole.planned[0]?.tokens ?? 0);
    expect(planned[1]?.assumes).toMatch(/^How many candidates a first look leaves is not known before it/u);
  });

  it('knows what is left where looks are kept from before', async () => {
    const last = (question: TopicQuestion): ReadonlySet<string> => new Set(question.candidates.slice(-1).map(({ key }) => key));
    const { planned, questions } = await ran({ known: (role, question) => (role === 'prefilter' ? last(question as TopicQuestion) : null), look: (question) => ok(last(question)) });
    expect(planned[1]?.assumes).toBeUndefined();
    expect(planned[1]?.tokens).toBe(questions.reduce((sum, { tokens }) => sum + tokens, 0));
    expect(planned[1]?.tokens).toBeLessThan(whole.planned[0]?.tokens ?? 0);
  });
});

describe('a run that is taken up', () => {
  it('reads also looks that failed in a version that did not keep why', async () => {
    const first = await ran({ look: () => fail('refused', 'Not here.') });
    const journal = new Map([...first.journal].filter(([step]) => !step.startsWith('verify:') && step !== 'newTargets').map(([step, kept]) => [step, kept.replaceAll('{"failed":"Not here."}', '"failed"')]));
    expect([...journal.values()].join('')).not.toContain('Not here.');
    const second = await ran({}, journal);
    expect(second.looks).toEqual([]);
    expect(told(second)).toEqual(told(first));
    expect(looksIn(second.matches)).toEqual(['small was to look first and gave no answer that can be used: all 10 candidates were shown.']);
  });

  it('goes on with the lists it had, whatever a look would say now', async () => {
    const first = await ran({});
    const journal = new Map([...first.journal].filter(([step]) => !step.startsWith('verify:') && step !== 'newTargets'));
    expect([...journal.keys()].filter((step) => step.startsWith('prefilter:'))).toEqual(['prefilter:0', 'prefilter:50']);
    const second = await ran({ look: keep(7) }, journal);
    expect(second.looks).toEqual([]);
    expect(told(second)).toEqual(told(first));
    expect(second.matches.toSorted((a, b) => (a.sourceId < b.sourceId ? -1 : 1))).toEqual(first.matches.toSorted((a, b) => (a.sourceId < b.sourceId ? -1 : 1)));
    expect(second.order).toEqual(['plan prefilter', 'plan verify', 'ask verify']);
    expect(second.planned[1]?.assumes).toBeUndefined();
  });

  it('looks only at rows that were not looked at, and prepares nothing of a step that is done', async () => {
    const first = await ran({});
    const journal = new Map([...first.journal].filter(([step]) => !['verify:50', 'prefilter:50', 'newTargets'].includes(step)));
    const second = await ran({}, journal);
    const rest = first.looks.slice(50).map(({ id }) => id);
    expect(second.looks.map(({ id }) => id)).toEqual(rest);
    expect(second.questions.map(({ id }) => id)).toEqual(rest);
  });
});
