import type { Impact, Relation } from '../../../shared/model.ts';
import type { MatchCounts, MatchFilter } from '../../../shared/protocol/results.ts';
import type { MatchFacets, ReviewFilter } from '../../../shared/protocol/reviews.ts';
import { sentenceCase } from '../../../shared/words/labels.ts';

/** Which rows of the list are shown; what is not named does not narrow. */
export interface Narrowing {
  readonly filter: MatchFilter;
  readonly relation?: Relation;
  readonly impact?: Impact;
  readonly moved?: boolean;
  readonly review?: ReviewFilter;
}

export const EVERYTHING: Narrowing = { filter: 'all' };
export const TO_REVIEW: Narrowing = { filter: 'all', review: 'toReview' };

export const REVIEW_FILTER_LABEL: Readonly<Record<ReviewFilter, string>> = {
  toReview: 'to review', open: 'open', accepted: 'accepted', rejected: 'rejected', overridden: 'overridden', reviewAgain: 'review again', noted: 'with a note', exception: 'open exception',
};

export interface Chip {
  readonly label: string;
  readonly narrowing: Narrowing;
  /** Null while it is not known. */
  readonly count: number | null;
  /** Left out of the bar where the panel is narrower. */
  readonly rare: boolean;
}

/** Chips in the order of use: what needs a look first. The outcomes that are seldom asked for stand behind Filter. */
export function chipsOf(counts: MatchCounts | null, facets: MatchFacets | null): readonly Chip[] {
  const of = (filter: MatchFilter, rare: boolean): Chip => ({ label: sentenceCase(filter), narrowing: { filter }, count: counts?.[filter] ?? null, rare });
  return [
    of('all', false),
    { label: 'To review', narrowing: TO_REVIEW, count: facets?.review.toReview ?? null, rare: false },
    { label: 'High impact', narrowing: { filter: 'all', impact: 'high' }, count: facets?.impact.high ?? null, rare: false },
    of('abstained', false),
    of('missing', false),
    of('new', true),
    of('changed', true),
  ];
}

const FIELDS = ['filter', 'relation', 'impact', 'moved', 'review'] as const;

export function isSameNarrowing(one: Narrowing, other: Narrowing): boolean {
  return FIELDS.every((field) => one[field] === other[field]);
}

/** `changed, high impact, to review`; empty for everything. */
export function narrowingWords({ filter, relation, impact, moved, review }: Narrowing): string {
  return [
    filter === 'all' ? '' : filter,
    relation ?? '',
    impact === undefined ? '' : `${impact} impact`,
    moved === undefined ? '' : moved ? 'moved' : 'not moved',
    review === undefined ? '' : REVIEW_FILTER_LABEL[review],
  ].filter((word) => word !== '').join(', ');
}

/** The same narrowing with one part set, or taken off where it was set to this already. */
export function toggled<K extends Exclude<keyof Narrowing, 'filter'>>(narrowing: Narrowing, field: K, value: NonNullable<Narrowing[K]>): Narrowing {
  const { [field]: before, ...rest } = narrowing;
  return (before === value ? rest : { ...rest, [field]: value }) as Narrowing;
}
