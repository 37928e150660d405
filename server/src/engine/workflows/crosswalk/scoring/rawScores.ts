import type { ScoringInput } from '../scoringTypes.ts';
import { pathChannel, wordChannels } from './channels.ts';
import { compete } from './competition.ts';
import { addStandardised, columnMaxima, type Matrix } from './matrix.ts';
import type { Recipe } from './recipe.ts';
import { sectionAffinity, sectionsOf } from './sectionAffinity.ts';
import { lowerUnlikeTypes } from './typePenalty.ts';
import type { Pace } from './pace.ts';

export interface RawScores {
  /** W: cosine of stemmed words and pairs of them. */
  readonly cosine: Matrix;
  /** B: words alone. */
  readonly base: Matrix;
  /** M: words, place and type. */
  readonly matched: Matrix;
  /** S: M after competition. */
  readonly competed: Matrix;
  /** Detector d, one per source. */
  readonly detector: Float32Array;
}

/** All pairs of a crosswalk, scored. */
export function* rawScores(input: ScoringInput, recipe: Recipe, pace: Pace): Generator<void, RawScores> {
  const { source, target } = input;
  const { base, cosine } = yield* wordChannels(source, target, recipe, pace);
  const matched = copyOf(base);
  yield;
  const path = yield* pathChannel(source, target, pace);
  if (path !== null) {
    yield* addStandardised(matched, path, recipe.pathWeight, pace);
    yield* addAffinity(matched, input, recipe, pace);
  }
  yield* lowerUnlikeTypes(matched, input, recipe, pace);
  const competed = yield* compete(matched, recipe, pace);
  return { cosine, base, matched, competed, detector: detector(base, recipe.detectorTargetWeight) };
}

function* addAffinity(matched: Matrix, input: ScoringInput, recipe: Recipe, pace: Pace): Generator<void, void> {
  const source = sectionsOf(input.source.map((unit) => unit.path));
  const target = sectionsOf(input.target.map((unit) => unit.path));
  const start = copyOf(matched);
  for (let round = 0; round < recipe.affinityRounds; round++) {
    const affinity = yield* sectionAffinity(matched, source, target, recipe.affinityTemperature, recipe.affinityPrior, pace);
    for (let i = 0; i < matched.rows; i++) {
      for (let j = 0; j < matched.columns; j++) {
        const at = i * matched.columns + j;
        const bonus = affinity.values[i * target.count + (target.of[j] as number)] as number;
        matched.values[at] = (start.values[at] as number) + recipe.affinityWeight * bonus;
      }
      if (pace.due(matched.columns * 3)) yield;
    }
  }
}

function copyOf(matrix: Matrix): Matrix {
  return { ...matrix, values: matrix.values.slice() };
}

/** d(i): the best B of the source, less what the target is worth to its own best source. */
function detector(base: Matrix, targetWeight: number): Float32Array {
  const best = columnMaxima(base);
  const detected = new Float32Array(base.rows).fill(-Infinity);
  for (let i = 0; i < base.rows; i++) {
    for (let j = 0; j < base.columns; j++) {
      const value = (base.values[i * base.columns + j] as number) - targetWeight * (best[j] as number);
      if (value > (detected[i] as number)) detected[i] = value;
    }
  }
  return detected;
}
