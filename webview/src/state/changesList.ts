import { failureOf } from '../../../shared/failure.ts';
import type { ComparedRow, RowState, RunComparison } from '../../../shared/comparison.ts';
import type { Link } from './link.ts';
import { PagedRows } from './pagedRows.ts';

/** What moved since the run before this one over the same documents. */
export class ChangesList {
  readonly #link: Link;
  readonly rows: PagedRows<ComparedRow>;
  /** Null where there is no earlier run, or it is not known yet. */
  comparison: Omit<RunComparison, 'rows'> | null = null;
  state: RowState | 'all' = 'all';
  question = 0;

  constructor(link: Link) {
    this.#link = link;
    this.rows = new PagedRows(
      (offset, limit, signal) => link.peer.request('comparedRows', { runId: link.runId, with: null, state: this.state, offset, limit }, signal),
      () => link.changed(),
    );
  }

  forget(): void {
    this.comparison = null;
  }

  async load(): Promise<void> {
    const { runId, peer } = this.#link;
    try {
      const comparison = await peer.request('compare', { runId, with: null });
      if (runId !== this.#link.runId) return;
      this.comparison = comparison;
      if (comparison === null) return;
      // What moved is asked for first; without any of it, everything is shown.
      this.show((['changed', 'new', 'gone'] as const).find((state) => comparison.counts[state] > 0) ?? 'all');
    } catch (thrown) {
      if (runId === this.#link.runId) this.#link.say(failureOf(thrown).message);
    }
    this.#link.changed();
  }

  show(state: RowState | 'all'): void {
    this.state = state;
    this.question += 1;
    this.rows.reset();
    this.#link.changed();
  }
}
