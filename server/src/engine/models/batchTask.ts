import type * as z from 'zod';
import { itemsSchema } from './answerSchema.ts';
import { askOnce, type AskCompletion } from './askModel.ts';
import type { CheckedItem } from './batchAnswers.ts';
import type { BatchItem } from './batchPlan.ts';
import type { CallResult, ChatMessage } from './modelPort.ts';

/** A kind of question that is asked of many items. */
export interface BatchTask<I extends BatchItem, T> {
  /** With the version it names the method of a finding, and is a part of the keys of kept answers. */
  readonly name: string;
  /** Goes up with every change of prompt, schema or check. */
  readonly version: number;
  /** The answer to one item; it holds the item's `id`. */
  readonly item: z.ZodType;
  /** Tokens the answer to one item takes at most. */
  readonly tokensOut: number;
  /** One item a call, however small: an item is large, and is not to be read in company. */
  readonly alone?: true;
  prompt(items: readonly I[], earlier: string | null): readonly ChatMessage[];
  check(item: I, answer: unknown): CheckedItem<T>;
  /** Whether two answers to an item say the same, however they say it. */
  equal(a: T, b: T): boolean;
}

export interface AskedModel {
  readonly model: string;
  readonly temperature?: number;
  /** The model's own limit of an answer. */
  readonly maxTokensOut: number;
}

/** Tokens of the frame around the items of an answer. */
const FRAME_TOKENS = 50;

/** How a batch of a task is asked of a model: what `runBatches` takes as `ask`. */
export function batchAsk<I extends BatchItem, T>(
  task: BatchTask<I, T>,
  { maxTokensOut, ...model }: AskedModel,
  ask: AskCompletion,
): (items: readonly I[], earlier: string | null, signal: AbortSignal) => Promise<CallResult<readonly unknown[]>> {
  const schema = itemsSchema(task.name, task.item);
  return async (items, earlier, signal) => {
    const prompt = { ...model, messages: task.prompt(items, earlier), maxTokensOut: Math.min(maxTokensOut, FRAME_TOKENS + items.length * task.tokensOut) };
    const answered = await askOnce(ask, prompt, schema, signal);
    return answered.ok ? { ...answered, value: answered.value.items } : answered;
  };
}
