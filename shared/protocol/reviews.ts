/** What a person says of findings, as every wire carries it: decisions, their history, exceptions, exchange with a colleague. */
import type { Impact, Relation, Review, ReviewState } from '../model.ts';

/** Names a row of a run: the unit key of a match or new target, or the key of a finding. */
export interface RowAddress {
  readonly runId: string;
  readonly id: string;
}

export interface OverrideTarget {
  readonly id: string;
  readonly number: string;
  readonly title: string;
}

/** How a row stands with its reviewer. Absent on a row nobody has touched: it is open. */
export interface RowReview {
  /** `open` where only a note or an exception was made, or where the review has to be made again. */
  readonly state: ReviewState;
  /** `reviewAgain`: words or targets are others than those reviewed; the row counts as open. */
  readonly standing: 'stands' | 'reviewAgain';
  /** Of `reviewAgain`: a sentence on what changed. */
  readonly reason?: string;
  /** What was said before the words changed; only with `reviewAgain`. */
  readonly earlier?: ReviewState;
  /** Of `overridden`: the targets named instead; empty is "no counterpart". */
  readonly override?: readonly OverrideTarget[];
  /** The newest note, cut at 500 characters. */
  readonly note?: string;
  readonly reviewer: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly exception?: ExceptionState;
}

export const EXCEPTION_STATES = ['open', 'closed'] as const;
export type ExceptionState = (typeof EXCEPTION_STATES)[number];

/** A difference somebody must settle before sign-off; its own object, whatever the review says. */
export interface ReviewException {
  /** `EX-14`, counted per store. */
  readonly label: string;
  readonly state: ExceptionState;
  readonly owner?: string;
  /** `2026-11-30`. */
  readonly dueDate?: string;
  readonly resolution?: string;
  readonly openedBy: string;
  readonly openedAt: number;
  readonly closedBy?: string;
  readonly closedAt?: number;
}

export type ReviewAction =
  | { readonly kind: 'accept' | 'reject' | 'reopen'; readonly note?: string }
  /** `targets` are unit keys of the run's target document; none is "no counterpart". */
  | { readonly kind: 'override'; readonly targets: readonly string[]; readonly note?: string }
  | { readonly kind: 'note'; readonly note: string }
  | { readonly kind: 'openException'; readonly owner?: string; readonly dueDate?: string; readonly note?: string }
  | { readonly kind: 'closeException'; readonly resolution: string };

/** One line of the audit trail. Lines are only ever added: an undo is a line, too. */
export interface ReviewEntry {
  /** Grows with time, per store. */
  readonly sequence: number;
  readonly action: ReviewAction['kind'] | 'undo' | 'redo' | 'import';
  /** The decision as it stands after this line; null where there is none (any more). */
  readonly after: Review | null;
  readonly reviewer: string;
  readonly at: number;
  readonly note?: string;
  /** In words, as `accepted`, `overridden with 4.02 Loans`, `undone: accepted`. */
  readonly words: string;
}

/** What an action, undo or redo did, to be shown in one line that names the way back. */
export interface ReviewDone {
  /** Rows of the run that are another now. */
  readonly ids: readonly string[];
  /** `3.01(c) accepted. Undo: U.` without the key. */
  readonly message: string;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
}

export interface ReviewHistory {
  readonly review: RowReview | null;
  readonly exception: ReviewException | null;
  /** Newest first, at most 200. */
  readonly entries: readonly ReviewEntry[];
}

/** Narrow a list to how rows stand with their reviewer. `toReview`: open or to be made again, and worth a look (see `run/facets`). */
export const REVIEW_FILTERS = ['toReview', 'open', 'accepted', 'rejected', 'overridden', 'reviewAgain', 'noted', 'exception'] as const;
export type ReviewFilter = (typeof REVIEW_FILTERS)[number];

/** Counts over the whole run for chips, menus and review queues; each counts by itself, not within another. */
export interface MatchFacets {
  readonly review: Readonly<Record<ReviewFilter, number>>;
  readonly impact: Readonly<Record<Impact, number>>;
  readonly relation: Readonly<Record<Relation, number>>;
  readonly moved: number;
}

/** What accepting everything open at or above a confidence would do, said before it is done. */
export interface BulkOffer {
  readonly atLeast: number;
  readonly rows: number;
  /** Expected share of wrong ones in [0, 1]: the mean of one minus the calibrated confidence. */
  readonly expectedWrong: number;
}

export const REVIEW_SORTS = ['document', 'confidence', 'impact', 'target'] as const;
export type MatchSort = (typeof REVIEW_SORTS)[number];
export const MATCH_GROUPS = ['none', 'relation', 'impact', 'review', 'section'] as const;
export type MatchGroup = (typeof MATCH_GROUPS)[number];
export interface MatchGroupRow {
  /** As shown: `changed`, `high`, `ARTICLE III CONTRIBUTIONS`. */
  readonly label: string;
  readonly first: number;
  readonly rows: number;
}

/** Two people said different things of the same words. */
export interface ReviewConflict {
  readonly findingKey: string;
  /** Number and heading of the unit. */
  readonly name: string;
  readonly mine: Review;
  readonly theirs: Review;
}
export interface ReviewImport {
  /** Decisions taken over, because nothing was said here or the same. */
  readonly applied: number;
  readonly unchanged: number;
  /** Decisions on words this run does not have, or that would not hold beside what was said here; kept out, named in `problems`. */
  readonly unknown: number;
  /** Not taken over unless asked for with `conflicts: 'theirs'`. */
  readonly conflicts: readonly ReviewConflict[];
  readonly problems: readonly string[];
}
