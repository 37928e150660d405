/** Our own messages between the client and the language server. LSP's standard messages keep their nature. */
import type { DocumentKind, Page, PlannedWork, RunSnapshot, Span } from '../model.ts';
import type { ComparedRow, RowState, RunComparison } from '../comparison.ts';
import type {
  BulkOffer, MatchFacets, MatchGroupRow, ReviewAction, ReviewDone, ReviewHistory, ReviewImport, RowAddress,
} from './reviews.ts';
import type { ConnectionReport } from './models.ts';
import type { FindingFacets, FindingQuery, FindingRow, MatchCounts, MatchDetail, MatchQuery, MatchRow, RunList } from './results.ts';

export interface StartRunParams {
  /** `auto`: by the kind of the first document. */
  readonly workflow: 'auto' | 'crosswalk';
  /** Document URIs; a crosswalk takes exactly two, source first. */
  readonly uris: readonly string[];
  readonly kinds?: Readonly<Record<string, DocumentKind>>;
  /** No model is asked, whatever the settings say. */
  readonly rulesOnly?: boolean;
}

/** What a run would ask of models, in the order it asks. Nothing planned: nobody is asked, and `none` says why. */
export interface RunEstimate {
  readonly planned: readonly PlannedWork[];
  readonly none: string;
}

/** 0-based, as in LSP. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

export interface RowAtPosition extends RowAddress {
  /** `3.01(c) Affiliates`. */
  readonly name: string;
  /** The unit's heading in the text of now. */
  readonly range: { readonly start: Position; readonly end: Position };
}

/** `join`: belongs to the one before. `split`: another begins at the position. `heading`: the line is one. */
export type CutCorrection = { readonly action: 'join' | 'split' | 'heading' } | { readonly action: 'type'; readonly type: string };

export interface TargetUnit {
  readonly id: string;
  readonly number: string;
  readonly title: string;
  /** The first words, at most 120 characters. */
  readonly opening: string;
}

/** What a later run made of a row of an earlier one. */
export interface RowOutcome {
  /** What came out for the row and what else moved; where nothing came out, why and what to do. */
  readonly message: string;
  /** `stopped`: the run was cancelled or interrupted, the earlier results stand. */
  readonly state: 'done' | 'stopped' | 'failed';
  /** The row in the later run; null where it has none. */
  readonly row: RowAddress | null;
  /** Other rows that are not what they were. */
  readonly others: number;
}

/** A place VS Code can open. Positions are 0-based, as in LSP. */
export interface Place {
  readonly uri: string;
  readonly range: {
    readonly start: { readonly line: number; readonly character: number };
    readonly end: { readonly line: number; readonly character: number };
  };
  /** False where the file's text is no longer the text the run read and the words were not found again. */
  readonly current: boolean;
}

export interface StoreStatus {
  /** `memory`: analysing goes on, nothing is kept; `message` says why and what to do. */
  readonly mode: 'file' | 'memory';
  readonly message: string;
}

/** What caches hold, or held before they were cleared. */
export interface CacheFigures {
  /** Answers of models: paid for, and paid for again when they are needed again. */
  readonly answers: { readonly entries: number; readonly bytes: number };
  /** What was read from texts: read again at no cost. */
  readonly extractions: { readonly entries: number; readonly bytes: number };
}

