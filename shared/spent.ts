/** What a run has cost by its metrics, and what it may have cost beside that. */
import type { Metric } from './model.ts';

/** US dollars. `unansweredUsd`: at most, of calls whose answer was never seen. */
export interface Spent {
  readonly costUsd: number;
  readonly unansweredUsd: number;
}

export function spentOf(metrics: readonly Pick<Metric, 'costUsd' | 'unansweredUsd'>[]): Spent {
  return {
    costUsd: metrics.reduce((sum, { costUsd }) => sum + costUsd, 0),
    unansweredUsd: metrics.reduce((sum, { unansweredUsd = 0 }) => sum + unansweredUsd, 0),
  };
}
