/** The calls a task will take, before any is made. */
import type { PlannedCall } from '../scheduling/forecast.ts';
import { planBatches, type BatchItem } from './batchPlan.ts';
import type { BatchTask } from './batchTask.ts';
import { itemsSchema } from './answerSchema.ts';
import type { AnswerCache } from './modelStores.ts';
import { schemaTokens } from './schemaTokens.ts';
import { estimateTokens } from './tokenCount.ts';

/** Tokens of the items of a call: well below the context of the smallest models in use (8,192). */
export const BATCH_TOKENS = 6_000;

export interface PlannedTask {
  readonly operation: string;
  readonly model: string;
  readonly items: number;
  readonly cachedItems: number;
  /** Most tokens of the answer to an item. */
  readonly mostTokensOut: number;
  readonly calls: readonly PlannedCall[];
}

/** `keys` are those of the items (itemKey). Equal items are asked once. */
export async function planTask<I extends BatchItem, T>(
  operation: string, model: string, task: BatchTask<I, T>, items: readonly I[], keys: readonly string[], batchItems: number, cache: AnswerCache,
): Promise<PlannedTask> {
  const known = await cache.get(keys);
  const seen = new Set<string>();
  const missing = items.filter((_, at) => {
    const key = keys[at] as string;
    if ((known[at] ?? null) !== null || seen.has(key)) return false;
    seen.add(key);
    return true;
  });
  const forSchema = schemaTokens(itemsSchema(task.name, task.item).json);
  const calls = planBatches(missing, { items: batchItems, tokens: BATCH_TOKENS }).map((batch): PlannedCall => ({
    items: batch.length,
    tokensIn: forSchema + task.prompt(batch, null).reduce((sum, { content }) => sum + estimateTokens(content), 0),
  }));
  return { operation, model, items: items.length, cachedItems: items.length - missing.length, mostTokensOut: task.tokensOut, calls };
}
