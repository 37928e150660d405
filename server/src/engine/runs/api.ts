import type { DocumentKind, DocumentSummary, Output, Page, PlannedWork, RunSnapshot, Span, Unit, WorkflowName } from '../../../../shared/model.ts';
import type { RunComparison } from '../../../../shared/comparison.ts';
import type { Result } from '../../../../shared/failure.ts';
import type { Settings } from '../../../../shared/settings.ts';
import type {
  FindingFacets, FindingQuery, FindingRow, MatchCounts, MatchDetail, MatchQuery, MatchRow, RunList,
} from '../../../../shared/protocol/results.ts';
import type {
  BulkOffer, MatchFacets, MatchGroupRow, ReviewAction, ReviewDone, ReviewHistory, ReviewImport, RowReview,
} from '../../../../shared/protocol/reviews.ts';
import type { Caches } from '../cache/caches.ts';
import type { Correction } from '../documents/correctionPlaces.ts';
import type { CollateDocument } from '../documents/document.ts';

export interface RunInput {
  /** Document key: relative path, `/` between parts. */
  readonly key: string;
  /** Path the Files port can read. */
  readonly path: string;
  readonly kind?: DocumentKind;
  /** The editor's unsaved text, where there is one: it is read instead of the file. */
  readonly text?: string;
  /** What a person said of the cut of this document; kept with the run, so that a resumed one is cut alike. */
  readonly corrections?: readonly Correction[];
  /** Where they are read anew when the same is asked again: the folder's own file. Absent: given with the request. */
  readonly correctedBy?: 'folder';
}

export interface RunRequest {
  /** `auto`: transcript for a transcript, document for anything else. */
  readonly workflow: WorkflowName | 'auto';
  /** A crosswalk takes exactly two, source first; the others take one. */
  readonly inputs: readonly RunInput[];
  readonly settings: Settings;
}

/** What a run would ask of models, in the order it asks. Nothing planned: nobody is asked, and `none` says why. */
export interface RunEstimate {
  readonly planned: readonly PlannedWork[];
  readonly none: string;
}

/** What may be other when a run is taken up again. */
export interface ResumeChanges {
  /** US dollars; 0: no limit. */
  readonly budgetPerRun?: number;
  /** Who answers from now on; absent: as before. A window nobody trusts takes up a run by rules alone. */
  readonly provider?: Settings['provider'];
  readonly baseUrl?: string;
}

/** Where a span's words are in a text that may have changed since the run. */
export interface Located {
  readonly start: { readonly line: number; readonly character: number };
  readonly end: { readonly line: number; readonly character: number };
  readonly current: boolean;
}

/** A request as it was made; the text of an input is left out. */
export type Asked = Pick<RunRequest, 'workflow'> & { readonly inputs: readonly Omit<RunInput, 'text'>[] };

/** Two finished runs over the same documents, the older one first. */
export interface RunPair {
  readonly before: RunSnapshot;
  readonly after: RunSnapshot;
}

/**
 * What people say of rows, over the trail of the store: their decisions hold in every run over the same words. `reviewer`
 * is who speaks; empty is the user the system knows. Without a store that keeps it nothing can be said: `storeUnavailable`.
 */
export interface Reviews {
  /** Says something of rows, all of them or none. */
  act(runId: string, ids: readonly string[], action: ReviewAction, reviewer: string): Promise<Result<ReviewDone>>;
  /** Takes back the last step this process made on rows of the run. */
  undo(runId: string, reviewer: string): Promise<Result<ReviewDone>>;
  redo(runId: string, reviewer: string): Promise<Result<ReviewDone>>;
  history(runId: string, id: string): Promise<Result<ReviewHistory>>;
  facets(runId: string): Promise<Result<MatchFacets>>;
  groups(query: MatchQuery): Promise<Result<readonly MatchGroupRow[]>>;
  index(query: MatchQuery, id: string): Promise<Result<number>>;
  offer(runId: string, atLeast: number): Promise<Result<BulkOffer>>;
  /** Accepts every open decided row at or above a confidence, as one step. */
  acceptAbove(runId: string, atLeast: number, reviewer: string): Promise<Result<ReviewDone>>;
  /** Writes what was decided and noted on the run's rows into a file (shared/reviewFile.ts); how many rows. */
  exportTo(runId: string, path: string): Promise<Result<number>>;
  /** Takes over what such a file says of words this run has, as one step. Nothing is overwritten unless `theirs` rule. */
  importFrom(runId: string, path: string, conflicts: 'mine' | 'theirs', reviewer: string): Promise<Result<ReviewImport>>;
  /** Exceptions of a run that are not closed; without a store to keep them, the rows that ask for one. */
  openExceptions(runId: string): Promise<Result<number>>;
  /** Tells of runs that were reviewed, began, ended or were deleted in another window or a terminal. Returns how to stop listening. */
  onElsewhere(listener: (runIds: readonly string[]) => void): () => void;
}

