import { COUNTERPART_COEFFICIENTS, PAIR_COEFFICIENTS } from './confidenceCoefficients.ts';
import type { Logistic } from './logistic.ts';
import type { RankedSource } from './rankedCandidates.ts';

/** Names of the features of a pair, in the order of `pairFeatures`. */
export const PAIR_FEATURES = ['S', 'ahead', 'logCosine', 'relative', 'lead'] as const;

/** What the probability of the candidate at `rank` (from 0) of a source is computed from. */
export function pairFeatures(source: RankedSource, rank: number): readonly number[] {
  const own = source.candidates[rank];
  if (own === undefined) throw new RangeError(`No candidate at rank ${rank}.`);
  const ahead = rank === 0 ? own.competed - (source.candidates[1]?.competed ?? own.competed - MAX_GAP) : 0;
  return [
    Math.max(own.competed, -MAX_GAP),
    Math.min(Math.max(0, ahead), MAX_GAP),
    Math.log(own.cosine + SMALL_COSINE),
    relative(own.cosine, source),
    clamp(own.lead),
  ];
}

export const COUNTERPART_FEATURES = ['detector', 'S', 'cosine', 'M', 'relative'] as const;

/** What the probability that a source has a counterpart at all is computed from. */
export function counterpartFeatures(source: RankedSource): readonly number[] {
  const best = source.candidates[0];
  if (best === undefined) return [-MAX_SCORE, -MAX_GAP, 0, -MAX_SCORE, relative(0, source)];
  const cosine = source.candidates.reduce((most, candidate) => Math.max(most, candidate.cosine), 0);
  return [clamp(source.detector), Math.max(best.competed, -MAX_GAP), cosine, clamp(best.matched), relative(cosine, source)];
}

export function pairProbability(source: RankedSource, rank: number): number {
  return logistic(PAIR_COEFFICIENTS, pairFeatures(source, rank));
}

export function counterpartProbability(source: RankedSource): number {
  if (source.candidates.length === 0) return 0;
  return logistic(COUNTERPART_COEFFICIENTS, counterpartFeatures(source));
}

export function logistic(model: Logistic, features: readonly number[]): number {
  let sum = model.constant;
  for (let k = 0; k < features.length; k++) sum += (model.weights[k] ?? 0) * (features[k] as number);
  return 1 / (1 + Math.exp(-sum));
}

/**
 * A cosine against what is usual between the two documents: sharing few words means little between documents that
 * share few everywhere, and much between two versions of one text.
 */
function relative(cosine: number, source: RankedSource): number {
  return Math.log((cosine + SMALL_COSINE) / (source.usualCosine + SMALL_COSINE));
}

const SMALL_COSINE = 0.03;

/** Beyond these the public sets say nothing; larger values count as the edge. */
const MAX_GAP = 8;
const MAX_SCORE = 12;

function clamp(score: number): number {
  return Math.min(MAX_SCORE, Math.max(-MAX_SCORE, score));
}
