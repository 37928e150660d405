/** Both links of the results panel: what the page asks of the host, and what the host tells the page. */
import type { Page, RunSnapshot, Span } from '../model.ts';
import type { ComparedRow, RowState, RunComparison } from '../comparison.ts';
import type { StoreStatus } from './lsp.ts';
import type { BulkOffer, MatchFacets, MatchGroup, MatchGroupRow, MatchSort, ReviewAction, ReviewDone, ReviewFilter, ReviewHistory, RowAddress } from './reviews.ts';
import type { FindingFacets, FindingQuery, FindingRow, MatchCounts, MatchDetail, MatchFilter, MatchQuery, MatchRow, RunList } from './results.ts';

export interface PanelState {
  /** Run to show; null = the empty state. */
  readonly runId: string | null;
  readonly server: { readonly state: 'starting' | 'running' | 'stopped'; readonly message: string };
  readonly store: StoreStatus | null;
}

/** Commands of the extension the page offers, by their name after `collate.`. */
export type PanelCommand =
  | 'analyzeDocument' | 'crosswalkWith' | 'showResults' | 'showLog' | 'restartServer' | 'openSampleWorkspace' | 'exportReport' | 'exportReviews' | 'importReviews';

/** What a list of matches shows first, without the run it is asked of. */
export type FirstRows = Omit<MatchQuery, 'runId'>;

export interface OpeningRequest {
  /** The list an earlier page showed, and its run; null for the first page. */
  readonly kept: { readonly runId: string; readonly rows: FirstRows } | null;
  /** The list of a run nothing was kept of, while it is at work and once it is at rest. */
  readonly fresh: { readonly atWork: FirstRows; readonly atRest: FirstRows };
}

/** What is shown first, in one answer. */
export interface Opening {
  readonly state: PanelState;
  /** Null where there is no run, or where it could not be read yet: the page then asks for it, and is told why. */
  readonly run: RunSnapshot | null;
  /** Null where the run has no matches, or they could not be read. */
  readonly rows: Page<MatchRow> | null;
}

/** Answered by the extension's client. */
export interface HostApi {
  /** First call of the page, and again whenever it becomes visible: hidden pages lose messages. */
  open(params: OpeningRequest): Promise<Opening>;
  run(params: { readonly runId: string }): Promise<RunSnapshot>;
  runs(params: { readonly offset: number; readonly limit: number }): Promise<RunList>;
  matches(params: MatchQuery): Promise<Page<MatchRow>>;
  matchCounts(params: { readonly runId: string }): Promise<MatchCounts>;
  match(params: { readonly runId: string; readonly id: string }): Promise<MatchDetail>;
  findings(params: FindingQuery): Promise<Page<FindingRow>>;
  findingFacets(params: { readonly runId: string; readonly analyzer: string }): Promise<FindingFacets>;
  facets(params: { readonly runId: string }): Promise<MatchFacets>;
  matchGroups(params: MatchQuery): Promise<readonly MatchGroupRow[]>;
  matchIndex(params: { readonly query: MatchQuery; readonly id: string }): Promise<number>;
  compare(params: { readonly runId: string; readonly with: string | null }): Promise<Omit<RunComparison, 'rows'> | null>;
  comparedRows(params: { readonly runId: string; readonly with: string | null; readonly state: RowState | 'all'; readonly offset: number; readonly limit: number }): Promise<Page<ComparedRow>>;
  review(params: { readonly runId: string; readonly ids: readonly string[]; readonly action: ReviewAction }): Promise<ReviewDone>;
  undo(params: { readonly runId: string }): Promise<ReviewDone>;
  redo(params: { readonly runId: string }): Promise<ReviewDone>;
  history(params: RowAddress): Promise<ReviewHistory>;
  bulkOffer(params: { readonly runId: string; readonly atLeast: number }): Promise<BulkOffer>;
  acceptAbove(params: { readonly runId: string; readonly atLeast: number }): Promise<ReviewDone>;
  /** Opens both texts of a row in the editor's difference view. */
  diff(params: RowAddress & { readonly targetId: string }): Promise<null>;
  /** Opens the words in an editor beside the panel. */
  reveal(params: { readonly runId: string; readonly span: Span }): Promise<null>;
  openRun(params: { readonly runId: string }): Promise<null>;
  cancel(params: { readonly runId: string }): Promise<null>;
  resume(params: { readonly runId: string }): Promise<null>;
  /** Runs a command of the extension that the page offers. */
  command(params: { readonly command: PanelCommand }): Promise<null>;
}

/** Answered by the page. */
export interface PanelApi {
  stateChanged(params: PanelState): Promise<null>;
  runChanged(params: RunSnapshot): Promise<null>;
  /** Decisions on rows of the shown run changed: what is on screen is asked for again, in place. */
  reviewsChanged(params: { readonly runId: string }): Promise<null>;
  /** Selects a row, asked for from the text or the side bar; filters that hide it are taken off. */
  selectRow(params: RowAddress): Promise<null>;
  /** Opens what moved since the run before this one over the same documents. */
  showChanges(params: { readonly runId: string }): Promise<null>;
  /** Narrows the list as a review queue does. */
  showQueue(params: { readonly runId: string; readonly review: ReviewFilter | null; readonly filter: MatchFilter }): Promise<null>;
}

/** What the page keeps over reloads (`setState`) and what the serializer hands back. */
export interface PanelViewState {
  readonly runId: string | null;
  readonly tab: PanelTab;
  readonly selected: string | null;
  readonly scrollTop: number;
  readonly filter?: MatchFilter;
  readonly review?: ReviewFilter;
  readonly search?: string;
  readonly sort?: MatchSort;
  readonly descending?: boolean;
  readonly group?: MatchGroup;
  /** Height of the reading pane in pixels, as the user dragged it. */
  readonly paneHeight?: number;
}
export type PanelTab = 'matches' | 'insights' | 'ledger' | 'timing' | 'changes';
