import type { MatchQuery } from '../../../shared/protocol/results.ts';
import type { FirstRows } from '../../../shared/protocol/panel.ts';
import type { MatchGroup, MatchSort } from '../../../shared/protocol/reviews.ts';
import { EVERYTHING, TO_REVIEW, type Narrowing } from './narrowing.ts';
import { PAGE_ROWS } from './pagedRows.ts';
import { keptNarrowing, type KeptState } from './viewState.ts';

/** What narrows, orders and groups the list of matches. */
export interface ListQuestion {
  readonly narrowing: Narrowing;
  readonly search: string;
  /** Null: the order that goes with the narrowing. */
  readonly sort: MatchSort | null;
  readonly descending: boolean;
  readonly group: MatchGroup;
}

/** What a page shows first: what an earlier page left, otherwise what is to be reviewed of a run at rest. */
export function firstQuestion(kept: KeptState | null, isAtRest: boolean): ListQuestion {
  return {
    narrowing: kept === null ? (isAtRest ? TO_REVIEW : EVERYTHING) : keptNarrowing(kept),
    search: kept?.search ?? '', sort: kept?.sort ?? null, descending: kept?.descending ?? false, group: kept?.group ?? 'none',
  };
}

/** The order in force: what is to be reviewed starts with what is least certain. */
export function orderOf({ sort, narrowing }: ListQuestion): MatchSort {
  return sort ?? (narrowing.review === 'toReview' ? 'confidence' : 'document');
}

export function queryOf(question: ListQuestion): Omit<MatchQuery, 'runId' | 'offset' | 'limit'> {
  const { narrowing, search, descending, group } = question;
  const order = orderOf(question);
  return {
    ...narrowing, search,
    ...(order === 'document' && !descending ? {} : { sort: order, descending }),
    ...(group === 'none' ? {} : { group }),
  };
}

/** What an earlier page left, as far as the list of matches goes: the place in another list is not its own. */
export function keptOfMatches(kept: KeptState | null): KeptState | null {
  return kept === null || kept.tab === 'matches' ? kept : { ...kept, scrollTop: 0 };
}

/** The page of rows in sight first. `rowHeight` in pixels. */
export function firstRows(kept: KeptState | null, isAtRest: boolean, rowHeight: number): FirstRows {
  const row = Math.floor((keptOfMatches(kept)?.scrollTop ?? 0) / rowHeight);
  return { ...queryOf(firstQuestion(kept, isAtRest)), offset: row - (row % PAGE_ROWS), limit: PAGE_ROWS };
}
