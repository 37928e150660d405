/** Pages are about equally long: so many of the distances are within so much of the usual one. */
const REGULAR = { share: 0.7, within: 0.3 };

/** True where line numbers stand at about equal distances. */
export function hasRegularGaps(rows: readonly number[]): boolean {
  const gaps = rows.slice(1).map((row, k) => row - (rows[k] ?? 0));
  const usual = gaps.toSorted((a, b) => a - b)[gaps.length >> 1];
  if (usual === undefined) return false;
  return gaps.filter((gap) => Math.abs(gap - usual) <= usual * REGULAR.within).length >= gaps.length * REGULAR.share;
}
