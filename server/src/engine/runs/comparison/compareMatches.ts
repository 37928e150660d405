import type { Cause, ComparedRow, FieldChange, RowState } from '../../../../../shared/comparison.ts';
import type { Carry } from '../../documents/carryOver/carryUnits.ts';
import { fieldChanges, saidByMatch, saidByNewTarget } from './fieldChanges.ts';
import { findingKey } from './findingKey.ts';
import { matchCauses, newTargetCauses } from './matchCauses.ts';
import type { Pairing } from './pairing.ts';
import { comparedUnit } from './unitNames.ts';
import type { Whole } from './wholeCauses.ts';

function stateOf(wasThere: boolean, isThere: boolean, changes: readonly FieldChange[]): RowState {
  if (!wasThere) return 'new';
  if (!isThere) return 'gone';
  return changes.length > 0 ? 'changed' : 'unchanged';
}

function rowOf(kind: 'match' | 'newTarget', carry: Carry, state: RowState, changes: readonly FieldChange[], causes: () => readonly Cause[]): ComparedRow {
  const { before, after, how, similarity } = carry;
  return {
    key: findingKey('crosswalk', (state === 'gone' ? (before ?? after) : (after ?? before))?.key ?? '', kind),
    kind, state,
    before: comparedUnit(before), after: comparedUnit(after),
    carried: how, similarity: Math.round(similarity * 1000) / 1000,
    changes,
    causes: state === 'unchanged' ? [] : causes(),
  };
}

/** Words of a unit, heading included, without the number in front of them. */
function ownWords(unit: Carry['before']): string {
  if (unit === null) return '';
  return `${unit.title ?? ''} ${unit.span.quote.slice(unit.textStart - unit.span.start, unit.textEnd - unit.span.start)}`;
}

/** A row per source unit of either run. */
export function compareMatches(pairing: Pairing, whole: Whole): readonly ComparedRow[] {
  return pairing.source.carryOver.carries.flatMap((carry): readonly ComparedRow[] => {
    const then = pairing.before.matchOf.get(carry);
    const now = pairing.after.matchOf.get(carry);
    if (then === undefined && now === undefined) return [];
    const changes = then === undefined || now === undefined ? [] : fieldChanges(
      saidByMatch(then, ownWords(carry.before), pairing.before.targetsOf.get(carry) ?? []),
      saidByMatch(now, ownWords(carry.after), pairing.after.targetsOf.get(carry) ?? []),
    );
    const isTextOnly = changes.every(({ field }) => field === 'quote');
    return [rowOf('match', carry, stateOf(then !== undefined, now !== undefined, changes), changes, () => matchCauses(carry, pairing, whole, isTextOnly))];
  });
}

/** A row per target unit that nobody claims in either run. */
export function compareNewTargets(pairing: Pairing, whole: Whole): readonly ComparedRow[] {
  return pairing.target.carryOver.carries.flatMap((carry): readonly ComparedRow[] => {
    const then = pairing.before.newTargetOf.get(carry);
    const now = pairing.after.newTargetOf.get(carry);
    if (then === undefined && now === undefined) return [];
    const changes = then === undefined || now === undefined ? [] : fieldChanges(saidByNewTarget(then, ownWords(carry.before)), saidByNewTarget(now, ownWords(carry.after)));
    return [rowOf('newTarget', carry, stateOf(then !== undefined, now !== undefined, changes), changes, () => newTargetCauses(carry, pairing, whole))];
  });
}
