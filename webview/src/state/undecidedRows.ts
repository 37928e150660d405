import type { MatchRow } from '../../../shared/protocol/results.ts';
import type { Link } from './link.ts';
import { PagedRows } from './pagedRows.ts';

export const UNDECIDED = ['failed', 'abstained', 'skipped'] as const;
export type Undecided = (typeof UNDECIDED)[number];

/** The rows without an answer, by outcome or by reason. */
export class UndecidedRows {
  readonly #link: Link;
  readonly rows: PagedRows<MatchRow>;
  outcome: Undecided | null = null;
  reason: string | null = null;
  question = 0;

  constructor(link: Link) {
    this.#link = link;
    this.rows = new PagedRows(
      (offset, limit, signal) => link.peer.request('matches', { runId: link.runId, filter: this.outcome ?? 'all', reason: this.reason ?? '', search: '', offset, limit }, signal),
      () => link.changed(),
    );
  }

  /** Shows the rows of an outcome, of a reason, or (both null) all of them. */
  show(outcome: Undecided | null, reason: string | null): void {
    this.outcome = outcome;
    this.reason = reason;
    this.question += 1;
    this.rows.reset();
    this.#link.changed();
  }
}
