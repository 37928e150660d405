import type { Result } from '../../../../shared/failure.ts';
import type { BatchItem } from './batchPlan.ts';
import type { BatchTask } from './batchTask.ts';
import type { FirstAnswers } from './firstAnswers.ts';
import type { CallResult } from './modelPort.ts';
import { BATCH_TOKENS } from './planTask.ts';
import { costOf, type ModelPrice } from './prices.ts';
import type { FreshAnswer } from './runCalls.ts';
import { runBatches } from './runBatches.ts';

/** An item a good answer leaves out or answers wrongly is asked so often alone. */
const ASKS_ALONE = 2;

export interface ItemsToAsk<I extends BatchItem, T> {
  readonly task: BatchTask<I, T>;
  readonly items: readonly I[];
  /** Items of a call, at most. */
  readonly most: number;
  /** Calls at the same time. */
  readonly lanes: number;
  readonly price: ModelPrice | null;
  readonly firstAnswers: FirstAnswers;
  ask(items: readonly I[], earlier: string | null, signal: AbortSignal): Promise<CallResult<readonly unknown[]>>;
  /** Told of each item once, in any order; resolves when it is on disk. */
  finished(id: string, answer: FreshAnswer): Promise<void>;
}

/** Asks for every item. Resolves when each has its last word on disk; rejects when the signal is aborted, once what came is. */
export async function askItems<I extends BatchItem, T>({ task, items, most, lanes, price, firstAnswers, ask, finished }: ItemsToAsk<I, T>, signal: AbortSignal): Promise<void> {
  const writes: Promise<void>[] = [];
  /** The model's own words of an item; what is checked is made from them again whenever they are read. */
  const raw = new Map<string, unknown>();
  await runBatches<I, T>({
    items, limits: { items: most, tokens: BATCH_TOKENS }, lanes, asksAlone: ASKS_ALONE, firstAnswers, ask,
    check: (item, answer) => {
      const checked = task.check(item, answer);
      if (checked.ok) raw.set(item.id, answer);
      return checked;
    },
    onItem: ({ id, result, usage, calls }) => {
      if (!result.ok && result.failure.code === 'cancelled') return;
      const own: Result<unknown> = result.ok ? { ok: true, value: raw.get(id) } : result;
      const written = finished(id, { result: own, usage, costUsd: price === null ? 0 : costOf(usage, price), attempts: calls });
      // Awaited below; a rejection must not be nobody's until then.
      written.catch(() => undefined);
      writes.push(written);
    },
  }, signal);
  await Promise.all(writes);
  signal.throwIfAborted();
}
