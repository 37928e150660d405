import type { Direction } from '../../../models/direction.ts';
import type { Nearness } from './nearMissing.ts';

/** Directions have one length. */
export interface NearestInput {
  readonly sources: readonly Direction[];
  /** Null: nobody knows. */
  readonly targets: readonly (Direction | null)[];
  /** By source: places of targets that are left out. */
  readonly without: readonly (readonly number[])[];
  /** Of a source. */
  readonly most: number;
}

/** What is nearest to a source. */
export interface NearestFound {
  /** Places of the targets that are not left out, nearest first. */
  readonly places: readonly number[];
  /** Of all targets, also those left out; null where nobody knows any. */
  readonly nearest: Nearness | null;
}
