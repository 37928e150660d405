import type { Unit } from '../../../../../shared/model.ts';

/** Share of units that stand word for word in both, in [0, 1]: how surely two files are versions of one document. */
export function sharedContent(before: readonly Unit[], after: readonly Unit[]): number {
  const counts = new Map<string, number>();
  for (const { contentHash } of before) counts.set(contentHash, (counts.get(contentHash) ?? 0) + 1);
  let common = 0;
  for (const { contentHash } of after) {
    const left = counts.get(contentHash) ?? 0;
    if (left === 0) continue;
    counts.set(contentHash, left - 1);
    common += 1;
  }
  return before.length + after.length === 0 ? 0 : (2 * common) / (before.length + after.length);
}
