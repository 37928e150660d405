import type { Direction } from '../../../models/direction.ts';

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
