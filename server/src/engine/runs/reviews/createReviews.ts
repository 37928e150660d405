import type { Result } from '../../../../../shared/failure.ts';
import type { Ports } from '../../ports.ts';
import type { Reviews } from '../api.ts';
import { guarded } from '../guarded.ts';
import { valueOf } from '../unitTexts.ts';
import { exportReviews, importReviews } from './exchange/exchangeReviews.ts';
import { refuse } from './reviewActions.ts';
import type { RunReviews } from './runReviews.ts';

/** Reads of a run whose rows are brought up to the trail first. */
type Reading = <T>(runId: string, read: () => Promise<Result<T>>) => Promise<Result<T>>;

function mustBeProbability(atLeast: number): void {
  if (!(atLeast >= 0 && atLeast <= 1)) refuse(`A confidence lies between 0 and 1; ${String(atLeast)} does not.`);
}

/** The reviews of Runs over the trail. */
export function createReviews(trail: RunReviews, ports: Ports, reading: Reading): Reviews {
  const { store } = ports;
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
        if (ids.length === 0) {
          await trail.mustRest(runId);
          refuse(`No open row is decided at ${atLeast.toFixed(2)} or above.`);
        }
        return trail.act(runId, ids, { kind: 'accept' }, reviewer);
      }),
    exportTo: (runId, path) => guarded(() => exportReviews(runId, path, trail, ports)),
    importFrom: (runId, path, conflicts, reviewer) => guarded(() => importReviews(runId, path, conflicts, reviewer, trail, ports)),
    openExceptions: (runId) =>
      guarded(async () => {
        // Where no exception could be opened, what asks for one counts.
        if (store.reviews.refusal(runId) !== null) return valueOf(await store.reviews.exceptional(runId)).length;
        return valueOf(await reading(runId, () => store.reviews.facets(runId))).review.exception;
      }),
    onElsewhere: (listener) => store.reviews.onElsewhere(listener),
  };
}
