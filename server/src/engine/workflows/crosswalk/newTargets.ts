import type { NewTarget } from '../../../../../shared/model.ts';
import { areRelated, areVersions, isSure, type ClaimBook } from './claims.ts';
import type { Provision } from './provisions.ts';
import { REASONS } from './reasons.ts';
import type { CrosswalkScores } from './scoringTypes.ts';
import { saysTooLittle } from './tooFewWords.ts';

/**
 * A target that any source finds this likely may be its counterpart, or one of several. Low, so that "new" is right: on the
 * public crosswalks 95 % of the targets below it are new where the documents are related, and 86 % below .25.
 */
const NEAR = 0.05;

/** Even beside a sure counterpart, a target this likely may be a part of it. */
const ALMOST = 0.4;

/** Targets by what a model changed about their claims: keys of those only it claims, and of those nobody claims any more. */
export interface FinalClaims {
  readonly added: ReadonlySet<string>;
  readonly withdrawn: ReadonlySet<string>;
}

/** Rows for targets nobody claims, in document order. */
export function newTargets(
  targets: readonly Provision[],
  book: ClaimBook,
  scores: CrosswalkScores,
  sourceIncomplete: boolean,
  claims: FinalClaims,
): readonly NewTarget[] {
  const near = new Set<number>();
  const versions = areVersions(book);
  scores.sources.forEach(({ candidates }, i) => {
    // Between versions of one text, a provision that surely answers another target is no counterpart of this one.
    const least = versions && isSure(book.claims[i]) ? ALMOST : NEAR;
    for (const { target, probability } of candidates) if (probability >= least) near.add(target);
  });
  return targets.flatMap((target, j): NewTarget[] => {
    const targetId = target.unit.key;
    if (claims.withdrawn.has(targetId)) return [abstained(targetId, REASONS.withdrawn)];
    if (book.claimants.has(j) || claims.added.has(targetId)) return [];
    if (near.has(j)) return [abstained(targetId, REASONS.maybeNew)];
    if (saysTooLittle(target)) return [abstained(targetId, REASONS.tooFewWords)];
    if (!areRelated(book)) return [abstained(targetId, REASONS.unrelated)];
    if (sourceIncomplete) return [abstained(targetId, REASONS.unreadSource)];
    return [{ targetId, outcome: 'decided', relation: 'new', variance: 'design', impact: 'medium' }];
  });
}

function abstained(targetId: string, reason: string): NewTarget {
  return { targetId, outcome: 'abstained', reason, relation: null, variance: null, impact: null };
}
