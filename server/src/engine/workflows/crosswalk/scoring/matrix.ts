import type { Pace } from './pace.ts';

/** A dense matrix by rows: entry (i, j) is `values[i * columns + j]`. */
export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  readonly values: Float32Array<ArrayBuffer>;
}

export function zeroMatrix(rows: number, columns: number): Matrix {
  return { rows, columns, values: new Float32Array(rows * columns) };
}

/**
 * Turns the entries into (entry - mean) / deviation x weight, mean and standard deviation over all entries, and adds
 * them to `sum` (which may be the matrix itself: then they replace its entries). A constant matrix gives zeros.
 */
export function* addStandardised(sum: Matrix, matrix: Matrix, weight: number, pace: Pace): Generator<void, void> {
  const { mean, deviation } = yield* spread(matrix, pace);
  const factor = weight / deviation;
  const { rows, columns, values } = matrix;
  const keep = sum === matrix ? 0 : 1;
  for (let i = 0; i < rows; i++) {
    for (let k = i * columns; k < (i + 1) * columns; k++) {
      sum.values[k] = keep * (sum.values[k] as number) + ((values[k] as number) - mean) * factor;
    }
    if (pace.due(columns * 2)) yield;
  }
}

function* spread(matrix: Matrix, pace: Pace): Generator<void, { readonly mean: number; readonly deviation: number }> {
  const { rows, columns, values } = matrix;
  const count = Math.max(1, values.length);
  let sum = 0;
  for (let i = 0; i < rows; i++) {
    for (let k = i * columns; k < (i + 1) * columns; k++) sum += values[k] as number;
    if (pace.due(columns)) yield;
  }
  const mean = sum / count;
  let squares = 0;
  for (let i = 0; i < rows; i++) {
    for (let k = i * columns; k < (i + 1) * columns; k++) {
      const off = (values[k] as number) - mean;
      squares += off * off;
    }
    if (pace.due(columns)) yield;
  }
  const deviation = Math.sqrt(squares / count);
  return { mean, deviation: deviation > MIN_DEVIATION ? deviation : 1 };
}

/** Below this a matrix is constant but for rounding. */
const MIN_DEVIATION = 1e-9;

/** Largest entry of each row; -Infinity for a row without columns. */
export function rowMaxima(matrix: Matrix): Float32Array<ArrayBuffer> {
  const maxima = new Float32Array(matrix.rows).fill(-Infinity);
  for (let i = 0; i < matrix.rows; i++) {
    const start = i * matrix.columns;
    let best = -Infinity;
    for (let k = start; k < start + matrix.columns; k++) {
      const value = matrix.values[k] as number;
      if (value > best) best = value;
    }
    maxima[i] = best;
  }
  return maxima;
}

/** Largest entry of each column; -Infinity for a column without rows. */
export function columnMaxima(matrix: Matrix): Float32Array<ArrayBuffer> {
  const maxima = new Float32Array(matrix.columns).fill(-Infinity);
  for (let i = 0; i < matrix.rows; i++) {
    const start = i * matrix.columns;
    for (let j = 0; j < matrix.columns; j++) {
      const value = matrix.values[start + j] as number;
      if (value > (maxima[j] as number)) maxima[j] = value;
    }
  }
  return maxima;
}

/** Middle value, the mean of the two middle ones for an even number; 0 for none. */
export function median(values: Float32Array): number {
  const sorted = values.slice().sort();
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? upper)) / 2;
}
