import { failureOf, type Failure } from '../../../shared/failure.ts';
import type { RunSnapshot } from '../../../shared/model.ts';
import type { Opening, PanelApi, PanelState, PanelTab } from '../../../shared/protocol/panel.ts';
import type { Host } from '../host.ts';
import { ChangesList } from './changesList.ts';
import type { FindingsList } from './findingsList.ts';
import { HostActions, STOPPING } from './hostActions.ts';
import { Later } from './later.ts';
import type { Link } from './link.ts';
import { firstRows, keptOfMatches } from './listQuestion.ts';
import { Lists } from './lists.ts';
import type { MatchList } from './matchList.ts';
import type { Narrowing } from './narrowing.ts';
import type { Reading } from './reading.ts';
import type { Reviewing } from './reviewing.ts';
import { tabsFor } from './tabs.ts';
import type { Undecided, UndecidedRows } from './undecidedRows.ts';
import { rowHeight } from './rowHeight.ts';
import type { KeptState } from './viewState.ts';

/** How often figures of a run at work may change, so that they can be read. Milliseconds. */
const REFRESH_MS = 500;
/** Pause in scrolling after which the place is kept. Milliseconds. */
const KEEP_MS = 150;
const EARLIER_RUNS = 20;

/** Everything the page shows, and what can be done to it. Views read it; `changed` is called after every change. */
export class PanelStore {
  readonly #changed: () => void;
  readonly lists: Lists;
  readonly matches: MatchList;
  readonly reading: Reading;
  readonly host: HostActions;
  readonly reviewing: Reviewing;
  readonly changes: ChangesList;
  readonly undecided: UndecidedRows;
  readonly findings: FindingsList;
  #host: Host | null = null;
  readonly #refresh = new Later(REFRESH_MS);
  #latest: RunSnapshot | null = null;
  /** What is asked for from outside waits until the run it is about is there. */
  #loading: Promise<void> = Promise.resolve();
  readonly #keeping = new Later(KEEP_MS);

  /** Name of the run, as an earlier page kept it; null where it is not known yet. */
  title: string | null = null;
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
  /** True where a part of the page itself could not be loaded. */
  lacksPart = false;

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
    this.lists = new Lists(link, () => this.tab, () => this.run);
    ({ matches: this.matches, reading: this.reading, reviewing: this.reviewing, undecided: this.undecided, findings: this.findings } = this.lists);
    this.host = new HostActions(link, this.reading, () => this.run);
    this.reading.onOpen = () => void this.host.openBoth();
    this.changes = new ChangesList(link);
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

  async start(host: Host): Promise<void> {
    this.#host = host;
    const kept = host.restored();
    this.title = kept?.title ?? null;
    this.#changed();
    try {
      const height = rowHeight();
      const opening = await host.peer.request('open', {
        kept: kept === null || kept.runId === null ? null : { runId: kept.runId, rows: firstRows(kept, true, height) },
        fresh: { atWork: firstRows(null, false, height), atRest: firstRows(null, true, height) },
      });
      // Told of another state while the answer was on its way: that one is newer.
      if (this.panel === null) await this.stateChanged(opening.state, kept, opening);
    } catch (thrown) {
      this.failure = failureOf(thrown);
      this.#changed();
    }
  }

  /** Another run, or another state of the server or the store. */
  async stateChanged(state: PanelState, kept: KeptState | null = null, opening: Opening | null = null): Promise<void> {
    const before = this.panel;
    this.panel = state;
    const restarted = before !== null && before.server.state !== 'running' && state.server.state === 'running';
    if (before === null || before.runId !== state.runId || restarted) this.#loading = this.#load(kept ?? (restarted ? this.#viewState() : null), opening);
    await this.#loading;
    this.#changed();
  }

