import type { ScoringUnit } from '../scoringTypes.ts';
import { headingWords } from './headings.ts';
import { spread, type Matrix } from './matrix.ts';
import type { Recipe } from './recipe.ts';
import { bm25, bm25Reversed, tfIdfCosine } from './similarity.ts';
import type { Slices } from './slices.ts';
import { Vocabulary } from './vocabulary.ts';

export interface Channels {
  /** B: the weighted sum of the standardised word channels. */
  readonly base: Matrix;
  /** W: cosine of stemmed words and pairs of them, in [0, 1]. */
  readonly cosine: Matrix;
}

/** Compares the words of all pairs. */
export function* wordChannels(
  source: readonly ScoringUnit[],
  target: readonly ScoringUnit[],
  recipe: Recipe,
  slices: Slices,
): Generator<void, Channels> {
  const vocabulary = new Vocabulary();
  const sourceWords = yield* read(source, vocabulary, slices);
  const targetWords = yield* read(target, vocabulary, slices);
  const sourcePhrases = vocabulary.phrases(sourceWords);
  const targetPhrases = vocabulary.phrases(targetWords);
  const cosine = yield* tfIdfCosine(sourcePhrases(), targetPhrases(), slices);
  yield;
  const sourceRuns = vocabulary.runs(sourceWords);
  const targetRuns = vocabulary.runs(targetWords);
  const base = yield* tfIdfCosine(sourceRuns(), targetRuns(), slices);
  yield;
  scaleStandardised(base, recipe.runWeight);
  addStandardised(base, cosine, recipe.phraseWeight);
  yield;
  const sourceStems = vocabulary.stems(sourceWords);
  const targetStems = vocabulary.stems(targetWords);
  addStandardised(base, yield* bm25(sourceStems(), targetStems(), slices), recipe.bm25Weight);
  yield;
  addStandardised(base, yield* bm25Reversed(sourceStems(), targetStems(), slices), recipe.bm25Weight);
  scaleStandardised(base, 1);
  return { base, cosine };
}

/** Cosine of the words of the headings above; null where one of the documents has none. */
export function* pathChannel(
  source: readonly ScoringUnit[],
  target: readonly ScoringUnit[],
  slices: Slices,
): Generator<void, Matrix | null> {
  if (!hasPaths(source) || !hasPaths(target)) return null;
  const vocabulary = new Vocabulary();
  const sourceWords = source.map((unit) => vocabulary.read(unit.path.map(headingWords).join('\n')));
  const targetWords = target.map((unit) => vocabulary.read(unit.path.map(headingWords).join('\n')));
  const sourceStems = vocabulary.stems(sourceWords);
  const targetStems = vocabulary.stems(targetWords);
  return yield* tfIdfCosine(sourceStems(), targetStems(), slices);
}

function hasPaths(units: readonly ScoringUnit[]): boolean {
  return units.some((unit) => unit.path.length > 0);
}

function* read(units: readonly ScoringUnit[], vocabulary: Vocabulary, slices: Slices): Generator<void, Int32Array[]> {
  const rows: Int32Array[] = [];
  for (const unit of units) {
    rows.push(vocabulary.read(unit.title === '' ? unit.text : `${unit.title}\n${unit.text}`));
    if (slices.due((unit.title.length + unit.text.length) * OPERATIONS_PER_CHARACTER)) yield;
  }
  return rows;
}

/** Reading a character costs about as much as this many simple operations. */
const OPERATIONS_PER_CHARACTER = 40;

function scaleStandardised(matrix: Matrix, weight: number): void {
  const { mean, deviation } = spread(matrix);
  const factor = weight / deviation;
  for (let k = 0; k < matrix.values.length; k++) matrix.values[k] = ((matrix.values[k] as number) - mean) * factor;
}

/** Adds the standardised values of `addend` to `sum`. */
export function addStandardised(sum: Matrix, addend: Matrix, weight: number): void {
  const { mean, deviation } = spread(addend);
  const factor = weight / deviation;
  for (let k = 0; k < sum.values.length; k++) {
    sum.values[k] = (sum.values[k] as number) + ((addend.values[k] as number) - mean) * factor;
  }
}
