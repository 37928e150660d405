import type { Review, ReviewedUnit, ReviewStanding } from '../../../../../shared/model.ts';

/** A row of a run as a review looks at it. `name` is the number or heading a person knows the unit by. */
export interface ReviewedRow {
  readonly unit: ReviewedUnit & { readonly name: string };
  readonly targets: readonly (ReviewedUnit & { readonly name: string })[];
}

/** Where units of the run a review was made on are now: the key in the new run, or null for one that is gone. */
export type CarriedKey = (key: string) => string | null;

/** A unit of the other document; its words and name where the new run has it. */
export type TargetOf = (key: string) => (ReviewedUnit & { readonly name: string }) | null;

/** True of a unit of which it is not certain what became of it, because others have its very words. */
export type IsTwin = (key: string) => boolean;

const again = (reason: string): ReviewStanding => ({ standing: 'reviewAgain', reason });

/** Why one unit a review rests on is not what it was; null where it is. */
function moved(unit: ReviewedUnit, what: string, carried: CarriedKey, targetOf: TargetOf, isTwin: IsTwin): string | null {
  const key = carried(unit.key);
  const now = key === null ? null : targetOf(key);
  if (isTwin(unit.key)) return `${what} was one of several provisions with equal words, and not all of them are where they were: it is not certain which of them it was.`;
  if (now === null) return `${what} is no longer in the document.`;
  return now.contentHash === unit.contentHash ? null : `${what}, ${now.name}, has another text now.`;
}

/**
 * Whether a review holds for the row its finding has in a new run (null: it has none). It stands only while the words of
 * the unit, the targets it was made on and their words are the same; a new number or place is no change. A review is
 * never kept on other words, and never lost.
 */
export function reviewStanding(review: Review, row: ReviewedRow | null, carriedTarget: CarriedKey, targetOf: TargetOf, isTwin: IsTwin = () => false): ReviewStanding {
  if (row === null) return { standing: 'unitGone', reason: 'The unit it was made on is no longer in the document.' };
  if (row.unit.contentHash !== review.unit.contentHash) return again(`The text of ${row.unit.name} changed since.`);
  for (const target of review.targets) {
    const reason = moved(target, 'The target it was made on', carriedTarget, targetOf, isTwin);
    if (reason !== null) return again(reason);
  }
  const then = new Set(review.targets.map(({ key }) => carriedTarget(key)));
  const now = new Set<string | null>(row.targets.map(({ key }) => key));
  const added = row.targets.find(({ key }) => !then.has(key));
  if (added !== undefined) return again(`${row.unit.name} is now matched with ${added.name}, which it was not when it was reviewed.`);
  const dropped = [...then].find((key) => !now.has(key));
  if (dropped !== undefined) return again(`${row.unit.name} is no longer matched with ${targetOf(dropped ?? '')?.name ?? 'a target'}, with which it was reviewed.`);
  for (const target of review.override ?? []) {
    const reason = moved(target, 'The target named instead', carriedTarget, targetOf, isTwin);
    if (reason !== null) return again(reason);
  }
  return { standing: 'stands' };
}
