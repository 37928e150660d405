import { failureOf, type Failure } from '../../../shared/failure.ts';
import type { RunSnapshot, Span } from '../../../shared/model.ts';
import type { HostApi, PanelApi, PanelCommand, PanelState, PanelTab } from '../../../shared/protocol/panel.ts';
import type { ReviewAction } from '../../../shared/protocol/reviews.ts';
import type { Host } from '../host.ts';
import { ChangesList } from './changesList.ts';
import { FindingsList } from './findingsList.ts';
import type { Link } from './link.ts';
import { MatchList } from './matchList.ts';
import type { Narrowing } from './narrowing.ts';
import { Reading } from './reading.ts';
import { Reviewing } from './reviewing.ts';
import { UndecidedRows, type Undecided } from './undecidedRows.ts';
import type { KeptState } from './viewState.ts';

/** How often figures of a run at work may change, so that they can be read. Milliseconds. */
const REFRESH_MS = 500;
/** Pause in typing after which a search is asked. Milliseconds. */
const TYPING_MS = 150;
/** Pause in scrolling after which the place is kept. Milliseconds. */
const KEEP_MS = 150;
const EARLIER_RUNS = 20;
const STOPPING = 'The run is stopping. What is finished is kept.';

/** The tabs that apply to a run, in order. */
function tabsFor(run: RunSnapshot, hasComparison: boolean): readonly PanelTab[] {
  const found: readonly PanelTab[] = run.workflow !== 'crosswalk' ? ['insights'] : run.counts.findings > 0 ? ['matches', 'insights'] : ['matches'];
  return [...found, ...(hasComparison ? ['changes' as const] : []), 'ledger', 'timing'];
}

/** Everything the page shows, and what can be done to it. Views read it; `changed` is called after every change. */
export class PanelStore {
  readonly #changed: () => void;
  readonly matches: MatchList;
  readonly reading: Reading;
  readonly reviewing: Reviewing;
  readonly changes: ChangesList;
  readonly undecided: UndecidedRows;
  readonly findings: FindingsList;
  #host: Host | null = null;
  #refresh: number | null = null;
  #latest: RunSnapshot | null = null;
  #typing: number | null = null;
  #keeping: number | null = null;
  /** What was typed and is not asked for yet. */
  #wantedSearch: string | null = null;

  /** Null until the extension has answered. */
  panel: PanelState | null = null;
  run: RunSnapshot | null = null;
  /** Why the run cannot be shown. */
  failure: Failure | null = null;
  /** One line that answers the last action; empty when there is nothing to say. */
  said = '';
  earlier: readonly RunSnapshot[] = [];
  tab: PanelTab = 'matches';
  showKeys = false;
  /** Pixels, as the user dragged the edge of the reading pane; null as it comes. */
  paneHeight: number | null = null;
  readonly dismissed = new Set<string>();

  constructor(changed: () => void) {
    this.#changed = changed;
    const peerOf = (): Host['peer'] => this.#peer;
    const runIdOf = (): string => this.panel?.runId ?? '';
    const link: Link = {
      get peer() { return peerOf(); },
      get runId() { return runIdOf(); },
      changed,
      say: (message) => this.#say(message),
      keep: () => this.#keep(),
    };
    this.matches = new MatchList(link, () => this.reading.rowsArrived());
    this.reading = new Reading(link, this.matches);
    this.reading.onOpen = () => void this.openBoth();
    this.reviewing = new Reviewing(link, () => this.#reviewsChanged());
    this.changes = new ChangesList(link);
    this.undecided = new UndecidedRows(link);
    this.findings = new FindingsList(link);
  }

  get #peer(): Host['peer'] {
    if (this.#host === null) throw new Error('The panel is not connected.');
    return this.#host.peer;
  }

  get #runId(): string {
    return this.panel?.runId ?? '';
  }

