import type { Result } from '../../../../shared/failure.ts';
import type { BatchItem } from './batchPlan.ts';
import { sampled, shuffled } from './seededOrder.ts';

/**
 * Whether answers depend on the company they are asked in: some items are asked again, in another order and so in other
 * batches, and their checked answers compared.
 */
export interface Invariance {
  /** Items with a checked answer both times. */
  readonly compared: number;
  /** Ids whose answers differ, in the order of the items. */
  readonly drifted: readonly string[];
  /** Drifted of compared, in [0, 1]; null where nothing could be compared. */
  readonly drift: number | null;
  /** Items of the sample without an answer one time or the other: no drift, and no agreement. */
  readonly uncompared: number;
}

/** Items asked again, at most. A drift of one in five is seen in 97 of 100 samples, one of one in ten in 70. */
export const SAMPLE_ITEMS = 24;
/** Drift that is taken for the model's own wavering. Share of the compared. */
export const MOST_DRIFT = 0.05;

/** Items to ask again, in the order to ask them in. The same seed gives the same ones. */
export function invarianceSample<I extends BatchItem>(items: readonly I[], seed: number, size = SAMPLE_ITEMS): readonly I[] {
  return shuffled(sampled(items, size, seed), seed + 1);
}

export interface Answered<T> {
  readonly id: string;
  readonly result: Result<T>;
}

/** Holds the second answers against the first, by id. Of `first` only what was asked again is looked at. */
export function measureDrift<T>(first: readonly Answered<T>[], again: readonly Answered<T>[], equal: (a: T, b: T) => boolean): Invariance {
  const second = new Map(again.map(({ id, result }) => [id, result]));
  const drifted: string[] = [];
  let compared = 0;
  let uncompared = 0;
  for (const { id, result } of first) {
    const other = second.get(id);
    if (other === undefined) continue;
    if (!result.ok || !other.ok) {
      uncompared++;
      continue;
    }
    compared++;
    if (!equal(result.value, other.value)) drifted.push(id);
  }
  return { compared, drifted, drift: compared === 0 ? null : drifted.length / compared, uncompared };
}

/**
 * Items of a batch from now on: half where answers drift, never less than one. A drift at one item a batch is the model's
 * own; no size heals it, and whoever reports it says so.
 */
export function batchSizeAfter({ drift }: Pick<Invariance, 'drift'>, items: number): number {
  return drift !== null && drift > MOST_DRIFT ? Math.max(1, Math.floor(items / 2)) : items;
}
