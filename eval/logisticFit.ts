import { logistic } from '../server/src/engine/workflows/crosswalk/scoring/confidence.ts';
import type { Logistic } from '../server/src/engine/workflows/crosswalk/scoring/logistic.ts';

export interface Example {
  readonly features: readonly number[];
  readonly right: boolean;
  readonly weight: number;
}

/** Strength of the pull of every (standardised) weight towards 0, as a share of the total weight of the examples. */
const RIDGE = 0.002;
const ITERATIONS = 40;

/** Weighted logistic regression by Newton's method, features standardised while it runs. */
export function fitLogistic(examples: readonly Example[]): Logistic {
  const width = examples[0]?.features.length ?? 0;
  const total = examples.reduce((sum, example) => sum + example.weight, 0);
  const mean = column(width, (k) => examples.reduce((sum, e) => sum + e.weight * (e.features[k] as number), 0) / total);
  const deviation = column(width, (k) => {
    const squares = examples.reduce((sum, e) => sum + e.weight * ((e.features[k] as number) - (mean[k] as number)) ** 2, 0);
    return Math.sqrt(squares / total) || 1;
  });
  const rows = examples.map((e) => [1, ...e.features.map((x, k) => (x - (mean[k] as number)) / (deviation[k] as number))]);
  let beta = new Array<number>(width + 1).fill(0);
  for (let iteration = 0; iteration < ITERATIONS; iteration++) {
    const gradient = beta.map((b, k) => (k === 0 ? 0 : -RIDGE * total * b));
    const hessian = beta.map((_, k) => beta.map((__, l) => (k === l && k > 0 ? RIDGE * total : 0)));
    rows.forEach((row, n) => {
      const example = examples[n] as Example;
      const p = 1 / (1 + Math.exp(-row.reduce((sum, x, k) => sum + x * (beta[k] as number), 0)));
      row.forEach((x, k) => {
        gradient[k] = (gradient[k] as number) + example.weight * ((example.right ? 1 : 0) - p) * x;
        row.forEach((y, l) => {
          (hessian[k] as number[])[l] = ((hessian[k] as number[])[l] as number) + example.weight * p * (1 - p) * x * y;
        });
      });
    });
    const step = solve(hessian, gradient);
    beta = beta.map((b, k) => b + (step[k] as number));
  }
  const weights = column(width, (k) => (beta[k + 1] as number) / (deviation[k] as number));
  return { constant: (beta[0] as number) - weights.reduce((sum, w, k) => sum + w * (mean[k] as number), 0), weights };
}

export function probability(model: Logistic, example: Example): number {
  return logistic(model, example.features);
}

function column(width: number, value: (k: number) => number): number[] {
  return Array.from({ length: width }, (_, k) => value(k));
}

/** Gaussian elimination with partial pivoting. */
function solve(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const a = matrix.map((row, k) => [...row, right[k] as number]);
  const n = right.length;
  for (let k = 0; k < n; k++) {
    let pivot = k;
    for (let r = k + 1; r < n; r++) if (Math.abs(a[r]?.[k] as number) > Math.abs(a[pivot]?.[k] as number)) pivot = r;
    [a[k], a[pivot]] = [a[pivot] as number[], a[k] as number[]];
    const head = a[k] as number[];
    for (let r = 0; r < n; r++) {
      if (r === k) continue;
      const factor = ((a[r] as number[])[k] as number) / (head[k] as number);
      for (let c = k; c <= n; c++) (a[r] as number[])[c] = ((a[r] as number[])[c] as number) - factor * (head[c] as number);
    }
  }
  return a.map((row, k) => (row[n] as number) / (row[k] as number));
}