  get #isAtRest(): boolean {
    return this.run !== null && this.run.state !== 'running';
  }

  get tabs(): readonly PanelTab[] {
    return this.run === null ? [] : tabsFor(this.run, this.changes.comparison !== null);
  }

  get search(): string {
    return this.#wantedSearch ?? (this.tab === 'insights' ? this.findings : this.matches).search;
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
  async stateChanged(state: PanelState, kept: KeptState | null = null): Promise<void> {
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
    const ended = this.run?.state === 'running' && run.state !== 'running';
    this.run = run;
    this.failure = null;
    if (ended) {
      if (this.said === STOPPING) this.said = '';
      void this.changes.load();
    }
    if (!this.tabs.includes(this.tab)) this.tab = this.tabs[0] ?? 'ledger';
    this.#refreshLists();
    this.#changed();
  }

  #refreshLists(): void {
    if (this.run?.workflow === 'crosswalk') {
      this.matches.refresh(this.#isAtRest);
      if (this.tab === 'ledger') this.undecided.rows.refresh();
    }
    if (this.tab === 'insights') this.findings.rows.refresh();
    this.reading.refresh();
  }

  #reviewsChanged(): void {
    this.#refreshLists();
    void this.reading.place();
  }

  async #load(kept: KeptState | null): Promise<void> {
    this.#forgetLatest();
    this.failure = null;
    // What was said was said of another run, or of a server that is back.
    this.said = '';
    this.run = null;
    this.changes.forget();
    this.reading.close();
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
    const same = kept !== null && kept.runId === runId ? kept : null;
    // Whether there is an earlier run is not known yet: a kept tab of changes is opened once it is.
    this.tab = same !== null && this.tabs.includes(same.tab) ? same.tab : (this.tabs[0] ?? 'ledger');
    this.paneHeight = same?.paneHeight ?? this.paneHeight;
    this.#wantedSearch = null;
    if (this.run.workflow === 'crosswalk') {
      this.matches.load(same === null || same.tab === 'matches' ? same : { ...same, scrollTop: 0 }, this.#isAtRest);
      if (this.tab === 'ledger') this.undecided.show(null, null);
    }
    if (this.tabs.includes('insights')) this.findings.load(same?.tab === 'insights' ? same.scrollTop : 0);
    if (same !== null && same.selected !== null) void this.reading.select(same.selected, -1);
    this.#keep();
    if (this.#isAtRest) {
      void this.changes.load().then(() => {
        if (same?.tab === 'changes' && this.#runId === runId && this.tabs.includes('changes')) this.setTab('changes');
      });
    }
  }

  setTab(tab: PanelTab): void {
    if (tab === this.tab) return;
    this.tab = tab;
    if (tab === 'ledger' && this.run?.workflow === 'crosswalk') this.undecided.show(null, null);
    this.#wantedSearch = null;
    this.findings.question += 1;
    this.matches.question += 1;
    this.#keep();
    this.#changed();
  }

  /** Shows the matches that are left, whatever tab is open. */
  showMatches(narrowing: Narrowing): void {
    this.setTab('matches');
    this.narrow(narrowing);
  }

  showUndecided(outcome: Undecided | null, reason: string | null): void {
    this.setTab('ledger');
    this.undecided.show(outcome, reason);
  }

  narrow(narrowing: Narrowing): void {
    this.#listChanges(() => this.matches.narrow(narrowing));
  }

  /** Any change of the list of matches; the selected row keeps its pane and gets its new place. */
  #listChanges(change: () => void): void {
    this.reading.index = -1;
    change();
    this.#keep();
    void this.reading.place();
  }

  sortBy(...sort: Parameters<MatchList['sortBy']>): void {
    this.#listChanges(() => this.matches.sortBy(...sort));
  }

  groupBy(...group: Parameters<MatchList['groupBy']>): void {
    this.#listChanges(() => this.matches.groupBy(...group));
  }

  showAll(): void {
    this.#wantedSearch = null;
    if (this.tab === 'insights') this.findings.find('');
    else this.#listChanges(() => this.matches.showAll());
  }

  setSearch(search: string): void {
    const { tab } = this;
    this.#wantedSearch = search;
    if (this.#typing !== null) window.clearTimeout(this.#typing);
    this.#typing = window.setTimeout(() => {
      this.#wantedSearch = null;
      if (tab === 'insights') this.findings.find(search);
      else this.#listChanges(() => this.matches.find(search));
    }, TYPING_MS);
  }

  /** Opens a row in the reading pane and its words in the editor. */
  async open(id: string, index: number): Promise<void> {
    await this.reading.select(id, index);
    const { detail } = this.reading;
    const unit = detail?.row.id === id ? (detail.source ?? detail.targets[0]?.text)?.unit : undefined;
    if (unit !== undefined) await this.reveal(unit.span);
  }

  /** Opens the words of the selected row: the source's, then the target's, so that both are in sight. */
  async openBoth(): Promise<void> {
    if (this.reading.opensWhenHere()) return;
    const id = this.reading.selected;
    await this.reading.loaded;
    const { detail } = this.reading;
    if (detail === null || detail.row.id !== id) return;
    if (detail.source !== null) await this.reveal(detail.source.unit.span);
    const target = detail.targets[0];
    if (target !== undefined) await this.reveal(target.text.unit.span);
  }

  closeDetail(): void {
    this.reading.close();
    this.#keep();
    this.#changed();
  }

  /** Says something of the selected row; with `goesOn` the next row is selected once it is said. */
  async review(action: ReviewAction, goesOn: boolean): Promise<void> {
    const { selected, index } = this.reading;
    if (selected === null) return;
    const next = goesOn && index !== -1 ? this.matches.rows.row(index + 1) : undefined;
    if (!(await this.reviewing.act([selected], action)) || this.reading.selected !== selected) return;
    this.reading.enter('read');
    if (next === undefined) return;
    void this.reading.select(next.id, index + 1);
    void this.reading.place();
  }

  async reviewFinding(key: string, action: ReviewAction): Promise<void> {
    await this.reviewing.act([key], action);
  }

  /** A row asked for from outside: filters that hide it are taken off. */
  async selectRow({ runId, id }: Parameters<PanelApi['selectRow']>[0]): Promise<void> {
    if (runId !== this.#runId || this.run?.workflow !== 'crosswalk') return;
    this.setTab('matches');
    await this.reading.select(id, -1);
    await this.reading.place();
    if (this.reading.index === -1 && this.matches.isNarrowed) {
      this.#listChanges(() => this.matches.showAll());
    }
  }

  showQueue({ runId, review, filter }: Parameters<PanelApi['showQueue']>[0]): void {
    if (runId !== this.#runId || this.run?.workflow !== 'crosswalk') return;
    this.matches.search = '';
    this.showMatches(review === null ? { filter } : { filter, review });
  }

  reviewsChanged({ runId }: Parameters<PanelApi['reviewsChanged']>[0]): void {
    if (runId === this.#runId) this.#reviewsChanged();
  }

  scrolled(tab: 'matches' | 'insights', scrollTop: number): void {
    if (tab === 'matches') this.matches.scrollTop = scrollTop;
    else this.findings.scrollTop = scrollTop;
    if (this.#keeping !== null) window.clearTimeout(this.#keeping);
    this.#keeping = window.setTimeout(() => this.#keep(), KEEP_MS);
  }

  setPaneHeight(height: number | null): void {
    this.paneHeight = height;
    this.#keep();
    this.#changed();
  }

  /** Something of the page itself has changed, as what is in sight of a list. */
  touched(): void {
    this.#changed();
  }

  dismiss(notice: string): void {
    this.dismissed.add(notice);
    this.#changed();
  }

  setKeys(shown: boolean): void {
    if (this.showKeys === shown) return;
    this.showKeys = shown;
    this.#changed();
  }

  /** Opens words in the editor; those of an earlier run by its id. */
  async reveal(span: Span, runId = this.#runId): Promise<void> {
    await this.#do('reveal', { runId, span });
  }

  /** Opens the beginning of a document. */
  async openDocument(key: string): Promise<void> {
    await this.reveal({ document: key, start: 0, end: 0, line: 1, column: 1, quote: '' });
  }

  async diff(): Promise<void> {
    const { detail } = this.reading;
    const targetId = detail?.targets[0]?.text.unit.key;
    if (detail === null || detail.source === null || targetId === undefined) this.#say('There is no counterpart to compare with.');
    else await this.#do('diff', { runId: this.#runId, id: detail.row.id, targetId });
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

  async command(command: PanelCommand): Promise<void> {
    await this.#do('command', { command });
  }

  /** An action the extension does; what goes wrong is said in the panel. */
  async #do<K extends 'reveal' | 'cancel' | 'resume' | 'openRun' | 'command' | 'diff'>(method: K, params: Parameters<HostApi[K]>[0]): Promise<boolean> {
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

  #viewState(): KeptState {
    const { narrowing, search, sort, descending, group, scrollTop } = this.matches;
    return {
      runId: this.panel?.runId ?? null, tab: this.tab, selected: this.reading.selected, scrollTop: this.tab === 'insights' ? this.findings.scrollTop : scrollTop,
      ...narrowing, search, descending, group,
      ...(sort === null ? {} : { sort }),
      ...(this.paneHeight === null ? {} : { paneHeight: this.paneHeight }),
    };
  }

  #keep(): void {
    this.#host?.keep(this.#viewState());
  }
}
