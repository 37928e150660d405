import { failureOf, type Failure } from '../../../shared/failure.ts';
import type { RunSnapshot, Span } from '../../../shared/model.ts';
import type { HostApi, PanelState, PanelViewState } from '../../../shared/protocol/panel.ts';
import type { FindingRow, MatchCounts, MatchDetail, MatchFilter, MatchRow } from '../../../shared/protocol/results.ts';
import type { Host } from '../host.ts';
import { PagedRows } from './pagedRows.ts';

export type Tab = PanelViewState['tab'];

/** How often figures of a run at work may change, so that they can be read. Milliseconds. */
const REFRESH_MS = 500;
/** Pause in typing after which a search is asked. Milliseconds. */
const TYPING_MS = 150;
const EARLIER_RUNS = 20;
const STOPPING = 'The run is stopping. What is finished is kept.';

/** The tabs that apply to a run, in order. */
export function tabsOf(run: RunSnapshot): readonly Tab[] {
  if (run.workflow !== 'crosswalk') return ['insights', 'ledger', 'timing'];
  return run.counts.findings > 0 ? ['matches', 'insights', 'ledger', 'timing'] : ['matches', 'ledger', 'timing'];
}

/** Everything the page shows, and what can be done to it. Views read it; `changed` is called after every change. */
export class PanelStore {
  readonly #changed: () => void;
  readonly matches: PagedRows<MatchRow>;
  readonly findings: PagedRows<FindingRow>;
  #host: Host | null = null;
  #refresh: number | null = null;
  #latest: RunSnapshot | null = null;
  #typing: number | null = null;
  #wanted: number | null = null;
  #detailAbort = new AbortController();
  #loading: Promise<void> = Promise.resolve();
  #openWanted = false;

  /** Null until the extension has answered. */
  panel: PanelState | null = null;
  run: RunSnapshot | null = null;
  /** Why the run cannot be shown. */
  failure: Failure | null = null;
  /** One line that answers the last action; empty when there is nothing to say. */
  said = '';
  earlier: readonly RunSnapshot[] = [];
  tab: Tab = 'matches';
  filter: MatchFilter = 'all';
  search = '';
  analyzer = '';
  counts: MatchCounts | null = null;
  selected: string | null = null;
  selectedIndex = -1;
  detail: MatchDetail | null = null;
  detailFailure: Failure | null = null;
  scrollTop = 0;
  /** Grows with every new question to a list; the list then starts where `scrollTop` says. */
  question = 0;
  showKeys = false;

  constructor(changed: () => void) {
    this.#changed = changed;
    this.matches = new PagedRows((offset, limit, signal) => this.#peer.request('matches', { runId: this.#runId, offset, limit, filter: this.filter, search: this.search }, signal), () => {
      this.#selectWanted();
      changed();
    });
    this.findings = new PagedRows((offset, limit, signal) => this.#peer.request('findings', { runId: this.#runId, offset, limit, analyzer: this.analyzer, search: this.search }, signal), changed);
  }

  get #peer(): Host['peer'] {
    if (this.#host === null) throw new Error('The panel is not connected.');
    return this.#host.peer;
  }

