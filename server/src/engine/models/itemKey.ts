import { textHash } from '../documents/hash.ts';
import { itemsSchema } from './answerSchema.ts';
import type { BatchItem } from './batchPlan.ts';
import type { AskedModel, BatchTask } from './batchTask.ts';
import { cacheKey } from './cacheKey.ts';
import type { JsonValue } from './canonicalJson.ts';

/**
 * The key of the answer to one item: everything a model is told of it when it is asked alone. The company it is asked in is
 * no part of it; whether answers depend on that is looked into apart (batchInvariance.ts).
 */
export function itemKey<I extends BatchItem, T>(task: BatchTask<I, T>, item: I, { endpoint, model, maxTokensOut, temperature }: AskedModel & { readonly endpoint: string }): string {
  return cacheKey({
    kind: 'completion',
    endpoint,
    model,
    promptVersion: `${task.name} ${String(task.version)}`,
    content: task.prompt([item], null).map(({ role, content }) => ({ role, content })),
    context: null,
    schema: itemsSchema(task.name, task.item).json as JsonValue,
    parameters: { maxTokensOut, temperature, tokensOut: task.tokensOut },
  });
}

/** The key of a second answer to an item, which is asked for only to be held against the first. */
export function keyAgain(key: string): string {
  return textHash(`asked again\n${key}`);
}
