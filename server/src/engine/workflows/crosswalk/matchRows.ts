import type { Match, NewTarget, Unit } from '../../../../../shared/model.ts';
import type { MatchRow } from '../../../../../shared/protocol/results.ts';
import type { StepRows } from '../../ports.ts';

type StoredMatch = NonNullable<StepRows['matches']>[number];
type StoredNewTarget = NonNullable<StepRows['newTargets']>[number];

/** Text beyond this is not searched; no screen shows as much. */
const MAX_SEARCHED = 20_000;

/** A match with its line in the list and the words it is found by. */
export function storedMatch(match: Match, source: Unit, target: Unit | null): StoredMatch {
  const { outcome, reason, relation, moved, variance, impact, confidence } = match;
  const row: MatchRow = {
    ...names(source),
    side: 'source',
    outcome,
    ...(reason === undefined ? {} : { reason }),
    relation,
    moved,
    variance,
    impact,
    confidence,
    target: target === null ? null : { ...names(target), more: Math.max(0, match.targets.length - 1) },
  };
  return { match, row, searchText: searchText(source) };
}

export function storedNewTarget(newTarget: NewTarget, target: Unit): StoredNewTarget {
  const { outcome, reason, relation, variance, impact } = newTarget;
  const row: MatchRow = {
    ...names(target),
    side: 'target',
    outcome,
    ...(reason === undefined ? {} : { reason }),
    relation,
    moved: false,
    variance,
    impact,
    confidence: null,
    target: null,
  };
  return { newTarget, row, searchText: searchText(target) };
}

function names(unit: Unit): { readonly id: string; readonly number: string; readonly title: string } {
  return { id: unit.key, number: unit.number ?? '', title: unit.title ?? '' };
}

function searchText(unit: Unit): string {
  return [unit.number ?? '', unit.title ?? '', unit.span.quote.slice(0, MAX_SEARCHED)].join('\n');
}
