import type { Failure, Result } from '../../../../shared/failure.ts';
import type { CheckedItem } from './batchAnswers.ts';
import type { BatchItem } from './batchPlan.ts';
import type { CallResult, ModelUsage } from './modelPort.ts';
import { runBatches } from './runBatches.ts';
import { estimateTokens, MEASURED_ERROR } from './tokenCount.ts';

export type Vector = readonly number[];

export interface EmbeddingWork {
  readonly texts: readonly string[];
  /** Most texts and most tokens of one request, as the provider says. */
  readonly limits: { readonly inputs: number; readonly tokens: number };
  /** Requests at the same time. */
  readonly lanes: number;
  /** Length every vector must have, where it is known; otherwise that of most vectors. */
  readonly dimensions?: number;
  embed(texts: readonly string[], signal: AbortSignal): Promise<CallResult<readonly Vector[]>>;
}

export interface Embedded {
  /** One for each text, in order. */
  readonly vectors: readonly Result<Vector>[];
  readonly calls: number;
  readonly usage: ModelUsage;
}

interface TextItem extends BatchItem {
  readonly text: string;
}

/** Room for what the estimate of tokens may be short of. */
const SAFETY = 1 + MEASURED_ERROR;

const NO_WORDS: Failure = { code: 'unreadable', message: 'There are no words to compare by meaning.', retry: 'never' };
const WRONG_COUNT: Failure = { code: 'badAnswer', message: 'The model gave another number of vectors than there were texts.', retry: 'later' };
const NO_VECTOR: Failure = { code: 'badAnswer', message: 'The model gave something else than a vector of numbers.', retry: 'later' };
const WRONG_LENGTH: Failure = { code: 'badAnswer', message: 'The model gave a vector of another length than the others.', retry: 'later' };

/**
 * A vector for every text, equal texts asked once. A request that is not accepted, or answered with another number of
 * vectors, is made again in halves, down to the text it fails for: nothing would say which vector belongs to which text.
 */
export async function embedTexts({ texts, limits, lanes, dimensions, embed }: EmbeddingWork, signal: AbortSignal): Promise<Embedded> {
  const distinct = [...new Set(texts)].filter((text) => text.trim() !== '');
  const items = distinct.map((text, at): TextItem => ({ id: String(at), text, tokens: Math.ceil(estimateTokens(text) * SAFETY) }));
  const ask = async (batch: readonly TextItem[]): Promise<CallResult<readonly unknown[]>> => {
    const answer = await embed(batch.map(({ text }) => text), signal);
    if (!answer.ok) return answer;
    if (answer.value.length !== batch.length) return { ok: false, failure: { ...WRONG_COUNT, usage: answer.usage } };
    return { ...answer, value: batch.map(({ id }, at) => ({ id, vector: answer.value[at] })) };
  };
  const run = await runBatches<TextItem, Vector>({ items, limits: { items: limits.inputs, tokens: limits.tokens }, lanes, asksAlone: 0, ask, check: (_, answer) => checkVector(answer) }, signal);
  const byText = new Map(run.items.map(({ result }, at) => [distinct[at] as string, result]));
  const length = dimensions ?? usualLength(run.items.map(({ result }) => result));
  return {
    vectors: texts.map((text) => {
      const result = byText.get(text) ?? { ok: false, failure: NO_WORDS };
      return result.ok && result.value.length !== length ? { ok: false, failure: WRONG_LENGTH } : result;
    }),
    calls: run.calls,
    usage: run.usage,
  };
}

/** A vector of nothing but zeros has no direction. */
function checkVector(answer: unknown): CheckedItem<Vector> {
  const { vector } = answer as { readonly vector: unknown };
  const valid = Array.isArray(vector) && vector.every((value) => Number.isFinite(value)) && vector.some((value) => value !== 0);
  return valid ? { ok: true, value: vector as Vector } : { ok: false, problem: { reason: NO_VECTOR.message, detail: NO_VECTOR.message } };
}

/** The length that most vectors have; of equally many the first. */
function usualLength(results: readonly Result<Vector>[]): number {
  const counts = new Map<number, number>();
  for (const result of results) if (result.ok) counts.set(result.value.length, (counts.get(result.value.length) ?? 0) + 1);
  return [...counts].reduce(([best, most], [length, count]) => (count > most ? [length, count] : [best, most]), [0, 0])[0] as number;
}
