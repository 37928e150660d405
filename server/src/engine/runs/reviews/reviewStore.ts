import type { Finding, Review, ReviewedUnit, Unit, WorkflowName } from '../../../../../shared/model.ts';
import type { Result } from '../../../../../shared/failure.ts';
import type { MatchQuery, MatchRow } from '../../../../../shared/protocol/results.ts';
import type {
  BulkOffer, MatchFacets, MatchGroupRow, ReviewEntry, ReviewException, RowReview,
} from '../../../../../shared/protocol/reviews.ts';

/** One line of the trail of one row. Lines are only ever added; what a row is now is the sum of its lines. */
export interface ReviewLine {
  /** Grows by one a line, per store. */
  readonly sequence: number;
  /** Run it was made on, and the row there. */
  readonly run: string;
  readonly findingKey: string;
  /** `match`, `newTarget`, or the kind of a finding. */
  readonly kind: string;
  readonly action: ReviewEntry['action'];
  /** One act on many rows is one step. */
  readonly step: string;
  /** Process it was made in; empty for what nobody can take back. */
  readonly madeIn: string;
  /** The words it was made on. */
  readonly unit: ReviewedUnit;
  readonly targets: readonly ReviewedUnit[];
  /** Of a decision. */
  readonly review?: Review;
  /** Empty: the note was taken away. */
  readonly note?: string;
  /** Of an exception that was opened or closed: how it is from here on. */
  readonly exception?: ReviewException;
  /** Of `undo` and `redo`: the line and the step they are about. */
  readonly about?: { readonly sequence: number; readonly step: string };
  /** `accepted`, `overridden with 4.02 Loans`. */
  readonly words: string;
  readonly reviewer: string;
  readonly at: number;
}

/** A row that has lines, by the words of its newest one. */
export type LineHead = Pick<ReviewLine, 'findingKey' | 'kind' | 'unit'>;

/** A step of one window: `act`, or what took one back or made it again. */
export interface ReviewStep {
  readonly step: string;
  readonly action: 'act' | 'undo' | 'redo';
  readonly about: string | null;
}

/** A run that was reviewed, kept when the run itself is deleted. */
export interface ReviewedRun {
  readonly run: string;
  readonly workflow: WorkflowName;
  /** In input order. */
  readonly documents: readonly { readonly key: string; readonly hash: string }[];
}

/** A row of a run as a person decides on it. */
export interface ReviewableRow {
  readonly id: string;
  /** Of a finding's row: the finding. */
  readonly finding: Finding | null;
  /** Of a match or new target: its line in the list. */
  readonly row: MatchRow | null;
  /** Unit keys of what a match claims. */
  readonly targets: readonly string[];
}

/** Up to which line the rows of a run are brought; `mark` is another where the run has more rows, or has ended since. */
export interface CarriedTo {
  readonly sequence: number;
  readonly mark: number;
}

export interface ReviewWrite {
  /** Newest line of the trail as the writer knows it; nothing is written where there is a newer one. */
  readonly seen: number;
  readonly run: ReviewedRun;
  readonly lines: readonly ReviewLine[];
  /** Rows that are another now; null where nothing is left to say of one. */
  readonly states: ReadonlyMap<string, RowReview | null>;
  readonly mark: number;
}

/**
 * The trail of reviews, and how every row of a run stands by it. What the trail says is precious; the states of rows are
 * made from it and can be made again. Methods fail as those of RunStore do.
 */
export interface ReviewStore {
  /** Why no decision can be kept of this run: a sentence; null where it can. */
  refusal(runId: string): string | null;
  /** Tells of runs that other processes wrote lines of, began, ended or deleted, within a second or two. Returns how to stop listening. */
  onElsewhere(listener: (runIds: readonly string[]) => void): () => void;
  /** The newest line of the trail; 0 where it is empty. */
  newest(): Promise<Result<number>>;
  reviewedRuns(): Promise<Result<readonly ReviewedRun[]>>;
  /** Rows of a run with a line newer than `after`. */
  heads(runId: string, after: number): Promise<Result<readonly LineHead[]>>;
  /** All lines of these rows of a run, oldest first. */
  lines(runId: string, findingKeys: readonly string[]): Promise<Result<readonly ReviewLine[]>>;
  stepLines(runId: string, step: string): Promise<Result<readonly ReviewLine[]>>;
  /** Steps of one window on a run, oldest first. */
  steps(runId: string, madeIn: string): Promise<Result<readonly ReviewStep[]>>;
  /** The highest number of an exception's label; 0 where there is none. */
  lastException(): Promise<Result<number>>;
  carriedTo(runId: string): Promise<Result<CarriedTo | null>>;
  /** Lines and states in one transaction. False: the trail has lines the writer has not seen, and nothing was written. */
  write(write: ReviewWrite): Promise<Result<boolean>>;
  /** Rows somebody has said something of; `ids` null is all of them. */
  states(runId: string, ids: readonly string[] | null): Promise<Result<ReadonlyMap<string, RowReview>>>;
  /** Rows of a run by id; an id the run does not have is left out. */
  rows(runId: string, ids: readonly string[]): Promise<Result<readonly ReviewableRow[]>>;
  /** Units of a reviewed run, also of one that was deleted. */
  units(runId: string, keys: readonly string[]): Promise<Result<readonly Unit[]>>;
  /** Rows that must be settled before sign-off: design or regulatory, of medium or high impact. */
  exceptional(runId: string): Promise<Result<readonly string[]>>;
  facets(runId: string): Promise<Result<MatchFacets>>;
  groups(query: MatchQuery): Promise<Result<readonly MatchGroupRow[]>>;
  index(query: MatchQuery, id: string): Promise<Result<number>>;
  offer(runId: string, atLeast: number): Promise<Result<BulkOffer>>;
  /** Open decided rows at or above a confidence, in order. */
  openAbove(runId: string, atLeast: number): Promise<Result<readonly string[]>>;
}
