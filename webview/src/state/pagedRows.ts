import { failureOf, type Failure } from '../../../shared/failure.ts';
import type { Page } from '../../../shared/model.ts';

/** Rows asked for at once; far below the limit of a page and of a message. */
export const PAGE_ROWS = 100;

export type FetchPage<Row> = (offset: number, limit: number, signal: AbortSignal) => Promise<Page<Row>>;

/** A long list of which only the pages somebody looks at are asked for. */
export class PagedRows<Row> {
  readonly #fetch: FetchPage<Row>;
  readonly #changed: (isOnlyRows: boolean) => void;
  readonly #pages = new Map<number, readonly Row[]>();
  /** Pages on their way. */
  readonly #asked = new Set<number>();
  /** Pages that are shown and no longer new. */
  readonly #stale = new Set<number>();
  #abort = new AbortController();
  #visible: readonly [start: number, end: number] = [0, 0];
  #total: number | null = null;
  #failure: Failure | null = null;

  /** `changed` is told whether only rows have come: neither their number nor what is said of them is another. */
  constructor(fetch: FetchPage<Row>, changed: (isOnlyRows: boolean) => void) {
    this.#fetch = fetch;
    this.#changed = changed;
  }

  /** Null before the first answer. */
  get total(): number | null {
    return this.#total;
  }

  /** Why rows are not there; null while they are on their way or here. */
  get failure(): Failure | null {
    return this.#failure;
  }

  /** True where no row that is here waits to be asked for again. */
  get isFresh(): boolean {
    return this.#stale.size === 0 && this.#asked.size === 0;
  }

  row(index: number): Row | undefined {
    return this.#pages.get(Math.floor(index / PAGE_ROWS))?.[index % PAGE_ROWS];
  }

  /** Index of a row among those that are here, or -1. */
  find(predicate: (row: Row) => boolean): number {
    for (const [page, rows] of this.#pages) {
      const at = rows.findIndex(predicate);
      if (at !== -1) return page * PAGE_ROWS + at;
    }
    return -1;
  }

  /** Asks for what is missing of [start, end). */
  show(start: number, end: number): void {
    this.#visible = [start, end];
    const last = Math.max(start, Math.min(end, this.#total ?? end) - 1);
    for (let page = Math.floor(start / PAGE_ROWS); page <= Math.floor(last / PAGE_ROWS); page++) {
      if (!this.#asked.has(page) && (!this.#pages.has(page) || this.#stale.has(page))) void this.#ask(page);
    }
  }

  /** Another question: nothing of the old answer stays. `first` is a page of the new one that is here already. */
  reset(first: Page<Row> | null = null): void {
    this.#abort.abort();
    this.#abort = new AbortController();
    this.#pages.clear();
    this.#asked.clear();
    this.#stale.clear();
    this.#total = null;
    this.#failure = null;
    if (first === null || first.offset % PAGE_ROWS !== 0 || (first.total > 0 && first.rows.length === 0)) {
      this.show(0, 1);
      return;
    }
    this.#pages.set(first.offset / PAGE_ROWS, first.rows);
    this.#total = first.total;
  }

  /** The same question asked again; rows stay in sight until the new ones are here. */
  refresh(): void {
    this.#failure = null;
    for (const page of this.#pages.keys()) this.#stale.add(page);
    this.show(...this.#visible);
  }

  async #ask(page: number): Promise<void> {
    const { signal } = this.#abort;
    this.#asked.add(page);
    this.#stale.delete(page);
    const before = { total: this.#total, failure: this.#failure };
    try {
      const answer = await this.#fetch(page * PAGE_ROWS, PAGE_ROWS, signal);
      if (signal.aborted) return;
      this.#pages.set(page, answer.rows);
      this.#total = answer.total;
      this.#failure = null;
    } catch (thrown) {
      if (signal.aborted) return;
      this.#failure = failureOf(thrown);
    } finally {
      if (!signal.aborted) this.#asked.delete(page);
    }
    this.#changed(before.total === this.#total && before.failure === this.#failure);
  }
}
