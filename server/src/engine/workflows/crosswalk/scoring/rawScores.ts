import type { ScoringInput } from '../scoringTypes.ts';
import { addStandardised, pathChannel, wordChannels } from './channels.ts';
import { compete } from './competition.ts';
import { columnMaxima, rowMaxima, type Matrix } from './matrix.ts';
import type { Recipe } from './recipe.ts';
import { sectionAffinity, sectionsOf } from './sectionAffinity.ts';
import type { Slices } from './slices.ts';

export interface RawScores {
  /** W: cosine of stemmed words and pairs of them. */
  readonly cosine: Matrix;
  /** B: words alone. */
  readonly base: Matrix;
  /** M: words and place. */
  readonly matched: Matrix;
  /** S: M after competition. */
  readonly competed: Matrix;
  /** Detector d, one per source. */
  readonly detector: Float32Array;
}

/** All pairs of a crosswalk, scored. */
export function* rawScores(input: ScoringInput, recipe: Recipe, slices: Slices): Generator<void, RawScores> {
  const { source, target } = input;
  const { base, cosine } = yield* wordChannels(source, target, recipe, slices);
  const matched = copyOf(base);
  yield;
  const path = yield* pathChannel(source, target, slices);
  if (path !== null) {
    addStandardised(matched, path, recipe.pathWeight);
    yield* addAffinity(matched, input, recipe, slices);
  }
  const sourceShare = recipe.sourceShare;
  const competed = yield* compete(matched, recipe.competitionZero, recipe.competitionTemperature, sourceShare, slices);
  return { cosine, base, matched, competed, detector: detector(base, recipe.detectorTargetWeight) };
}

function* addAffinity(matched: Matrix, input: ScoringInput, recipe: Recipe, slices: Slices): Generator<void, void> {
  const source = sectionsOf(input.source.map((unit) => unit.path));
  const target = sectionsOf(input.target.map((unit) => unit.path));
  const start = copyOf(matched);
  for (let round = 0; round < recipe.affinityRounds; round++) {
    const affinity = yield* sectionAffinity(matched, source, target, recipe.affinityTemperature, recipe.affinityPrior, slices);
    for (let i = 0; i < matched.rows; i++) {
      for (let j = 0; j < matched.columns; j++) {
        const at = i * matched.columns + j;
        const bonus = affinity.values[i * target.count + (target.of[j] as number)] as number;
        matched.values[at] = (start.values[at] as number) + recipe.affinityWeight * bonus;
      }
      if (slices.due(matched.columns * 3)) yield;
    }
  }
}

function copyOf(matrix: Matrix): Matrix {
  return { ...matrix, values: matrix.values.slice() };
}

/** d(i): the best B of the source, less what the target is worth to its own best source. */
function detector(base: Matrix, targetWeight: number): Float32Array {
  const best = columnMaxima(base);
  const less = { ...base, values: base.values.slice() };
  for (let k = 0; k < less.values.length; k++) {
    less.values[k] = (less.values[k] as number) - targetWeight * (best[k % base.columns] as number);
  }
  return rowMaxima(less);
}
