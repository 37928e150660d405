/** The first of the two questions about a pair, asked of many pairs at once: is a candidate about the same matter? */
import * as z from 'zod';
import type { CheckedItem, ItemProblem } from '../batchAnswers.ts';
import type { BatchItem } from '../batchPlan.ts';
import type { BatchTask } from '../batchTask.ts';
import { checkShape } from '../parseAnswer.ts';
import { FRAME_TOKENS, textTokens, type AskedProvision, type CrosswalkQuestion } from './crosswalkQuestion.ts';
import { crosswalkTopicPrompt } from './crosswalkTopicPrompt.ts';

/** A source and its candidates; the id is that of the source. */
export interface TopicQuestion extends BatchItem {
  readonly source: AskedProvision;
  readonly candidates: readonly AskedProvision[];
}

/** Keys of the candidates that are about the same matter, or may be. Empty: none of them, if the model is to be believed. */
export type TopicVerdict = ReadonlySet<string>;

/** Most ids of an answer: more than a row has candidates. */
const MOST_IDS = 64;
const TOPIC_ANSWER = z.object({ id: z.string(), sameMatter: z.array(z.string()).max(MOST_IDS) });

/** Tokens of an answer at most: some for each id of a candidate, and those around them. */
const ANSWER_TOKENS = 120;

export const TOPIC_PROBLEMS = {
  shape: { reason: 'The model\'s answer has not the shape asked for.', detail: 'the answer has not the shape asked for.' },
  invented: { reason: 'The model named a candidate the row does not have.', detail: 'sameMatter names an id that is no candidate of this item.' },
} as const satisfies Readonly<Record<string, ItemProblem>>;

export function topicQuestion({ id, source, candidates }: CrosswalkQuestion): TopicQuestion {
  return { id, source, candidates, tokens: ANSWER_TOKENS + FRAME_TOKENS + [source, ...candidates].reduce((sum, provision) => sum + textTokens(provision), 0) };
}

/** One id that is not of this row, and the answer counts for nothing: what else it says may be about another row, too. */
function check({ candidates }: TopicQuestion, raw: unknown): CheckedItem<TopicVerdict> {
  const shape = checkShape(raw, TOPIC_ANSWER);
  if (!shape.ok) return { ok: false, problem: { ...TOPIC_PROBLEMS.shape, detail: `the answer has not the shape asked for: ${shape.problem.detail}.` } };
  const named = new Set(shape.value.sameMatter.map((id) => id.trim()));
  const chosen = candidates.filter(({ id }) => named.has(id));
  return chosen.length === named.size ? { ok: true, value: new Set(chosen.map(({ key }) => key)) } : { ok: false, problem: TOPIC_PROBLEMS.invented };
}

/** Which candidates of a row are about the same matter. It decides nothing: it only says which need not be looked at first. */
export const crosswalkTopic: BatchTask<TopicQuestion, TopicVerdict> = {
  name: 'crosswalk-topic',
  version: 1,
  item: TOPIC_ANSWER,
  tokensOut: ANSWER_TOKENS,
  prompt: crosswalkTopicPrompt,
  check,
  equal: (a, b) => a.size === b.size && [...a].every((key) => b.has(key)),
};
