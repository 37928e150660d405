import type { Carried } from '../../../../../shared/comparison.ts';
import type { Unit } from '../../../../../shared/model.ts';
import { alignUnits } from './alignUnits.ts';
import { equalUnits } from './equalUnits.ts';
import { uncertainTwins, type Twins } from './uncertainTwins.ts';

/** A unit of one version and what became of it in the other. */
export interface Carry {
  readonly before: Unit | null;
  readonly after: Unit | null;
  readonly how: Carried;
  /** Words the two share, in [0, 1]: 1 when equal, 0 where there is one only. */
  readonly similarity: number;
}

/** Every unit of two versions of a document, once. */
export interface CarryOver {
  /** In the order of the newer version; a unit that is gone stands behind the one it followed. */
  readonly carries: readonly Carry[];
  /** By unit key of the older version. */
  readonly byBefore: ReadonlyMap<string, Carry>;
  /** By unit key of the newer version. */
  readonly byAfter: ReadonlyMap<string, Carry>;
  /** By unit key of the older version: those with equal words whose partner is a guess. */
  readonly twins: ReadonlyMap<string, Twins>;
}

/**
 * Carries the units of a document over to its next version: equal words first, then units that are alike. Keys, numbers
 * and places are not what makes two units the same, so an inserted provision shifts nothing.
 */
export function carryUnits(before: readonly Unit[], after: readonly Unit[]): CarryOver {
  const equal = equalUnits(before, after);
  const aligned = alignUnits(before, after, equal);
  const partner = new Map<number, Carry>();
  const taken = new Map<number, Carry>();
  const pair = (i: number, j: number, how: Carried, similarity: number): void => {
    const carry: Carry = { before: before[i] as Unit, after: after[j] as Unit, how, similarity };
    partner.set(i, carry);
    taken.set(j, carry);
  };
  for (const [i, j] of equal) pair(i, j, 'equal', 1);
  for (const { before: i, after: j, similarity } of aligned) pair(i, j, 'aligned', similarity);

  const goneBehind = new Map<Unit | null, Carry[]>();
  let last: Unit | null = null;
  before.forEach((unit, i) => {
    const carry = partner.get(i);
    if (carry !== undefined) {
      last = carry.after;
      return;
    }
    const gone: Carry = { before: unit, after: null, how: 'gone', similarity: 0 };
    partner.set(i, gone);
    const behind = goneBehind.get(last);
    if (behind === undefined) goneBehind.set(last, [gone]);
    else behind.push(gone);
  });
  const carries: Carry[] = [...(goneBehind.get(null) ?? [])];
  after.forEach((unit, j) => {
    const carry: Carry = taken.get(j) ?? { before: null, after: unit, how: 'added', similarity: 0 };
    carries.push(carry, ...(goneBehind.get(unit) ?? []));
  });
  const byBefore = new Map(carries.flatMap((carry): [string, Carry][] => (carry.before === null ? [] : [[carry.before.key, carry]])));
  return {
    carries, byBefore,
    twins: uncertainTwins(before, after, byBefore),
    byAfter: new Map(carries.flatMap((carry) => (carry.after === null ? [] : [[carry.after.key, carry]]))),
  };
}
