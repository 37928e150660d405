/** How numbers lie. */

/** Quantile of a list, in [0, 1], by linear interpolation. */
export function quantile(values: readonly number[], at: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const place = at * (sorted.length - 1);
  const low = sorted[Math.floor(place)] ?? 0;
  return low + ((sorted[Math.ceil(place)] ?? low) - low) * (place - Math.floor(place));
}

/** Standard deviation of the natural logarithms; what is less than one counts as one. */
export function logarithmicSpread(values: readonly number[]): number {
  const logarithms = values.map((value) => Math.log(Math.max(1, value)));
  const mean = logarithms.reduce((sum, one) => sum + one, 0) / logarithms.length;
  return Math.sqrt(logarithms.reduce((sum, one) => sum + (one - mean) ** 2, 0) / logarithms.length);
}
