import type { RunSnapshot } from '../../../shared/model.ts';
import type { PanelTab } from '../../../shared/protocol/panel.ts';
import type { ReviewAction } from '../../../shared/protocol/reviews.ts';
import { FindingsList } from './findingsList.ts';
import { Later } from './later.ts';
import type { Link } from './link.ts';
import { MatchList } from './matchList.ts';
import type { Narrowing } from './narrowing.ts';
import { Reading } from './reading.ts';
import { Reviewing } from './reviewing.ts';
import { UndecidedRows } from './undecidedRows.ts';

/** Pause in typing after which a search is asked. Milliseconds. */
const TYPING_MS = 150;

/** The lists of a run with the row that is read, and what is done to them. */
export class Lists {
  readonly #link: Link;
  readonly #tab: () => PanelTab;
  readonly #run: () => RunSnapshot | null;
  readonly matches: MatchList;
  readonly reading: Reading;
  readonly reviewing: Reviewing;
  readonly undecided: UndecidedRows;
  readonly findings: FindingsList;
  readonly #typing = new Later(TYPING_MS);
  /** What was typed and is not asked for yet. */
  #wantedSearch: string | null = null;

  constructor(link: Link, tab: () => PanelTab, run: () => RunSnapshot | null) {
    this.#link = link;
    this.#tab = tab;
    this.#run = run;
    this.matches = new MatchList(link, () => this.reading.rowsArrived());
    this.reading = new Reading(link, this.matches);
    this.reviewing = new Reviewing(link, () => this.reviewsChanged());
    this.undecided = new UndecidedRows(link);
    this.findings = new FindingsList(link);
  }

  get search(): string {
    return this.#wantedSearch ?? (this.#tab() === 'insights' ? this.findings : this.matches).search;
  }

  /** What is typed in one list is not asked of another. */
  forgetTyping(): void {
    this.#wantedSearch = null;
  }

  setSearch(search: string): void {
    const tab = this.#tab();
    this.#wantedSearch = search;
    this.#typing.putOff(() => {
      this.#wantedSearch = null;
      if (tab === 'insights') this.findings.find(search);
      else this.#change(() => this.matches.find(search));
    });
  }

  /** Any change of the list of matches; the selected row keeps its pane and gets its new place. */
  #change(change: () => void): void {
    this.reading.index = -1;
    change();
    this.#link.keep();
    void this.reading.place();
  }

  narrow(narrowing: Narrowing): void {
    this.#change(() => this.matches.narrow(narrowing));
  }

  sortBy(...sort: Parameters<MatchList['sortBy']>): void {
    this.#change(() => this.matches.sortBy(...sort));
  }

  groupBy(...group: Parameters<MatchList['groupBy']>): void {
    this.#change(() => this.matches.groupBy(...group));
  }

  showAll(): void {
    this.#wantedSearch = null;
    if (this.#tab() === 'insights') this.findings.showAll();
    else this.#change(() => this.matches.showAll());
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

  /** Asks again for all that is shown; it stays until the new answers are here. */
  refresh(): void {
    const run = this.#run();
    if (run?.workflow === 'crosswalk') {
      this.matches.refresh(run.state !== 'running');
      if (this.#tab() === 'ledger') this.undecided.rows.refresh();
    }
    if (this.#tab() === 'insights') this.findings.refresh();
    this.reading.refresh();
  }

  reviewsChanged(): void {
    this.refresh();
    void this.reading.place();
  }
}
