import type { ModelUsage } from './modelPort.ts';

export const NO_USAGE: ModelUsage = { tokensIn: 0, tokensOut: 0, tokensCached: 0, estimated: false };

/** The sum; estimated where any part of it is. */
export function addUsage(a: ModelUsage, b: ModelUsage | undefined): ModelUsage {
  if (b === undefined) return a;
  return {
    tokensIn: a.tokensIn + b.tokensIn,
    tokensOut: a.tokensOut + b.tokensOut,
    tokensCached: a.tokensCached + b.tokensCached,
    estimated: a.estimated || b.estimated,
  };
}

/** One call's usage on the items it was for, by their weights; the shares add up to it exactly. */
export function apportionUsage(usage: ModelUsage, weights: readonly number[]): readonly ModelUsage[] {
  const tokensIn = apportion(usage.tokensIn, weights);
  const tokensOut = apportion(usage.tokensOut, weights);
  const tokensCached = apportion(usage.tokensCached, weights);
  return weights.map((_, at) => ({
    tokensIn: tokensIn[at] ?? 0,
    tokensOut: tokensOut[at] ?? 0,
    tokensCached: tokensCached[at] ?? 0,
    estimated: usage.estimated,
  }));
}

/** Whole parts of `total` by largest remainder; the earlier part wins a tie. Equal parts where no weight is above zero. */
function apportion(total: number, weights: readonly number[]): readonly number[] {
  const sum = weights.reduce((all, weight) => all + weight, 0);
  const exact = weights.map((weight) => (sum > 0 ? (total * weight) / sum : total / weights.length));
  const parts = exact.map(Math.floor);
  const left = total - parts.reduce((all, part) => all + part, 0);
  const byRemainder = exact.map((value, at) => ({ at, remainder: value - Math.floor(value) })).sort((a, b) => b.remainder - a.remainder || a.at - b.at);
  for (let k = 0; k < left; k++) {
    const at = byRemainder[k % byRemainder.length]?.at ?? 0;
    parts[at] = (parts[at] ?? 0) + 1;
  }
  return parts;
}
