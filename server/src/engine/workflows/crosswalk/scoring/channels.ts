import type { ScoringUnit } from '../scoringTypes.ts';
import { headingWords } from './headings.ts';
import { addStandardised, type Matrix } from './matrix.ts';
import type { Recipe } from './recipe.ts';
import { opening } from './opening.ts';
import { bm25, bm25Reversed, sharedWords, tfIdfCosine } from './similarity.ts';
import type { Pace } from './pace.ts';
import type { TermCounts } from './termCounts.ts';
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
  pace: Pace,
): Generator<void, Channels> {
  const vocabulary = new Vocabulary();
  const sourceWords = yield* read(source, vocabulary, pace);
  const targetWords = yield* read(target, vocabulary, pace);
  const cosine = yield* compared(vocabulary.phrases(sourceWords, pace), vocabulary.phrases(targetWords, pace), tfIdfCosine, pace);
  const base = yield* compared(vocabulary.runs(sourceWords, pace), vocabulary.runs(targetWords, pace), tfIdfCosine, pace);
  yield* addStandardised(base, base, recipe.runWeight, pace);
  yield* addStandardised(base, cosine, recipe.phraseWeight, pace);
  const sourceStems = yield* vocabulary.stems(sourceWords, pace);
  const targetStems = (yield* vocabulary.stems(targetWords, pace))();
  for (const channel of [bm25, bm25Reversed]) {
    yield* addStandardised(base, yield* channel(sourceStems(), targetStems, pace), recipe.bm25Weight, pace);
  }
  const { covered, common } = yield* sharedWords(sourceStems(), targetStems, pace);
  yield* addStandardised(base, covered, recipe.coveredWeight, pace);
  yield* addStandardised(base, common, recipe.commonWeight, pace);
  const sourceOpenings = yield* read(source.map(opening), vocabulary, pace);
  const targetOpenings = yield* read(target.map(opening), vocabulary, pace);
  const openings = yield* compared(vocabulary.phrases(sourceOpenings, pace), vocabulary.phrases(targetOpenings, pace), tfIdfCosine, pace);
  yield* addStandardised(base, openings, recipe.openingWeight, pace);
  yield* addStandardised(base, base, 1, pace);
  return { base, cosine };
}

/** Counts the terms of both documents, then compares them: the counts are let go as soon as they are used. */
function* compared(
  source: Generator<void, () => TermCounts>,
  target: Generator<void, () => TermCounts>,
  compare: (source: TermCounts, target: TermCounts, pace: Pace) => Generator<void, Matrix>,
  pace: Pace,
): Generator<void, Matrix> {
  const sourceCounts = yield* source;
  const targetCounts = yield* target;
  return yield* compare(sourceCounts(), targetCounts(), pace);
}

/** Cosine of the words of the headings above; null where one of the documents has none. */
export function* pathChannel(
  source: readonly ScoringUnit[],
  target: readonly ScoringUnit[],
  pace: Pace,
): Generator<void, Matrix | null> {
  if (!hasPaths(source) || !hasPaths(target)) return null;
  const vocabulary = new Vocabulary();
  const sourceWords = source.map((unit) => vocabulary.read(unit.path.map(headingWords).join('\n')));
  const targetWords = target.map((unit) => vocabulary.read(unit.path.map(headingWords).join('\n')));
  return yield* compared(vocabulary.stems(sourceWords, pace), vocabulary.stems(targetWords, pace), tfIdfCosine, pace);
}

function hasPaths(units: readonly ScoringUnit[]): boolean {
  return units.some((unit) => unit.path.length > 0);
}

function* read(units: readonly Pick<ScoringUnit, 'title' | 'text'>[], vocabulary: Vocabulary, pace: Pace): Generator<void, Int32Array[]> {
  const rows: Int32Array[] = [];
  for (const unit of units) {
    rows.push(vocabulary.read(unit.title === '' ? unit.text : `${unit.title}\n${unit.text}`));
    if (pace.due((unit.title.length + unit.text.length) * OPERATIONS_PER_CHARACTER)) yield;
  }
  return rows;
}

/** Reading a character costs about as much as this many simple operations. */
const OPERATIONS_PER_CHARACTER = 150;
