import type { RunComparison } from '../../../../../shared/comparison.ts';
import type { RunSnapshot } from '../../../../../shared/model.ts';
import type { RunStore } from '../../ports.ts';
import { compareRuns } from './compareRuns.ts';
import { runFacts } from './runFacts.ts';

/** Compares runs and keeps the last comparison, whose rows are read page by page. */
export class LastComparison {
  readonly #load: (runId: string) => Promise<RunSnapshot>;
  readonly #store: RunStore;
  #last: { readonly of: string; readonly comparison: RunComparison } | null = null;

  constructor(load: (runId: string) => Promise<RunSnapshot>, store: RunStore) {
    this.#load = load;
    this.#store = store;
  }

  async compare(before: string, after: string): Promise<RunComparison> {
    const [older, newer] = [await this.#load(before), await this.#load(after)];
    // A run that was resumed since has ended at another time.
    const of = [older, newer].map(({ id, state, endedAt }) => `${id} ${state} ${String(endedAt)}`).join('\n');
    if (this.#last?.of === of) return this.#last.comparison;
    const comparison = compareRuns(await runFacts(older, this.#store), await runFacts(newer, this.#store));
    this.#last = { of, comparison };
    return comparison;
  }
}
