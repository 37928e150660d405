import { failureOf, type Failure } from '../../../shared/failure.ts';
import type { MatchDetail } from '../../../shared/protocol/results.ts';
import type { ReviewHistory } from '../../../shared/protocol/reviews.ts';
import type { Link } from './link.ts';
import type { MatchList } from './matchList.ts';

/** What the pane does: show the words, choose other targets, or take a note or an exception. */
export type PaneMode = 'read' | 'override' | 'note' | 'exception';

/** The selected row of the matches and what is known of it. */
export class Reading {
  readonly #link: Link;
  readonly #list: MatchList;
  #abort = new AbortController();
  #wanted: number | null = null;
  #openWanted = false;
  #loading: Promise<void> = Promise.resolve();

  selected: string | null = null;
  /** Place in the list; -1 where the list does not have it, or that is not known yet. */
  index = -1;
  detail: MatchDetail | null = null;
  failure: Failure | null = null;
  history: ReviewHistory | null = null;
  historyFailure: Failure | null = null;
  /** Number of the evidence whose both ends are lit; null for none. */
  lit: number | null = null;
  /** Grows each time the lit evidence is to be brought into sight. */
  litByKey = 0;
  mode: PaneMode = 'read';
  /** Unit keys chosen while overriding. */
  picks: ReadonlySet<string> = new Set();
  /** Place of the candidate the keys stand on; one past the last one is "no counterpart". */
  active = 0;
  showsAllCandidates = false;
  showsEqual = false;

  constructor(link: Link, list: MatchList) {
    this.#link = link;
    this.#list = list;
  }

  /** Opens a row in the reading pane. `index` is its place in the list, or -1 where that is not known. */
  async select(id: string, index: number): Promise<void> {
    if (this.selected !== id) {
      this.mode = 'read';
      this.lit = null;
      this.showsAllCandidates = false;
      this.picks = new Set();
    }
    this.selected = id;
    this.index = index;
    // The words of another row never stand under this one.
    if (this.detail?.row.id !== id) {
      this.detail = null;
      this.history = null;
    }
    this.failure = null;
    this.historyFailure = null;
    this.#link.keep();
    this.#link.changed();
    this.#loading = this.#load(id);
    await this.#loading;
  }

  /** Asks again for what is shown; it stays until the new answer is here. */
  refresh(): void {
    if (this.selected !== null) this.#loading = this.#load(this.selected);
  }

  async #load(id: string): Promise<void> {
    this.#abort.abort();
    this.#abort = new AbortController();
    const { signal } = this.#abort;
    const address = { runId: this.#link.runId, id };
    const history = this.#loadHistory(address, signal);
    try {
      const detail = await this.#link.peer.request('match', address, signal);
      if (signal.aborted) return;
      this.detail = detail;
      this.failure = null;
    } catch (thrown) {
      if (signal.aborted) return;
      this.detail = null;
      this.failure = failureOf(thrown);
    }
    this.#link.changed();
    await history;
  }

  async #loadHistory(address: { readonly runId: string; readonly id: string }, signal: AbortSignal): Promise<void> {
    try {
      const history = await this.#link.peer.request('history', address, signal);
      if (signal.aborted) return;
      this.history = history;
      this.historyFailure = null;
    } catch (thrown) {
      if (signal.aborted) return;
      this.historyFailure = failureOf(thrown);
    }
    this.#link.changed();
  }

  /** Finds the place of the selected row again, after the list became another. */
  async place(): Promise<void> {
    const id = this.selected;
    if (id === null) return;
    try {
      const index = await this.#list.placeOf(id);
      if (this.selected !== id || this.index === index) return;
      this.index = index;
      this.#link.changed();
    } catch (thrown) {
      this.#link.say(failureOf(thrown).message);
    }
  }

  /** Settled when the words of the selected row are here, or why they are not. */
  get loaded(): Promise<void> {
    return this.#loading;
  }

  close(): void {
    this.#abort.abort();
    this.selected = null;
    this.index = -1;
    this.#wanted = null;
    this.#openWanted = false;
    this.detail = null;
    this.failure = null;
    this.history = null;
    this.historyFailure = null;
    this.mode = 'read';
  }

  /** Selects a neighbour of the selected row, as soon as it is here. */
  move(by: number): void {
    const total = this.#list.rows.total ?? 0;
    if (total === 0) return;
    const from = this.index === -1 && this.selected !== null ? this.#list.rows.find((row) => row.id === this.selected) : this.index;
    this.#wanted = Math.max(0, Math.min(total - 1, (this.#wanted ?? from) + by));
    this.#openWanted = false;
    this.#list.rows.show(this.#wanted, this.#wanted + 1);
    this.rowsArrived();
  }

  /** A row that was moved to is selected as soon as it is here. */
  rowsArrived(): void {
    const to = this.#wanted;
    const row = to === null ? undefined : this.#list.rows.row(to);
    if (to === null || row === undefined) return;
    this.#wanted = null;
    void this.select(row.id, to);
    if (!this.#openWanted) return;
    this.#openWanted = false;
    this.onOpen();
  }

  /** Called when a row that was to be opened has come. */
  onOpen: () => void = () => undefined;

  /** Whoever presses Enter means the row just moved to, also while it is on its way. True where it is. */
  opensWhenHere(): boolean {
    if (this.#wanted === null) return false;
    this.#openWanted = true;
    return true;
  }

  enter(mode: PaneMode): void {
    this.mode = mode;
    if (mode === 'override') {
      this.showsAllCandidates = true;
      this.active = 0;
      this.picks = new Set();
    }
    this.#link.changed();
  }

  /** Moves among the candidates and "no counterpart" below them. */
  moveCandidate(by: number): void {
    const last = this.detail?.candidates.length ?? 0;
    this.active = Math.max(0, Math.min(last, this.active + by));
    this.#link.changed();
  }

  togglePick(targetId: string): void {
    const picks = new Set(this.picks);
    if (!picks.delete(targetId)) picks.add(targetId);
    this.picks = picks;
    this.#link.changed();
  }

  light(number: number | null): void {
    if (this.lit === number) return;
    this.lit = number;
    this.#link.changed();
  }

  /** The next or previous evidence, of `count`; round the ends. */
  moveEvidence(by: number, count: number): void {
    if (count === 0) return;
    this.lit = this.lit === null ? (by > 0 ? 1 : count) : ((this.lit - 1 + by + count) % count) + 1;
    this.litByKey += 1;
    this.#link.changed();
  }

  toggleEqual(): void {
    this.showsEqual = !this.showsEqual;
    this.#link.changed();
  }

  showAllCandidates(): void {
    this.showsAllCandidates = true;
    this.#link.changed();
  }
}
