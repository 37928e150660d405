/**
 * The first of two questions about a pair, where a cheaper model is named for it: is it about the same matter? What is plainly
 * about something else need not be read by the model that decides. The cheaper one decides nothing: what rules claim and what
 * they find best stays, an answer that cannot be used takes nothing away, and "none of them" counts only of a whole list.
 */
import type { Why } from '../../../../../../shared/model.ts';
import { counted } from '../../../../../../shared/words/format.ts';
import type { ItemOutcome, Models } from '../../../models/modelRuntime.ts';
import type { CrosswalkQuestion } from '../../../models/tasks/crosswalkQuestion.ts';
import { crosswalkTopic, topicQuestion, type TopicQuestion, type TopicVerdict } from '../../../models/tasks/crosswalkTopic.ts';
import { crosswalkVerify } from '../../../models/tasks/crosswalkVerify.ts';
import type { RunContext } from '../../workflow.ts';
import { lookOf, lookWords, others, questionAfter, usualLook, type Look, type WholeRow } from './shortened.ts';
import { isWorthLooking } from './worthLooking.ts';

/** Rows whose looks are kept together. */
export interface StepOfRows {
  readonly name: string;
  readonly rows: readonly WholeRow[];
}

/** A row as it is asked about. */
export interface LookedAt {
  readonly question: CrosswalkQuestion;
  /** With every candidate. */
  readonly whole: CrosswalkQuestion;
  /** What came of the first look; null where nobody looked. */
  readonly why: Why | null;
}

type Looks = ReadonlyMap<WholeRow, Look>;

const ASSUMES = 'How many candidates a first look leaves is not known before it: one in three of those it may set aside is counted.';

/** The model that looks first; null where none is named, or the one that decides. */
function looker(models: Models): string | null {
  const model = models.modelFor('prefilter');
  return model === models.modelFor('verify') ? null : model;
}

/**
 * Plans what models are asked, and asks for the first looks: what is asked next, a row each, in order. What came of looks is kept
 * before anything rests on it, so that a run that is taken up goes on with the same lists. `assumes`: a sentence on rows that may not be
 * asked about. Rejects when the run is stopped.
 */
export async function firstLooks(steps: readonly StepOfRows[], models: Models, context: RunContext, assumes?: string): Promise<readonly LookedAt[]> {
  const rows = steps.flatMap((step) => step.rows);
  const model = looker(models);
  if (model === null) {
    await models.plan('verify', 'verify', crosswalkVerify, rows.map(({ question }) => question), assumes);
    return rows.map(({ question }) => ({ question, whole: question, why: null }));
  }
  const [done, open] = [steps.filter(({ name }) => context.isDone(name)), steps.filter(({ name }) => !context.isDone(name))];
  const before = await keptLooks(done, context);
  const wanted = await wantedLooks(open.flatMap((step) => step.rows), models);
  await plan(rows, wanted, before, models, assumes);
  const looks = new Map([...before, ...(await askedLooks(open, wanted, model, models, context))]);
  return rows.map((row) => {
    const look = looks.get(row) ?? null;
    return { question: questionAfter(row, look), whole: row.question, why: lookWords(row, look, model) };
  });
}

async function keptLooks(steps: readonly StepOfRows[], context: RunContext): Promise<Looks> {
  const kept = new Map<WholeRow, Look>();
  for (const { name, rows } of steps) {
    const looks = await context.step<readonly Look[]>(name, 'prefilter', 0, () => Promise.reject(new Error(`${name} is done, and was not found.`)));
    rows.forEach((row, at) => kept.set(row, looks[at] ?? null));
  }
  return kept;
}

/** Rows worth a look. One whose whole question was answered before, as in a run without looks, needs none. */
async function wantedLooks(rows: readonly WholeRow[], models: Models): Promise<ReadonlyMap<WholeRow, TopicQuestion>> {
  const worth = rows.filter((row) => isWorthLooking(row.question, others(row), row.scores.counterpartProbability));
  const answered = await models.known('verify', crosswalkVerify, worth.map(({ question }) => question));
  return new Map(worth.flatMap((row, at) => (answered[at] === null ? [[row, topicQuestion(row.question)]] : [])));
}

/** Looks that are kept from an earlier run are planned with as they are, the others as they usually are. */
async function plan(rows: readonly WholeRow[], wanted: ReadonlyMap<WholeRow, TopicQuestion>, before: Looks, models: Models, assumes?: string): Promise<void> {
  const known = await models.known('prefilter', crosswalkTopic, [...wanted.values()]);
  const expected = new Map<WholeRow, Look>([...wanted.keys()].map((row, at) => {
    const verdict = known[at] ?? null;
    return [row, verdict === null ? usualLook(row) : lookOf(row, { ok: true, value: verdict })];
  }));
  await models.plan('prefilter', 'prefilter', crosswalkTopic, [...wanted.values()]);
  const questions = rows.map((row) => questionAfter(row, before.get(row) ?? expected.get(row) ?? null));
  await models.plan('verify', 'verify', crosswalkVerify, questions, [...(known.includes(null) ? [ASSUMES] : []), ...(assumes === undefined ? [] : [assumes])].join(' ') || undefined);
}

/** Asks for all looks at once. */
async function askedLooks(
  steps: readonly StepOfRows[], wanted: ReadonlyMap<WholeRow, TopicQuestion>, model: string, models: Models, context: RunContext,
): Promise<Looks> {
  const answerOf = wanted.size === 0 ? new Map<WholeRow, Promise<ItemOutcome<TopicVerdict>>>() : asked(wanted, model, models, context);
  // Where nobody looks at any row, there is no such operation to tell of.
  const operation = answerOf.size === 0 ? 'verify' : 'prefilter';
  const looks = await Promise.all(steps.map(async ({ name, rows }) => {
    // Rows nobody looks at are kept, too: the list they are asked with must not change when the run is taken up.
    const kept = await context.step<readonly Look[]>(name, operation, rows.filter((row) => answerOf.has(row)).length, async () => {
      const value = await Promise.all(rows.map(async (row) => {
        const answer = await answerOf.get(row);
        return answer === undefined ? null : lookOf(row, answer.result);
      }));
      return { value, rows: {} };
    });
    return rows.map((row, at) => [row, kept[at] ?? null] as const);
  }));
  return new Map(looks.flat());
}

function asked(wanted: ReadonlyMap<WholeRow, TopicQuestion>, model: string, models: Models, context: RunContext): ReadonlyMap<WholeRow, Promise<ItemOutcome<TopicVerdict>>> {
  const total = wanted.size;
  let done = 0;
  const tell = (): void => context.progress({ operation: 'prefilter', message: `Asking ${model} for a first look at ${counted(total, 'provision')}`, done, total });
  tell();
  const answers = models.ask('prefilter', 'prefilter', crosswalkTopic, [...wanted.values()]);
  for (const answer of answers) {
    void answer.then(() => {
      done++;
      tell();
    }, () => undefined);
  }
  return new Map([...wanted.keys()].map((row, at) => [row, answers[at] as (typeof answers)[number]]));
}