/** Sent by the client, answered by the server. Method names are `collate/` + key. */
export interface ServerRequests {
  /** Why: runs are long, requests are not: the answer is the id, at once. Fails on unreadable input. */
  'run/start'(params: StartRunParams): Promise<{ readonly runId: string }>;
  'run/cancel'(params: { readonly runId: string }): Promise<null>;
  /** `budgetPerRun`: US dollars the run may cost in all; absent: as before. */
  'run/resume'(params: { readonly runId: string; readonly budgetPerRun?: number }): Promise<{ readonly runId: string }>;
  /** What a run would cost that `run/start` would start; the rules are run and nothing is kept. */
  'run/estimate'(params: StartRunParams): Promise<RunEstimate>;
  /** As `run/estimate`, of `run/again`. */
  'run/estimateAgain'(params: { readonly runId: string }): Promise<RunEstimate>;
  'run/list'(params: { readonly offset: number; readonly limit: number }): Promise<RunList>;
  'run/get'(params: { readonly runId: string }): Promise<RunSnapshot>;
  'run/matches'(params: MatchQuery): Promise<Page<MatchRow>>;
  'run/matchCounts'(params: { readonly runId: string }): Promise<MatchCounts>;
  'run/match'(params: { readonly runId: string; readonly id: string }): Promise<MatchDetail>;
  'run/findings'(params: FindingQuery): Promise<Page<FindingRow>>;
  /** Empty analyzer = all of them. */
  'run/findingFacets'(params: { readonly runId: string; readonly analyzer: string }): Promise<FindingFacets>;
  'run/facets'(params: { readonly runId: string }): Promise<MatchFacets>;
  /** The groups of a list in order, for `query.group` other than `none`. */
  'run/matchGroups'(params: MatchQuery): Promise<readonly MatchGroupRow[]>;
  /** Place of a row in the list that a query gives; -1 where the query leaves it out. */
  'run/matchIndex'(params: { readonly query: MatchQuery; readonly id: string }): Promise<number>;
  /** What moved since an older run over the same documents (null: the newest before it), without its rows. Null: there is none. */
  'run/compare'(params: { readonly runId: string; readonly with: string | null }): Promise<Omit<RunComparison, 'rows'> | null>;
  'run/comparedRows'(params: { readonly runId: string; readonly with: string | null; readonly state: RowState | 'all'; readonly offset: number; readonly limit: number }): Promise<Page<ComparedRow>>;
  /** Runs again over the same documents, as they are now and with the settings of now. */
  'run/again'(params: { readonly runId: string; readonly rulesOnly?: boolean }): Promise<{ readonly runId: string }>;
  /** Provisions of the run's target document, for naming another counterpart. */
  'run/targets'(params: { readonly runId: string; readonly search: string; readonly offset: number; readonly limit: number }): Promise<Page<TargetUnit>>;
  /** Writes the run's HTML report into a file. */
  'run/report'(params: { readonly runId: string; readonly uri: string }): Promise<null>;
  /** The row of the unit at a position of a document, in the newest run that has one; null where there is none. */
  'row/at'(params: { readonly uri: string; readonly position: Position }): Promise<RowAtPosition | null>;
  /** The next row to review after (or before) a position; from the end it goes on at the start. */
  'row/next'(params: { readonly uri: string; readonly position: Position; readonly back: boolean }): Promise<RowAtPosition | null>;
  /** What the run `again` made of a row of the run before it. `name` is what the user knows the row by; empty: its own. */
  'row/outcome'(params: RowAddress & { readonly again: string; readonly name: string }): Promise<RowOutcome>;
  /** What a person says of the cut at a position; kept in the folder's corrections.collate.json and applied by the next run. */
  'cut/correct'(params: { readonly uri: string; readonly position: Position; readonly correction: CutCorrection }): Promise<{ readonly message: string }>;
  /** Takes back the newest correction of a document. Null: there is none. */
  'cut/takeBack'(params: { readonly uri: string }): Promise<{ readonly message: string } | null>;
  /** Provision types that can be given to a unit. */
  'cut/types'(params: null): Promise<readonly string[]>;
  /** Deletes a run at rest and all that only it has; reviews stay. */
  'run/delete'(params: { readonly runId: string }): Promise<null>;
  /** Says something of rows; all or none of them. `reviewer` is empty where the user has not said who it is. */
  'review/act'(params: { readonly runId: string; readonly ids: readonly string[]; readonly action: ReviewAction }): Promise<ReviewDone>;
  /** Takes back the last decision made in this window on rows of the run (one act on many rows is one). */
  'review/undo'(params: { readonly runId: string }): Promise<ReviewDone>;
  'review/redo'(params: { readonly runId: string }): Promise<ReviewDone>;
  'review/history'(params: RowAddress): Promise<ReviewHistory>;
  'review/bulkOffer'(params: { readonly runId: string; readonly atLeast: number }): Promise<BulkOffer>;
  'review/acceptAbove'(params: { readonly runId: string; readonly atLeast: number }): Promise<ReviewDone>;
  /** Writes the decisions on the run's documents into a file. */
  'review/export'(params: { readonly runId: string; readonly uri: string }): Promise<{ readonly written: number }>;
  'review/import'(params: { readonly runId: string; readonly uri: string; readonly conflicts: 'mine' | 'theirs' }): Promise<ReviewImport>;
  /** What a model read from a picture that is a document of the run. */
  'run/readText'(params: { readonly runId: string; readonly document: string }): Promise<{ readonly text: string }>;
  /** Where the words of a span are in the file now; of a picture, in the text that was read from it. */
  'locate'(params: { readonly runId: string; readonly span: Span }): Promise<Place>;
  /** The newest run that read this document, or null. */
  'run/latest'(params: { readonly uri: string }): Promise<RunSnapshot | null>;
  /** What the caches of this window's stores hold. */
  'cache/stats'(params: null): Promise<CacheFigures>;
  /** Clears them; runs and reviews stay. The answer is what went. */
  'cache/clear'(params: null): Promise<CacheFigures>;
  /** Asks the provider of a document's settings (null: of the window's) for one tiny answer. Costs a few tokens. */
  'model/test'(params: { readonly uri: string | null }): Promise<ConnectionReport>;
  /** The key of an origin was set or forgotten: the next call asks for it. */
  'model/keyChanged'(params: { readonly origin: string }): Promise<null>;
  'document/kind'(params: { readonly uri: string }): Promise<{ readonly kind: DocumentKind; readonly units: number } | null>;
}

/** Sent by the server, never answered. */
export interface ServerEvents {
  /** Coalesced to 10 a second per run; the last one of a run is always sent. */
  'run/progress': RunSnapshot;
  'store/status': StoreStatus;
  /** Decisions changed, here, in another window or in a terminal, or runs began, ended or went elsewhere: rows are asked for again. */
  'review/changed': { readonly runIds: readonly string[] };
}

export const LSP_PREFIX = 'collate/';
