/** Both links of the results panel: what the page asks of the host, and what the host tells the page. */
import type { Page, RunSnapshot, Span } from '../model.ts';
import type { StoreStatus } from './lsp.ts';
import type { FindingQuery, FindingRow, MatchCounts, MatchDetail, MatchQuery, MatchRow, RunList } from './results.ts';

export interface PanelState {
  /** Run to show; null = the empty state. */
  readonly runId: string | null;
  readonly server: { readonly state: 'starting' | 'running' | 'stopped'; readonly message: string };
  readonly store: StoreStatus | null;
}

/** Answered by the extension's client. */
export interface HostApi {
  /** First call of the page, and again whenever it becomes visible: hidden pages lose messages. */
  state(params: null): Promise<PanelState>;
  run(params: { readonly runId: string }): Promise<RunSnapshot>;
  runs(params: { readonly offset: number; readonly limit: number }): Promise<RunList>;
  matches(params: MatchQuery): Promise<Page<MatchRow>>;
  matchCounts(params: { readonly runId: string }): Promise<MatchCounts>;
  match(params: { readonly runId: string; readonly id: string }): Promise<MatchDetail>;
  findings(params: FindingQuery): Promise<Page<FindingRow>>;
  /** Opens the words in an editor beside the panel. */
  reveal(params: { readonly runId: string; readonly span: Span }): Promise<null>;
  openRun(params: { readonly runId: string }): Promise<null>;
  cancel(params: { readonly runId: string }): Promise<null>;
  resume(params: { readonly runId: string }): Promise<null>;
  /** Runs a command of the extension that the page offers. */
  command(params: { readonly command: 'analyzeDocument' | 'crosswalkWith' | 'showResults' | 'showLog' | 'restartServer' }): Promise<null>;
}

/** Answered by the page. */
export interface PanelApi {
  stateChanged(params: PanelState): Promise<null>;
  runChanged(params: RunSnapshot): Promise<null>;
}

/** What the page keeps over reloads (`setState`) and what the serializer hands back. */
export interface PanelViewState {
  readonly runId: string | null;
  readonly tab: 'matches' | 'insights' | 'ledger' | 'timing';
  readonly selected: string | null;
  readonly scrollTop: number;
}