/** Runs: the one door for editor, terminal and worker. */
export interface Runs {
  /** Reads nothing, waits for nothing: the id is there at once; unreadable inputs make the run `failed` with the reason. */
  start(request: RunRequest): Promise<Result<string>>;
  /** What it would cost and how long it would take to ask a model, without asking: the rules are run and nothing is kept. */
  estimate(request: RunRequest, signal: AbortSignal): Promise<Result<RunEstimate>>;
  /** Takes up an interrupted, cancelled or paused run where its journal ends, on the text it was started on. */
  resume(runId: string, changes?: ResumeChanges): Promise<Result<string>>;
  /** Stops at the next await; what is journalled is kept. False when the run is not at work in this process. */
  cancel(runId: string, who: string): boolean;
  /** Resolves when the run is at rest. For runs of this process. */
  settled(runId: string): Promise<RunSnapshot>;
  /** Small complete snapshots, at most 10 a second per run, the last always. Returns how to stop listening. */
  onProgress(listener: (snapshot: RunSnapshot) => void): () => void;
  get(runId: string): Promise<Result<RunSnapshot>>;
  list(offset: number, limit: number): Promise<Result<RunList>>;
  latest(documentKey: string): Promise<Result<RunSnapshot | null>>;
  matches(query: MatchQuery): Promise<Result<Page<MatchRow>>>;
  matchCounts(runId: string): Promise<Result<MatchCounts>>;
  match(runId: string, id: string): Promise<Result<MatchDetail>>;
  findings(query: FindingQuery): Promise<Result<Page<FindingRow>>>;
  /** Empty analyzer = all of them. */
  findingFacets(runId: string, analyzer: string): Promise<Result<FindingFacets>>;
  /** How rows stand with their reviewers, by row id; rows nobody has touched are not in it. */
  rowReviews(runId: string): Promise<Result<ReadonlyMap<string, RowReview>>>;
  readonly reviews: Reviews;
  /** The whole run as the contract's JSON. Pending units of a stopped run are counted as skipped, with the reason. */
  output(runIds: readonly string[]): Promise<Result<Output>>;
  /** A finished run and the newest finished one before it over the same documents; null where there is none. `null`: the newest run that has one. */
  withEarlier(runId: string | null): Promise<Result<RunPair | null>>;
  /** What moved from an older run to a newer one over the same documents: new, gone, unchanged or changed, with the cause. */
  compare(beforeId: string, afterId: string): Promise<Result<RunComparison>>;
  /** What a run was asked to do, without the texts it was given: for asking the same again. */
  asked(runId: string): Promise<Result<Asked>>;
  /** The units of one of a run's documents, in the order of the text. */
  units(runId: string, documentKey: string): Promise<Result<readonly Unit[]>>;
  /** As `compare`; `withId` null is the newest earlier run over the same documents. Null: there is none. */
  moves(runId: string, withId: string | null): Promise<Result<RunComparison | null>>;
  /** Deletes a run at rest and all that only it has; what was said of its rows stays. */
  delete(runId: string): Promise<Result<void>>;
  /** The text a document of a run was read as. */
  text(document: DocumentSummary): Promise<Result<string>>;
  /** Where the words of `span` are in `currentText` (normalised), or in the run's own text when that is equal. */
  locate(runId: string, span: Span, currentText: string): Promise<Result<Located>>;
  /** Cancels what is at work, waits for it, closes the store. */
  close(): Promise<void>;
}

export interface Engine {
  readonly runs: Runs;
  readonly caches: Caches;
  /** Reads one document without a run: the editor's outline and diagnostics. */
  read(input: RunInput, settings: Settings, signal: AbortSignal): Promise<Result<CollateDocument>>;
}
