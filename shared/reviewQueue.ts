/** Which rows a person looks at first: the rule behind the queue "to review", in the store's lists and in the text. */
import type { Outcome, Relation } from './model.ts';
import type { RowReview } from './protocol/reviews.ts';

/** Decided rows below it want a person, whatever they say. Probability. */
export const SURE = 0.9;

const ASKING: ReadonlySet<Relation | null> = new Set(['missing', 'new', 'changed', 'split', 'merged', 'covered'] as const);

/** True of a row that claims something which can be accepted: an answer, or at least a counterpart. */
export function claims({ outcome, target }: { readonly outcome: Outcome | 'waiting'; readonly target: unknown }): boolean {
  return outcome === 'decided' || (outcome === 'abstained' && target !== null);
}

/** True of a row that wants a person and has no decision that stands. */
export function isToReview(row: { readonly outcome: Outcome | 'waiting'; readonly relation: Relation | null; readonly confidence: number | null }, review: RowReview | undefined): boolean {
  if (review !== undefined && review.state !== 'open') return false;
  const { outcome, relation, confidence } = row;
  return outcome === 'abstained' || outcome === 'failed' || ASKING.has(relation) || (outcome === 'decided' && confidence !== null && confidence < SURE);
}
