/** The calls a task will take, before any is made. */
import type { PlannedCall } from '../scheduling/forecast.ts';
import { planBatches, type BatchItem } from './batchPlan.ts';
import { firstSample, sampleAgain } from './batchSizes.ts';
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
  readonly askedTwice: number;
  /** Most tokens of the answer to an item. */
  readonly mostTokensOut: number;
  /** A sentence on what of it is not known yet; absent where all of it is. */
  readonly assumes?: string;
  /** Calls that go out one after the other in groups: each group when the one before it is answered. */
  readonly phases: readonly (readonly PlannedCall[])[];
}

/** `keys` are those of the items (itemKey). Equal items are asked once. `ahead`: how so many items would be asked, of which so many by calls. */
export async function planTask<I extends BatchItem, T>(
  operation: string, model: string, task: BatchTask<I, T>, items: readonly I[], keys: readonly string[], cache: AnswerCache,
  ahead: (total: number, asked: number) => Promise<{ readonly items: number; readonly looks: boolean }>,
): Promise<PlannedTask> {
  const unique = new Map<string, I>();
  items.forEach((item, at) => {
    const key = keys[at] as string;
    if (!unique.has(key)) unique.set(key, item);
  });
  const known = await cache.get([...unique.keys()]);
  const isMissing = new Set([...unique.values()].filter((_, at) => (known[at] ?? null) === null));
  const forSchema = schemaTokens(itemsSchema(task.name, task.item).json);
  const size = await ahead(unique.size, isMissing.size);
  const calls = (asked: readonly I[]): readonly PlannedCall[] => planBatches(asked, { items: size.items, tokens: BATCH_TOKENS }).map((batch) => ({
    items: batch.length,
    tokensIn: forSchema + task.prompt(batch, null).reduce((sum, { content }) => sum + estimateTokens(content), 0),
  }));
  const sample = size.looks ? firstSample([...unique.values()]) : [];
  const missing = (of: readonly I[]): readonly I[] => of.filter((item) => isMissing.has(item));
  const phases = [calls(missing(sample)), calls(sampleAgain(sample)), calls(missing([...unique.values()].slice(sample.length)))].filter(({ length }) => length > 0);
  return { operation, model, items: items.length, cachedItems: items.length - isMissing.size, askedTwice: sample.length, mostTokensOut: task.tokensOut, phases };
}
