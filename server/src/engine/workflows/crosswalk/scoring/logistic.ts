/** Weights of a logistic model, in the order of its features, with its constant. */
export interface Logistic {
  readonly constant: number;
  readonly weights: readonly number[];
}
