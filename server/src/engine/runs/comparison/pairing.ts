import type { Match, NewTarget } from '../../../../../shared/model.ts';
import type { Carry } from '../../documents/carryOver/carryUnits.ts';
import type { RunFacts } from './runFacts.ts';
import type { Version } from './versions.ts';

type Claimants = ReadonlyMap<Carry, readonly Carry[]>;

/** One run of a crosswalk, its units told by what they are in both versions. */
export interface CarriedRun {
  readonly matchOf: ReadonlyMap<Carry, Match>;
  readonly newTargetOf: ReadonlyMap<Carry, NewTarget>;
  readonly targetsOf: ReadonlyMap<Carry, readonly Carry[]>;
  /** By target: the sources that claim it. */
  readonly claimants: Claimants;
  /** The best candidates of a source, best first. */
  candidates(source: Carry): readonly Carry[];
}

/** Candidates of a row that a change may have turned on. */
const LOOKED_AT = 3;

function carriedRun(facts: RunFacts, source: Version, target: Version, side: 'byBefore' | 'byAfter'): CarriedRun {
  const of = (version: Version, key: string): Carry[] => {
    const carry = version.carryOver[side].get(key);
    return carry === undefined ? [] : [carry];
  };
  const matchOf = new Map<Carry, Match>();
  const targetsOf = new Map<Carry, readonly Carry[]>();
  const claimants = new Map<Carry, Carry[]>();
  for (const match of facts.matches) {
    for (const own of of(source, match.sourceId)) {
      const targets = match.targets.flatMap(({ targetId }) => of(target, targetId));
      matchOf.set(own, match);
      targetsOf.set(own, targets);
      for (const one of targets) claimants.set(one, [...(claimants.get(one) ?? []), own]);
    }
  }
  const newTargetOf = new Map(facts.newTargets.flatMap((row) => of(target, row.targetId).map((own) => [own, row] as const)));
  return {
    matchOf, newTargetOf, targetsOf, claimants,
    candidates: (own) => (matchOf.get(own)?.candidates ?? []).slice(0, LOOKED_AT).flatMap(({ targetId }) => of(target, targetId)),
  };
}

/** Two runs of a crosswalk over versions of the same two documents. */
export interface Pairing {
  readonly source: Version;
  readonly target: Version;
  readonly before: CarriedRun;
  readonly after: CarriedRun;
}

export function pairingOf(before: RunFacts, after: RunFacts, source: Version, target: Version): Pairing {
  return { source, target, before: carriedRun(before, source, target, 'byBefore'), after: carriedRun(after, source, target, 'byAfter') };
}

/** Units of `list` that are not in `others`. */
export function without(list: readonly Carry[] | undefined, others: readonly Carry[] | undefined): readonly Carry[] {
  const known = new Set(others);
  return (list ?? []).filter((carry) => !known.has(carry));
}
