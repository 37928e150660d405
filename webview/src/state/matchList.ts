import { failureOf, type Failure } from '../../../shared/failure.ts';
import type { Page } from '../../../shared/model.ts';
import type { MatchCounts, MatchQuery, MatchRow } from '../../../shared/protocol/results.ts';
import type { BulkOffer, MatchFacets, MatchGroup, MatchGroupRow, MatchSort } from '../../../shared/protocol/reviews.ts';
import type { Link } from './link.ts';
import { firstQuestion, orderOf, queryOf } from './listQuestion.ts';
import { EVERYTHING, isSameNarrowing, type Narrowing } from './narrowing.ts';
import { PagedRows } from './pagedRows.ts';
import type { KeptState } from './viewState.ts';

/** Bars of confidence that accepting in bulk is offered at, the first one that has rows. */
const OFFERED_AT = [0.95, 0.9] as const;

/** The list of matches: what narrows, orders and groups it, and its figures. */
export class MatchList {
  readonly #link: Link;
  readonly rows: PagedRows<MatchRow>;
  #groupsAsked = 0;
  /** True until the first rows of a run are here that the page chose by itself. */
  #isFirstLook = false;

  narrowing: Narrowing = EVERYTHING;
  search = '';
  /** Null: the order that goes with the narrowing. */
  sort: MatchSort | null = null;
  descending = false;
  group: MatchGroup = 'none';
  /** Null while they are not known. */
  groups: readonly MatchGroupRow[] | null = [];
  groupsFailure: Failure | null = null;
  counts: MatchCounts | null = null;
  facets: MatchFacets | null = null;
  offer: BulkOffer | null = null;
  scrollTop = 0;
  /** Grows with every new question; the list then starts where `scrollTop` says. */
  question = 0;

  constructor(link: Link, arrived: () => void) {
    this.#link = link;
    this.rows = new PagedRows(
      (offset, limit, signal) => link.peer.request('matches', { ...this.query, offset, limit }, signal),
      (isOnlyRows) => {
        this.#look();
        arrived();
        if (isOnlyRows) this.onRows();
        else link.changed();
      },
    );
  }

  get order(): MatchSort {
    return orderOf(this);
  }

  /** Called where rows have come and nothing else has changed. */
  onRows: () => void = () => undefined;

  get query(): MatchQuery {
    return { runId: this.#link.runId, offset: 0, limit: 1, ...queryOf(this) };
  }

  get isNarrowed(): boolean {
    return this.search !== '' || !isSameNarrowing(this.narrowing, EVERYTHING);
  }

  /** Another run. `kept` is what an earlier page left of this one, `first` the rows that came with it. */
  load(kept: KeptState | null, isAtRest: boolean, first: Page<MatchRow> | null): void {
    this.counts = null;
    this.facets = null;
    this.offer = null;
    this.#isFirstLook = kept === null && isAtRest;
    Object.assign(this, firstQuestion(kept, isAtRest));
    this.#ask(kept?.scrollTop ?? 0, first);
    if (first !== null) this.#look();
    void this.loadFigures(isAtRest);
  }

  /** Rows to review that were asked for by the page itself: without any, everything is shown. */
  #look(): void {
    const isFirst = this.#isFirstLook;
    this.#isFirstLook = false;
    if (isFirst && this.rows.total === 0) this.narrow(EVERYTHING);
  }

  #ask(scrollTop: number, first: Page<MatchRow> | null = null): void {
    this.question += 1;
    this.scrollTop = scrollTop;
    this.groups = this.group === 'none' ? [] : null;
    this.rows.reset(first);
    void this.#loadGroups();
    this.#link.changed();
  }

  /** The same list asked for again; rows stay in sight until the new ones are here. */
  refresh(isAtRest: boolean): void {
    this.rows.refresh();
    void this.#loadGroups();
    void this.loadFigures(isAtRest);
  }

  async #loadGroups(): Promise<void> {
    const asked = ++this.#groupsAsked;
    this.groupsFailure = null;
    if (this.group === 'none') return;
    try {
      const groups = await this.#link.peer.request('matchGroups', this.query);
      if (asked !== this.#groupsAsked) return;
      this.groups = groups;
    } catch (thrown) {
      if (asked !== this.#groupsAsked) return;
      this.groupsFailure = failureOf(thrown);
    }
    this.#link.changed();
  }

  /** Counts of chips and menus, and what could be accepted at once. */
  async loadFigures(isAtRest: boolean): Promise<void> {
    const { runId, peer } = this.#link;
    try {
      const [counts, facets] = await Promise.all([peer.request('matchCounts', { runId }), peer.request('facets', { runId })]);
      if (runId !== this.#link.runId) return;
      this.counts = counts;
      this.facets = facets;
      this.#link.changed();
      if (isAtRest) await this.#loadOffer(runId);
    } catch (thrown) {
      if (runId === this.#link.runId) this.#link.say(failureOf(thrown).message);
    }
  }

  async #loadOffer(runId: string): Promise<void> {
    let offer: BulkOffer | null = null;
    for (const atLeast of OFFERED_AT) {
      offer = await this.#link.peer.request('bulkOffer', { runId, atLeast });
      if (offer.rows > 0) break;
    }
    if (runId !== this.#link.runId) return;
    this.offer = offer;
    this.#link.changed();
  }

  narrow(narrowing: Narrowing): void {
    this.narrowing = narrowing;
    this.#ask(0);
  }

  find(search: string): void {
    this.search = search;
    this.#ask(0);
  }

  showAll(): void {
    this.search = '';
    this.narrow(EVERYTHING);
  }

  /** A click on a column head: its order, the other way round, and back to the order that goes with the list. */
  sortBy(sort: MatchSort): void {
    const isFirst = this.order !== sort;
    if (isFirst) {
      this.sort = sort;
      // Impact is asked for with the gravest first.
      this.descending = sort === 'impact';
    } else if (this.descending === (sort === 'impact')) {
      this.sort = sort;
      this.descending = !this.descending;
    } else {
      this.sort = null;
      this.descending = false;
    }
    this.#ask(0);
  }

  groupBy(group: MatchGroup): void {
    this.group = this.group === group ? 'none' : group;
    this.#ask(0);
  }

  /** Place of a row in the list, or -1 where it is not part of it. */
  async placeOf(id: string): Promise<number> {
    const here = this.rows.isFresh ? this.rows.find((row) => row.id === id) : -1;
    return here === -1 ? this.#link.peer.request('matchIndex', { query: this.query, id }) : here;
  }
}
