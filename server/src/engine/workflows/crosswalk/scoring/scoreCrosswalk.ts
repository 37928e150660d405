import type { ComputeContext } from '../../../computeJobs.ts';
import type { CrosswalkScores, ScoringInput } from '../scoringTypes.ts';
import { counterpartProbability, pairProbability } from './confidence.ts';
import { Pace } from './pace.ts';
import { claimThreshold, rankCandidates, type RankedSource } from './rankedCandidates.ts';
import { rawScores } from './rawScores.ts';
import { RECIPE } from './recipe.ts';
import { claimCounts } from './sharedClaims.ts';

/** Passes over the rows of the pair matrix that report progress: four channels, competition, ranking. */
const PASSES = 6;

export interface RankedCrosswalk {
  readonly sources: readonly RankedSource[];
  readonly threshold: number;
}

/**
 * Scores all pairs of a crosswalk. Yields about every 10 ms of work, so that a host without a second thread can let
 * its events in and stop. Units are compared by words and headings alone: ids, printed numbers and order are not read.
 */
export function* scoreCrosswalk(input: ScoringInput, context: ComputeContext): Generator<void, CrosswalkScores> {
  const { sources, threshold } = yield* rankCrosswalk(input, context);
  const claims = claimCounts(sources, threshold, RECIPE);
  return {
    threshold,
    sources: sources.map((source, i) => ({
      candidates: source.candidates.map((candidate, rank) => ({
        target: candidate.target,
        score: candidate.score,
        probability: pairProbability(source, rank),
        overlap: candidate.cosine,
        claimed: rank < (claims[i] as number),
      })),
      counterpartScore: source.detector,
      counterpartProbability: counterpartProbability(source),
    })),
  };
}

/** The candidates with everything their probability is computed from. */
export function* rankCrosswalk(input: ScoringInput, context: ComputeContext): Generator<void, RankedCrosswalk> {
  if (input.source.length === 0 || input.target.length === 0) {
    const sources = input.source.map(() => ({ candidates: [], detector: NO_TARGETS, usualCosine: 0 }));
    return { sources, threshold: RECIPE.thresholdHighest };
  }
  const pace = new Pace(input.source.length * PASSES, (done, total) => context.progress(done, total));
  const raw = yield* rawScores(input, RECIPE, pace);
  const threshold = claimThreshold(raw.matched, RECIPE);
  const sources = yield* rankCandidates(raw, RECIPE, pace);
  context.progress(pace.total, pace.total);
  return { sources, threshold };
}

/** Detector value where there is nothing to match: below every value a pair of documents gives. */
const NO_TARGETS = -100;