  get #runId(): string {
    return this.panel?.runId ?? '';
  }

  async start(host: Host): Promise<void> {
    this.#host = host;
    const kept = host.restored();
    try {
      await this.stateChanged(await host.peer.request('state', null), kept);
    } catch (thrown) {
      this.failure = failureOf(thrown);
      this.#changed();
    }
  }

  /** Another run, or another state of the server or the store. */
  async stateChanged(state: PanelState, kept: PanelViewState | null = null): Promise<void> {
    const before = this.panel;
    this.panel = state;
    const restarted = before !== null && before.server.state !== 'running' && state.server.state === 'running';
    if (before === null || before.runId !== state.runId || restarted) await this.#load(kept ?? (restarted ? this.#viewState() : null));
    this.#changed();
  }

  runChanged(run: RunSnapshot): void {
    if (run.id !== this.panel?.runId) return;
    if (run.state !== 'running') {
      this.#applyRun(run);
      return;
    }
    this.#latest = run;
    this.#refresh ??= window.setTimeout(() => {
      if (this.#latest !== null) this.#applyRun(this.#latest);
    }, REFRESH_MS);
  }

  /** What was told of a run that is no longer shown, or is older than what is shown, is not applied. */
  #forgetLatest(): void {
    if (this.#refresh !== null) window.clearTimeout(this.#refresh);
    this.#refresh = null;
    this.#latest = null;
  }

  #applyRun(run: RunSnapshot): void {
    this.#forgetLatest();
    this.run = run;
    this.failure = null;
    if (run.state !== 'running' && this.said === STOPPING) this.said = '';
    if (!tabsOf(run).includes(this.tab)) this.tab = tabsOf(run)[0] ?? 'ledger';
    this.#refreshLists();
    this.#changed();
  }

  #refreshLists(): void {
    if (this.tab === 'insights') this.findings.refresh();
    else this.matches.refresh();
    if (this.run?.workflow === 'crosswalk') void this.#loadCounts();
    if (this.selected !== null) this.#loading = this.#loadDetail(this.selected);
  }

  async #load(kept: PanelViewState | null): Promise<void> {
    this.#forgetLatest();
    this.failure = null;
    // What was said was said of another run, or of a server that is back.
    this.said = '';
    this.run = null;
    this.counts = null;
    this.#closeDetail();
    const { runId } = this.panel ?? { runId: null };
    try {
      if (runId === null) {
        this.earlier = (await this.#peer.request('runs', { offset: 0, limit: EARLIER_RUNS })).runs;
        this.#keep();
        return;
      }
      const run = await this.#peer.request('run', { runId });
      if (this.#runId !== runId) return;
      this.run = run;
    } catch (thrown) {
      // Another run is shown by now: this answer is too late.
      if ((this.panel?.runId ?? null) === runId) this.failure = failureOf(thrown);
      return;
    }
    const [first] = tabsOf(this.run);
    const same = kept !== null && kept.runId === runId;
    this.tab = same && tabsOf(this.run).includes(kept.tab) ? kept.tab : (first ?? 'ledger');
    this.scrollTop = same ? kept.scrollTop : 0;
    this.question += 1;
    this.filter = 'all';
    this.search = '';
    this.analyzer = '';
    if (this.run.workflow === 'crosswalk') {
      this.matches.reset();
      void this.#loadCounts();
    }
    if (this.run.workflow !== 'crosswalk' || this.run.counts.findings > 0) this.findings.reset();
    if (same && kept.selected !== null) void this.select(kept.selected, -1);
    this.#keep();
  }

  async #loadCounts(): Promise<void> {
    const runId = this.#runId;
    try {
      const counts = await this.#peer.request('matchCounts', { runId });
      if (runId !== this.#runId) return;
      this.counts = counts;
    } catch (thrown) {
      this.#say(failureOf(thrown).message);
    }
    this.#changed();
  }

  setTab(tab: Tab): void {
    if (tab === this.tab) return;
    this.tab = tab;
    this.question += 1;
    this.scrollTop = 0;
    if (this.search !== '') {
      this.search = '';
      if (tab === 'matches') this.matches.reset();
      if (tab === 'insights') this.findings.reset();
    }
    this.#keep();
    this.#changed();
  }

  setFilter(filter: MatchFilter): void {
    this.filter = filter;
    this.#newList();
  }

  setAnalyzer(analyzer: string): void {
    this.analyzer = analyzer;
    this.#newList();
  }

  setSearch(search: string): void {
    this.search = search;
    if (this.#typing !== null) window.clearTimeout(this.#typing);
    this.#typing = window.setTimeout(() => this.#newList(), TYPING_MS);
  }

  #newList(): void {
    this.question += 1;
    this.scrollTop = 0;
    if (this.tab === 'insights') this.findings.reset();
    else {
      this.selectedIndex = -1;
      this.matches.reset();
    }
    this.#changed();
  }

  /** Opens a row in the reading pane. `index` is its place in the list, or -1 where that is not known. */
  async select(id: string, index: number): Promise<void> {
    this.selected = id;
    this.selectedIndex = index;
    // The words of another row never stand under this one.
    if (this.detail?.row.id !== id) this.detail = null;
    this.detailFailure = null;
    this.#keep();
    this.#changed();
    this.#loading = this.#loadDetail(id);
    await this.#loading;
  }

  /** Opens a row in the reading pane and its words in the editor. */
  async open(id: string, index: number): Promise<void> {
    await this.select(id, index);
    const { detail } = this;
    const unit = detail?.row.id === id ? (detail.source ?? detail.targets[0]?.text)?.unit : undefined;
    if (unit !== undefined) await this.reveal(unit.span);
  }

  /** Opens the words of the selected row: the source's, then the target's, so that both are in sight. */
  async openBoth(): Promise<void> {
    // Whoever presses Enter means the row just moved to, also while it or its words are on their way.
    if (this.#wanted !== null) {
      this.#openWanted = true;
      return;
    }
    const id = this.selected;
    await this.#loading;
    const { detail } = this;
    if (detail === null || detail.row.id !== id) return;
    if (detail.source !== null) await this.reveal(detail.source.unit.span);
    const target = detail.targets[0];
    if (target !== undefined) await this.reveal(target.text.unit.span);
  }

  /** Selects a neighbour of the selected row, when it is here. */
  move(by: number): void {
    const total = this.matches.total ?? 0;
    if (total === 0) return;
    const from = this.selectedIndex === -1 && this.selected !== null ? this.matches.find((row) => row.id === this.selected) : this.selectedIndex;
    const to = Math.max(0, Math.min(total - 1, from + by));
    this.#wanted = to;
    this.#openWanted = false;
    this.matches.show(to, to + 1);
    this.#selectWanted();
  }

  /** A row that was moved to is selected as soon as it is here. */
  #selectWanted(): void {
    const to = this.#wanted;
    const row = to === null ? undefined : this.matches.row(to);
    if (to === null || row === undefined) return;
    this.#wanted = null;
    void this.select(row.id, to);
    if (!this.#openWanted) return;
    this.#openWanted = false;
    void this.openBoth();
  }

  async #loadDetail(id: string): Promise<void> {
    this.#detailAbort.abort();
    this.#detailAbort = new AbortController();
    const { signal } = this.#detailAbort;
    try {
      const detail = await this.#peer.request('match', { runId: this.#runId, id }, signal);
      if (signal.aborted) return;
      this.detail = detail;
    } catch (thrown) {
      if (signal.aborted) return;
      this.detail = null;
      this.detailFailure = failureOf(thrown);
    }
    this.#changed();
  }

  #closeDetail(): void {
    this.#detailAbort.abort();
    this.selected = null;
    this.selectedIndex = -1;
    this.detail = null;
    this.detailFailure = null;
  }

  closeDetail(): void {
    this.#closeDetail();
    this.#keep();
    this.#changed();
  }

  scrolled(scrollTop: number): void {
    this.scrollTop = scrollTop;
    this.#keep();
  }

  /** Something of the page itself has changed, as what is in sight of a list. */
  touched(): void {
    this.#changed();
  }

  toggleKeys(): void {
    this.showKeys = !this.showKeys;
    this.#changed();
  }

  /** Opens words in the editor. */
  async reveal(span: Span): Promise<void> {
    await this.#do('reveal', { runId: this.#runId, span });
  }

  async cancel(): Promise<void> {
    if ((await this.#do('cancel', { runId: this.#runId })) && this.run?.state === 'running') this.#say(STOPPING);
  }

  async resume(): Promise<void> {
    await this.#do('resume', { runId: this.#runId });
  }

  async openRun(runId: string): Promise<void> {
    await this.#do('openRun', { runId });
  }

  async command(command: Parameters<HostApi['command']>[0]['command']): Promise<void> {
    await this.#do('command', { command });
  }

  /** An action the extension does; what goes wrong is said in the panel. */
  async #do<K extends 'reveal' | 'cancel' | 'resume' | 'openRun' | 'command'>(method: K, params: Parameters<HostApi[K]>[0]): Promise<boolean> {
    this.#say('');
    try {
      await this.#peer.request(method, params);
      return true;
    } catch (thrown) {
      this.#say(failureOf(thrown).message);
      return false;
    }
  }

  #say(message: string): void {
    if (this.said === message) return;
    this.said = message;
    this.#changed();
  }

  #viewState(): PanelViewState {
    return { runId: this.panel?.runId ?? null, tab: this.tab, selected: this.selected, scrollTop: this.scrollTop };
  }

  #keep(): void {
    this.#host?.keep(this.#viewState());
  }
}
