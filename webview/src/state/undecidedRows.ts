import { failureOf, type Failure } from '../../../shared/failure.ts';
import { MAX_PAGE, type MatchRow } from '../../../shared/protocol/results.ts';
import type { Link } from './link.ts';

export const UNDECIDED = ['failed', 'abstained', 'skipped'] as const;
export type Undecided = (typeof UNDECIDED)[number];

/**
 * The rows without an answer, by outcome or by reason. The wire narrows by outcome only, so the rows of a reason are
 * picked here, page after page, while the rows found so far are shown.
 */
export class UndecidedRows {
  readonly #link: Link;
  #abort = new AbortController();
  rows: readonly MatchRow[] = [];
  failure: Failure | null = null;
  outcome: Undecided | null = null;
  reason: string | null = null;
  isReading = false;
  question = 0;

  constructor(link: Link) {
    this.#link = link;
  }

  /** Shows the rows of an outcome, of a reason, or (both null) all of them. */
  show(outcome: Undecided | null, reason: string | null): void {
    this.outcome = outcome;
    this.reason = reason;
    this.question += 1;
    this.rows = [];
    this.refresh();
  }

  refresh(): void {
    this.#abort.abort();
    this.#abort = new AbortController();
    this.failure = null;
    this.isReading = true;
    this.#link.changed();
    void this.#read(this.#abort.signal);
  }

  async #read(signal: AbortSignal): Promise<void> {
    const found: MatchRow[] = [];
    try {
      for (const filter of this.outcome === null ? UNDECIDED : [this.outcome]) {
        for (let offset = 0; ; offset += MAX_PAGE) {
          const page = await this.#link.peer.request('matches', { runId: this.#link.runId, filter, search: '', offset, limit: MAX_PAGE }, signal);
          if (signal.aborted) return;
          found.push(...page.rows.filter((row) => this.reason === null || row.reason === this.reason));
          if (found.length > this.rows.length) this.rows = [...found];
          if (offset + page.rows.length >= page.total || page.rows.length === 0) break;
          this.#link.changed();
        }
      }
      this.rows = found;
    } catch (thrown) {
      if (signal.aborted) return;
      this.failure = failureOf(thrown);
    }
    this.isReading = false;
    this.#link.changed();
  }
}