  runChanged(run: RunSnapshot): void {
    if (run.id !== this.panel?.runId) return;
    if (run.state !== 'running') {
      this.#applyRun(run);
      return;
    }
    this.#latest = run;
    if (!this.#refresh.isWaiting) {
      this.#refresh.putOff(() => {
        if (this.#latest !== null) this.#applyRun(this.#latest);
      });
    }
  }

  /** What was told of a run that is no longer shown, or is older than what is shown, is not applied. */
  #forgetLatest(): void {
    this.#refresh.drop();
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
    this.lists.refresh();
    this.#changed();
  }

  async #readRun(runId: string): Promise<void> {
    try {
      this.runChanged(await this.#peer.request('run', { runId }));
    } catch (thrown) {
      this.failure = failureOf(thrown);
      this.#changed();
    }
  }

  async #load(kept: KeptState | null, opening: Opening | null): Promise<void> {
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
      const run = opening?.run ?? (await this.#peer.request('run', { runId }));
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
    this.lists.forgetTyping();
    if (this.run.workflow === 'crosswalk') {
      this.matches.load(keptOfMatches(same), this.#isAtRest, opening?.rows ?? null);
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
    this.lists.forgetTyping();
    this.findings.question += 1;
    this.matches.question += 1;
    this.#keep();
    this.#changed();
  }

  /** Shows the matches that are left, whatever tab is open. */
  showMatches(narrowing: Narrowing): void {
    this.setTab('matches');
    this.lists.narrow(narrowing);
  }

  showUndecided(outcome: Undecided | null, reason: string | null): void {
    this.setTab('ledger');
    this.undecided.show(outcome, reason);
  }

  closeDetail(): void {
    this.reading.close();
    this.#keep();
    this.#changed();
  }

  /** A row asked for from outside: filters that hide it are taken off. */
  async selectRow({ runId, id }: Parameters<PanelApi['selectRow']>[0]): Promise<void> {
    await this.#loading;
    if (runId !== this.#runId || this.run === null) return;
    if (this.run.workflow !== 'crosswalk') {
      this.setTab('insights');
      await this.findings.select(id);
      return;
    }
    this.setTab('matches');
    await this.reading.select(id, -1);
    await this.reading.place();
    if (this.reading.index === -1 && this.matches.isNarrowed) {
      this.lists.showAll();
    }
  }

  /** What moved since the earlier run; the tab is there once it is known that there is one. */
  async showChanges({ runId }: Parameters<PanelApi['showChanges']>[0]): Promise<void> {
    await this.#loading;
    if (runId === this.#runId && this.changes.comparison === null) await this.changes.load();
    if (runId === this.#runId && this.tabs.includes('changes')) this.setTab('changes');
  }

  async showQueue({ runId, review, filter }: Parameters<PanelApi['showQueue']>[0]): Promise<void> {
    await this.#loading;
    if (runId !== this.#runId || this.run?.workflow !== 'crosswalk') return;
    this.matches.search = '';
    this.showMatches(review === null ? { filter } : { filter, review });
  }

  reviewsChanged({ runId }: Parameters<PanelApi['reviewsChanged']>[0]): void {
    if (runId !== this.#runId) return;
    // Nobody tells this window how a run goes on that is at work in another.
    if (this.run?.state === 'running') void this.#readRun(runId);
    this.lists.reviewsChanged();
  }

  scrolled(tab: 'matches' | 'insights', scrollTop: number): void {
    if (tab === 'matches') this.matches.scrollTop = scrollTop;
    else this.findings.scrollTop = scrollTop;
    this.#keeping.putOff(() => this.#keep());
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

  lackPart(): void {
    this.lacksPart = true;
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

  #say(message: string): void {
    if (this.said === message) return;
    this.said = message;
    this.#changed();
  }

  #viewState(): KeptState {
    const { narrowing, search, sort, descending, group, scrollTop } = this.matches;
    return {
      runId: this.panel?.runId ?? null, ...(this.run === null ? {} : { title: this.run.title }), tab: this.tab, selected: this.reading.selected, scrollTop: this.tab === 'insights' ? this.findings.scrollTop : scrollTop,
      ...narrowing, search, descending, group,
      ...(sort === null ? {} : { sort }),
      ...(this.paneHeight === null ? {} : { paneHeight: this.paneHeight }),
    };
  }

  #keep(): void {
    this.#host?.keep(this.#viewState());
  }
}
