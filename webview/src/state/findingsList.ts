import { failureOf } from '../../../shared/failure.ts';
import type { Outcome } from '../../../shared/model.ts';
import type { Finder, FindingFacets, FindingQuery, FindingRow } from '../../../shared/protocol/results.ts';
import type { Link } from './link.ts';
import { PagedRows } from './pagedRows.ts';

/** What narrows the list; null: it does not. */
export interface FindingNarrowing {
  readonly kind: string | null;
  readonly outcome: Outcome | null;
  readonly finder: Finder | null;
}

export const EVERY_FINDING: FindingNarrowing = { kind: null, outcome: null, finder: null };

/** The list of findings: what narrows it, and the one the keys stand on. */
export class FindingsList {
  readonly #link: Link;
  readonly rows: PagedRows<FindingRow>;
  /** Empty for all analyses. */
  analyzer = '';
  search = '';
  narrowing: FindingNarrowing = EVERY_FINDING;
  /** What there is of the analysis that is shown; null while it is not known. */
  facets: FindingFacets | null = null;
  /** Place in the list; -1 for none. */
  active = -1;
  /** True while a note on the active one is written. */
  isNoting = false;
  scrollTop = 0;
  question = 0;

  constructor(link: Link) {
    this.#link = link;
    this.rows = new PagedRows(
      (offset, limit, signal) => link.peer.request('findings', { ...this.#narrowed(), offset, limit }, signal),
      () => link.changed(),
    );
  }

  get isNarrowed(): boolean {
    return Object.values(this.narrowing).some((one) => one !== null);
  }

  #narrowed(): Omit<FindingQuery, 'offset' | 'limit'> {
    const { analyzer, search, narrowing: { kind, outcome, finder } } = this;
    return { runId: this.#link.runId, analyzer, search, ...(kind === null ? {} : { kind }), ...(outcome === null ? {} : { outcome }), ...(finder === null ? {} : { finder }) };
  }

  /** Another run. */
  load(scrollTop: number): void {
    this.analyzer = '';
    this.search = '';
    this.narrowing = EVERY_FINDING;
    this.#ask(scrollTop);
    void this.#loadFacets();
  }

  async #loadFacets(): Promise<void> {
    const { analyzer } = this;
    const { runId, peer } = this.#link;
    const isAsked = (): boolean => runId === this.#link.runId && analyzer === this.analyzer;
    try {
      const facets = await peer.request('findingFacets', { runId, analyzer });
      if (!isAsked()) return;
      this.facets = facets;
      this.#link.changed();
    } catch (thrown) {
      if (isAsked()) this.#link.say(failureOf(thrown).message);
    }
  }

  /** Asks again for all that is shown; it stays until the new answers are here. */
  refresh(): void {
    this.rows.refresh();
    void this.#loadFacets();
  }

  #ask(scrollTop: number): void {
    this.question += 1;
    this.scrollTop = scrollTop;
    this.active = -1;
    this.isNoting = false;
    this.rows.reset();
    this.#link.changed();
  }

  /** An analysis shown already is taken off again. */
  show(analyzer: string): void {
    this.analyzer = this.analyzer === analyzer ? '' : analyzer;
    // Another analysis finds other kinds, and not every one is a model's.
    this.narrowing = { ...EVERY_FINDING, outcome: this.narrowing.outcome };
    this.#ask(0);
    void this.#loadFacets();
  }

  find(search: string): void {
    this.search = search;
    this.#ask(0);
  }

  narrow(change: Partial<FindingNarrowing>): void {
    this.narrowing = { ...this.narrowing, ...change };
    this.#ask(0);
  }

  showAll(): void {
    this.search = '';
    this.narrow(EVERY_FINDING);
  }

  /** A finding asked for from outside: filters that hide it are taken off. */
  async select(key: string): Promise<void> {
    const { runId } = this.#link;
    try {
      let place = await this.#placeOf(key);
      if (place === -1 && (this.analyzer !== '' || this.search !== '' || this.isNarrowed) && runId === this.#link.runId) {
        this.showAll();
        if (this.analyzer !== '') this.show(this.analyzer);
        place = await this.#placeOf(key);
      }
      if (runId !== this.#link.runId) return;
      if (place === -1) this.#link.say('This finding is not part of the run.');
      else this.activate(place);
    } catch (thrown) {
      this.#link.say(failureOf(thrown).message);
    }
  }

  /** Place of a finding in the list, or -1 where it is not part of it. */
  async #placeOf(key: string): Promise<number> {
    const here = this.rows.find((row) => row.key === key);
    if (here !== -1) return here;
    const { rows, offset } = await this.#link.peer.request('findings', { ...this.#narrowed(), offset: 0, limit: 1, from: key });
    return rows.length === 0 ? -1 : offset;
  }

  move(by: number): void {
    const total = this.rows.total ?? 0;
    if (total === 0) return;
    this.active = Math.max(0, Math.min(total - 1, this.active + by));
    this.isNoting = false;
    this.#link.changed();
  }

  /** Writes a note on the active finding, or leaves it. */
  note(isNoting: boolean): void {
    this.isNoting = isNoting && this.active !== -1;
    this.#link.changed();
  }

  activate(index: number): void {
    if (this.active === index) return;
    this.active = index;
    this.isNoting = false;
    this.#link.changed();
  }
}
