/** A dense matrix by rows: entry (i, j) is `values[i * columns + j]`. */
export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  readonly values: Float32Array<ArrayBuffer>;
}

export function zeroMatrix(rows: number, columns: number): Matrix {
  return { rows, columns, values: new Float32Array(rows * columns) };
}

/** Mean and standard deviation over all entries; a deviation of 0 is given as 1, so that dividing by it is safe. */
export function spread(matrix: Matrix): { readonly mean: number; readonly deviation: number } {
  const { values } = matrix;
  const count = Math.max(1, values.length);
  let sum = 0;
  for (let k = 0; k < values.length; k++) sum += values[k] as number;
  const mean = sum / count;
  let squares = 0;
  for (let k = 0; k < values.length; k++) {
    const off = (values[k] as number) - mean;
    squares += off * off;
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
