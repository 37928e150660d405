import type { Failure, Result } from '../../../../shared/failure.ts';
import type { CheckedItem } from './batchAnswers.ts';
import { planBatches, type BatchItem, type BatchLimits } from './batchPlan.ts';
import { FirstAnswers } from './firstAnswers.ts';
import type { CallResult, ModelCapabilities } from './modelPort.ts';
import { runBatches, type ItemResult } from './runBatches.ts';
import { estimateTokens, MEASURED_ERROR } from './tokenCount.ts';

export type Vector = readonly number[];

export interface EmbeddingWork {
  /** Distinct, and each with words. */
  readonly texts: readonly string[];
  /** Of one request. */
  readonly limits: BatchLimits;
  /** Requests at the same time. */
  readonly lanes: number;
  /** One request for the texts at these places. */
  embed(places: readonly number[], signal: AbortSignal): Promise<CallResult<readonly Vector[]>>;
  /** Told of each text once, as soon as it has its last word, in any order. */
  onText(place: number, result: ItemResult<Vector>): void;
}

interface TextItem extends BatchItem {
  readonly place: number;
}

/** Room for what the estimate of tokens may be short of. */
const SAFETY = 1 + MEASURED_ERROR;
/**
 * Of one request, at most, whatever a provider would take: a request that is lost is paid again, and one for everything is
 * refused by servers that take less than they copy.
 */
const MOST = { items: 128, tokens: 32_000 } as const;

const WRONG_COUNT: Failure = { code: 'badAnswer', message: 'The model gave another number of vectors than there were texts.', retry: 'later' };
const NO_VECTOR: Failure = { code: 'badAnswer', message: 'The model gave something else than a vector of numbers.', retry: 'later' };
const WRONG_LENGTH: Failure = {
  code: 'badAnswer', message: 'The model gave a vector of another length than the others. If another model has its name now, clear the cache.', retry: 'later',
};

export function embeddingLimits({ embeddingInputs, embeddingTokens }: ModelCapabilities): BatchLimits {
  return { items: Math.min(MOST.items, embeddingInputs), tokens: Math.min(MOST.tokens, embeddingTokens) };
}

function itemsOf(texts: readonly string[]): readonly TextItem[] {
  return texts.map((text, place): TextItem => ({ id: String(place), place, tokens: Math.ceil(estimateTokens(text) * SAFETY) }));
}

/** The requests texts will take: places of the texts of each. */
export function planEmbeddings(texts: readonly string[], limits: BatchLimits): readonly (readonly number[])[] {
  return planBatches(itemsOf(texts), limits).map((batch) => batch.map(({ place }) => place));
}

/**
 * A vector for every text. A request that is not accepted, or answered with another number of vectors, is made again in halves,
 * down to the text it fails for: nothing would say which vector belongs to which text.
 */
export async function embedTexts({ texts, limits, lanes, embed, onText }: EmbeddingWork, signal: AbortSignal): Promise<void> {
  const ask = async (batch: readonly TextItem[]): Promise<CallResult<readonly unknown[]>> => {
    const answer = await embed(batch.map(({ place }) => place), signal);
    if (!answer.ok) return answer;
    if (answer.value.length !== batch.length) return { ok: false, failure: { ...WRONG_COUNT, usage: answer.usage } };
    return { ...answer, value: batch.map(({ id }, at) => ({ id, vector: answer.value[at] })) };
  };
  await runBatches<TextItem, Vector>({
    items: itemsOf(texts), limits, lanes, asksAlone: 0, firstAnswers: new FirstAnswers(true), ask, check: (_, answer) => checkVector(answer), onItem: (result) => onText(Number(result.id), result),
  }, signal);
}

/** A vector of nothing but zeros has no direction. */
function checkVector(answer: unknown): CheckedItem<Vector> {
  const { vector } = answer as { readonly vector: unknown };
  const valid = Array.isArray(vector) && vector.every((value) => Number.isFinite(value)) && vector.some((value) => value !== 0);
  return valid ? { ok: true, value: vector as Vector } : { ok: false, problem: { reason: NO_VECTOR.message, detail: NO_VECTOR.message } };
}

/** Vectors of the length that most have, of equally many the first; others cannot be compared with them, and fail. */
export function ofOneLength<V extends { readonly length: number }>(results: readonly Result<V>[]): readonly Result<V>[] {
  const counts = new Map<number, number>();
  for (const result of results) if (result.ok) counts.set(result.value.length, (counts.get(result.value.length) ?? 0) + 1);
  const [usual] = [...counts].reduce(([best, most], [length, count]) => (count > most ? [length, count] : [best, most]), [0, 0]);
  return results.map((result) => (result.ok && result.value.length !== usual ? { ok: false, failure: WRONG_LENGTH } : result));
}
