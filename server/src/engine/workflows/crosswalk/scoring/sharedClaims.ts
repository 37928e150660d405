import type { RankedSource } from './rankedCandidates.ts';
import type { Recipe } from './recipe.ts';

/**
 * By source: how many of its first candidates it claims. Those at or above the threshold; and where there are none, its
 * best, if another source took that target in the competition and its words alone say that it has a counterpart: merged
 * provisions share a target, and only one of them can win it.
 */
export function claimCounts(sources: readonly RankedSource[], threshold: number, recipe: Recipe): readonly number[] {
  const counts = sources.map(({ candidates }) => candidates.slice(0, recipe.claims).filter(({ score }) => score >= threshold).length);
  const taken = new Set(sources.flatMap(({ candidates }, i) => candidates.slice(0, counts[i]).map(({ target }) => target)));
  return sources.map(({ candidates, detector }, i) => {
    const [best] = candidates;
    const lost = counts[i] === 0 && best !== undefined && taken.has(best.target) && detector >= recipe.sharedClaimDetector;
    return lost ? 1 : (counts[i] as number);
  });
}
