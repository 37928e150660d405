import type { CollateDocument } from '../server/src/engine/documents/document.ts';
import type { CrosswalkResult } from './runCrosswalk.ts';
import type { LoadedSet } from './publicSets.ts';

export interface Accepted {
  readonly confidence: number;
  readonly right: boolean;
  readonly kind: 'claim' | 'missing';
}

/** Everything a run claimed or found missing, with whether the gold agrees. */
export function accepted(result: CrosswalkResult, { gold }: LoadedSet, target: CollateDocument): { readonly all: readonly Accepted[]; readonly sources: number; readonly relations: ReadonlyMap<string, number> } {
  const all: Accepted[] = [];
  const relations = new Map<string, number>();
  const place = new Map(target.units.map((unit, j) => [unit.key, j]));
  result.matches.forEach((match, i) => {
    const own = gold[i] ?? new Set<number>();
    const name = match.relation ?? `${match.outcome}: ${match.reason}`;
    relations.set(name, (relations.get(name) ?? 0) + 1);
    if (match.confidence === null) return;
    if (match.relation === 'missing') all.push({ confidence: match.confidence, right: own.size === 0, kind: 'missing' });
    else all.push({ confidence: match.confidence, right: match.targets.some(({ targetId }) => own.has(place.get(targetId) ?? -1)), kind: 'claim' });
  });
  return { all, sources: result.matches.length, relations };
}

export function confidenceLine({ all, sources, relations }: ReturnType<typeof accepted>): readonly string[] {
  const lines = [0.7, 0.9].map((least) => {
    const claims = all.filter((each) => each.kind === 'claim' && each.confidence >= least);
    const right = claims.filter((each) => each.right).length;
    return `claimed at p >= ${least.toFixed(2)}: ${share(right, claims.length)} right, coverage ${share(claims.length, sources)}`;
  });
  const missing = all.filter((each) => each.kind === 'missing');
  if (missing.length > 0) lines.push(`missing: ${share(missing.filter((each) => each.right).length, missing.length)} right`);
  lines.push([...relations].sort((a, b) => b[1] - a[1]).map(([name, count]) => `${count} ${name}`).join(' | '));
  return lines;
}

function share(part: number, whole: number): string {
  return whole === 0 ? 'none' : `${((100 * part) / whole).toFixed(0)} % (${part} of ${whole})`;
}
