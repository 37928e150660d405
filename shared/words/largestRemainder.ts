/**
 * Shares of a whole in tenths of a percent that add up to exactly 100.0 (largest remainder; the earlier part wins a tie).
 * All zero where the whole is zero.
 */
export function percentShares(parts: readonly number[]): readonly number[] {
  const total = parts.reduce((sum, part) => sum + part, 0);
  if (total <= 0) return parts.map(() => 0);
  const exact = parts.map((part) => (part / total) * 1000);
  const shares = exact.map(Math.floor);
  const left = 1000 - shares.reduce((sum, share) => sum + share, 0);
  const byRemainder = exact
    .map((value, at) => ({ at, remainder: value - Math.floor(value) }))
    .sort((a, b) => b.remainder - a.remainder || a.at - b.at);
  for (const { at } of byRemainder.slice(0, left)) shares[at] = (shares[at] ?? 0) + 1;
  return shares.map((share) => share / 10);
}
