/** Something a model is asked about, with many others in one call. */
export interface BatchItem {
  /** Unique among the items; what the answer names it by. */
  readonly id: string;
  /** Tokens of its part of the prompt and of its answer. */
  readonly tokens: number;
}

export interface BatchLimits {
  /** Tokens of all items of a call; without what every call says anyway. 1 or more. */
  readonly tokens: number;
  /** Items of a call. 1 or more. */
  readonly items: number;
}

/**
 * Items in calls, in their order: as many in each as its limits allow. An item above the limit stands alone, so that it
 * fails alone, if it does. Every item is in exactly one call.
 */
export function planBatches<I extends BatchItem>(items: readonly I[], limits: BatchLimits): readonly (readonly I[])[] {
  if (!(limits.items >= 1 && limits.tokens >= 1)) throw new Error('A batch holds at least one item and one token.');
  const batches: I[][] = [];
  let batch: I[] = [];
  let tokens = 0;
  for (const item of items) {
    if (batch.length > 0 && (batch.length >= limits.items || tokens + item.tokens > limits.tokens)) {
      batches.push(batch);
      [batch, tokens] = [[], 0];
    }
    batch.push(item);
    tokens += item.tokens;
  }
  if (batch.length > 0) batches.push(batch);
  return batches;
}
