import type { Result } from '../../../../../shared/failure.ts';
import type { RunStore } from '../../ports.ts';
import type { Reviews } from '../api.ts';
import { guarded } from '../guarded.ts';
import { valueOf } from '../unitTexts.ts';
import { refuse } from './reviewActions.ts';
import type { RunReviews } from './runReviews.ts';

/** Reads of a run whose rows are brought up to the trail first. */
type Reading = <T>(runId: string, read: () => Promise<Result<T>>) => Promise<Result<T>>;

function mustBeProbability(atLeast: number): void {
  if (!(atLeast >= 0 && atLeast <= 1)) refuse(`A confidence lies between 0 and 1; ${String(atLeast)} does not.`);
}

/** The reviews of Runs over the trail. */
export function createReviews(trail: RunReviews, store: RunStore, reading: Reading): Reviews {
  return {
    act: (runId, ids, action, reviewer) => guarded(() => trail.act(runId, ids, action, reviewer)),
    undo: (runId, reviewer) => guarded(() => trail.undo(runId, reviewer)),
    redo: (runId, reviewer) => guarded(() => trail.redo(runId, reviewer)),
    history: (runId, id) => guarded(() => trail.history(runId, id)),
    facets: (runId) => reading(runId, () => store.reviews.facets(runId)),
    groups: (query) => reading(query.runId, () => store.reviews.groups(query)),
    index: (query, id) => reading(query.runId, () => store.reviews.index(query, id)),
    offer: (runId, atLeast) =>
      guarded(async () => {
        mustBeProbability(atLeast);
        return valueOf(await reading(runId, () => store.reviews.offer(runId, atLeast)));
      }),
    acceptAbove: (runId, atLeast, reviewer) =>
      guarded(async () => {
        mustBeProbability(atLeast);
        const ids = valueOf(await reading(runId, () => store.reviews.openAbove(runId, atLeast)));
        if (ids.length === 0) refuse(`No open row is decided at ${atLeast.toFixed(2)} or above.`);
        return trail.act(runId, ids, { kind: 'accept' }, reviewer);
      }),
  };
}
