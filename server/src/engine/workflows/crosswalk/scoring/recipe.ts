/**
 * The numbers of the scoring recipe. Chosen on public crosswalks of restated security standards and requirement sets
 * (sources named in confidenceCoefficients.ts); each was checked on sets it was not chosen on.
 */
export const RECIPE = {
  /** Weights of the standardised channels in B: stemmed phrases, character runs, BM25 in each direction. */
  phraseWeight: 1,
  runWeight: 1,
  bm25Weight: 0.75,
  /** Also in B: the share of the source's rare words the target holds, the share of both together, and first sentences. */
  coveredWeight: 0.5,
  commonWeight: 0.5,
  openingWeight: 0.25,
  /** Weight of the standardised cosine of the headings above. */
  pathWeight: 0.35,
  /** Section affinity: weight of the log share over chance, softmax temperature, pseudo-count, rounds. */
  affinityWeight: 0.4,
  affinityTemperature: 1,
  affinityPrior: 1,
  affinityRounds: 1,
  /** What M loses where the provision types may not answer each other: less than a clear lead, more than chance. */
  unlikeTypes: 0.5,
  /** Competition: M at which a pair is as good as "no counterpart", temperature, share of the source's own view. */
  competitionZero: 2.25,
  competitionTemperature: 0.8,
  sourceShare: 0.6,
  /** M above which a pair counts by its logarithm: between near copies the best would leave nothing to the second. */
  competitionKnee: 5,
  /** Where the median of the best M is above `usualBest`, the temperature grows by this part of the excess. */
  usualBest: 5,
  temperatureGrowth: 0.25,
  /** Label-free threshold on S: clamp(base + slope x median of the best M, lowest, highest). */
  thresholdBase: -4.2,
  thresholdSlope: 0.32,
  thresholdLowest: -3.5,
  thresholdHighest: -1,
  /** How many of a source's best may be claimed. */
  claims: 3,
  candidates: 20,
  /** Detector d from which a source claims its best although another took it. Between 1.5 and 3 the change types do not move much. */
  sharedClaimDetector: 2,
  /** Local scaling of a target: mean of its best M values, and the part of it taken off. */
  localScalingNeighbours: 5,
  localScalingWeight: 0.25,
  /** Detector d: part of the target's best B taken off. */
  detectorTargetWeight: 0.3,
};
export type Recipe = typeof RECIPE;
