import { formatMoment } from '../../engine/index.ts';
import type { ReviewState } from '../../../../shared/model.ts';
import type { RowReview } from '../../../../shared/protocol/reviews.ts';
import type { Said } from './placedMarks.ts';

const SAID: Readonly<Record<Exclude<ReviewState, 'open'>, string>> = { accepted: 'Accepted', rejected: 'Rejected', overridden: 'Overridden' };

function targetsOf({ override }: RowReview): string {
  if (override === undefined) return '';
  const names = override.map(({ number, title }) => [number, title].filter((part) => part !== '').join(' '));
  return names.length === 0 ? ' with no counterpart' : ` with ${names.join(', ')}`;
}

/** True where a person has decided and the decision holds: the row asks for no look any more. */
export function isSettled(review: RowReview | undefined): review is RowReview {
  return review !== undefined && review.state !== 'open' && review.standing === 'stands';
}

/** `Accepted`, `Overridden with 4.02 Loans`, `Review again`; null where there is nothing to say. */
export function stateWords(review: RowReview | undefined): string | null {
  if (review === undefined) return null;
  if (review.standing === 'reviewAgain') return 'Review again';
  return review.state === 'open' ? null : `${SAID[review.state]}${targetsOf(review)}`;
}

/** `by M. Okafor on 21 Nov 2025, 14:09 UTC`. */
export function whoAndWhen({ reviewer, at }: RowReview, timeZone: string): string {
  const when = `on ${formatMoment(new Date(at).toISOString(), timeZone)}`;
  return reviewer === '' ? when : `by ${reviewer} ${when}`;
}

/** What a diagnostic adds of a review: who settled it, or why it is to be looked at again. */
export function saidOf(review: RowReview | undefined): Said {
  if (review?.standing === 'reviewAgain') return { words: `Review again: ${review.reason ?? 'what was reviewed changed.'}`, settled: false };
  if (!isSettled(review)) return { words: '', settled: false };
  return { words: `${stateWords(review) ?? ''}${review.reviewer === '' ? '' : ` by ${review.reviewer}`}.`, settled: true };
}
