import { columnMaxima, median, rowMaxima, zeroMatrix, type Matrix } from './matrix.ts';
import type { Pace } from './pace.ts';
import type { Recipe } from './recipe.ts';

/**
 * Lets candidates compete for sources and targets at once. Each pair's strength is weighed against its row (what else
 * the source could mean) and its column (who else wants the target), each with the standing option "no counterpart"
 * of strength 1. Nothing is assigned: several sources may keep the same target. Natural logarithms, at most 0.
 */
export function* compete(scores: Matrix, recipe: Recipe, pace: Pace): Generator<void, Matrix> {
  const { rows, columns, values } = scores;
  const { competitionZero: zero, competitionKnee: knee, sourceShare } = recipe;
  const temperature = temperatureFor(scores, recipe);
  const strength = (score: number): number => ((score > knee ? knee * (1 + Math.log(score / knee)) : score) - zero) / temperature;
  // Shifted by the maximum of row or column (never below the option's own 0), so that no exponent overflows.
  const rowTop = rowMaxima(scores).map((best) => Math.max(0, strength(best)));
  const columnTop = columnMaxima(scores).map((best) => Math.max(0, strength(best)));
  const rowSum = Float64Array.from(rowTop, (top) => Math.exp(-top));
  const columnSum = Float64Array.from(columnTop, (top) => Math.exp(-top));
  for (let i = 0; i < rows; i++) {
    const top = rowTop[i] as number;
    let sum = rowSum[i] as number;
    for (let j = 0; j < columns; j++) {
      const s = strength(values[i * columns + j] as number);
      const inRow = s - top;
      if (inRow > NEGLIGIBLE) sum += Math.exp(inRow);
      const inColumn = s - (columnTop[j] as number);
      if (inColumn > NEGLIGIBLE) columnSum[j] = (columnSum[j] as number) + Math.exp(inColumn);
    }
    rowSum[i] = sum;
    pace.advance(1);
    if (pace.due(columns * 8)) yield;
  }
  const rowLog = Float64Array.from(rowSum, (sum, i) => Math.log(sum) + (rowTop[i] as number));
  const columnLog = Float64Array.from(columnSum, (sum, j) => Math.log(sum) + (columnTop[j] as number));
  const result = zeroMatrix(rows, columns);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      const s = strength(values[i * columns + j] as number);
      result.values[i * columns + j] =
        sourceShare * (s - (rowLog[i] as number)) + (1 - sourceShare) * (s - (columnLog[j] as number));
    }
    if (pace.due(columns * 2)) yield;
  }
  return result;
}

/** exp of less than this does not change a sum of 1 or more in double precision. */
const NEGLIGIBLE = -37;

/**
 * The more alike two documents are, the further apart the scores of their pairs, and the more a fixed temperature would
 * take a small lead for a clear one.
 */
function temperatureFor(scores: Matrix, { competitionTemperature, temperatureGrowth, usualBest }: Recipe): number {
  const excess = Math.max(0, median(rowMaxima(scores)) / usualBest - 1);
  return competitionTemperature * (1 + temperatureGrowth * excess);
}
