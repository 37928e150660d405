import type { Match, NewTarget, Review, ReviewStanding, Unit, WorkflowName } from '../../../../../shared/model.ts';
import type { CarryOver } from '../../documents/carryOver/carryUnits.ts';
import { findingKey, unitKeyOf } from '../comparison/findingKey.ts';
import { unitName } from '../comparison/unitNames.ts';
import { reviewStanding, type ReviewedRow } from './reviewStanding.ts';

/** A review and what became of it. */
export interface CarriedReview {
  readonly review: Review;
  /** Key of the finding in the new run; null where its unit is gone. */
  readonly findingKey: string | null;
  readonly standing: ReviewStanding;
}

/** What reviews of a crosswalk are carried over by. */
export interface CarriedDocuments {
  readonly source: CarryOver;
  readonly target: CarryOver;
}

const TWINS_REASON = 'Several provisions have these very words, and not all of them are where they were: it is not certain which of them was decided on. Decide again.';

type Named = ReviewedRow['unit'];

const named = (unit: Unit): Named => ({ key: unit.key, contentHash: unit.contentHash, name: unitName(unit) });

/** True of a review whose unit has equal twins that cannot be told apart, unless all of them carry the same decision. */
function isGuess(review: Review, key: string, { twins }: CarryOver, byUnit: ReadonlyMap<string, Review>): boolean {
  const group = twins.get(key);
  if (group === undefined) return false;
  const words = (units: Review['override']): string => (units ?? []).map(({ contentHash }) => contentHash).sort().join(' ');
  const said = ({ state, targets, override }: Review): string => [state, words(targets), words(override)].join('\n');
  const isOneForAll = group.before.every((twin) => {
    const other = byUnit.get(twin);
    return other !== undefined && said(other) === said(review);
  });
  return !isOneForAll || group.after.length > group.before.length;
}

/**
 * Every review of an older run of a crosswalk with its standing in a newer one, in the order given. Units are carried
 * over by their words, so a renumbered outline keeps its reviews; a review whose unit is gone stays listed.
 */
export function carryReviews(
  reviews: readonly Review[],
  { source, target }: CarriedDocuments,
  matches: readonly Match[],
  newTargets: readonly NewTarget[],
): readonly CarriedReview[] {
  const workflow: WorkflowName = 'crosswalk';
  const targetOf = (key: string): Named | null => {
    const unit = target.byAfter.get(key)?.after ?? null;
    return unit === null ? null : named(unit);
  };
  const carriedTarget = (key: string): string | null => target.byBefore.get(key)?.after?.key ?? null;
  const matchOf = new Map(matches.map((match) => [match.sourceId, match]));
  const isNew = new Set(newTargets.map(({ targetId }) => targetId));
  const kindOf = (review: Review): 'newTarget' | 'match' => (review.findingKey.endsWith(':newTarget') ? 'newTarget' : 'match');
  const unitOf = (review: Review): string => unitKeyOf(workflow, review.findingKey, kindOf(review));
  const byUnit = new Map(reviews.map((review) => [unitOf(review), review]));
  return reviews.map((review): CarriedReview => {
    const kind = kindOf(review);
    const side = kind === 'match' ? source : target;
    const unit = side.byBefore.get(unitOf(review))?.after ?? null;
    if (unit === null) return { review, findingKey: null, standing: reviewStanding(review, null, carriedTarget, targetOf) };
    const key = findingKey(workflow, unit.key, kind);
    if (kind === 'newTarget' && !isNew.has(unit.key)) {
      return { review, findingKey: key, standing: { standing: 'reviewAgain', reason: `${unitName(unit)} is claimed by a provision now.` } };
    }
    if (isGuess(review, unitOf(review), side, byUnit)) return { review, findingKey: key, standing: { standing: 'reviewAgain', reason: TWINS_REASON } };
    const targets = (matchOf.get(unit.key)?.targets ?? []).flatMap(({ targetId }) => targetOf(targetId) ?? []);
    return { review, findingKey: key, standing: reviewStanding(review, { unit: named(unit), targets: kind === 'match' ? targets : [] }, carriedTarget, targetOf, (own) => target.twins.has(own)) };
  });
}
