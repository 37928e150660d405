import type { Unit } from '../../../../../shared/model.ts';

type Places = ReadonlyMap<string, readonly number[]>;

function placesByHash(units: readonly Unit[]): Places {
  const places = new Map<string, number[]>();
  units.forEach(({ contentHash }, at) => {
    const known = places.get(contentHash);
    if (known === undefined) places.set(contentHash, [at]);
    else known.push(at);
  });
  return places;
}

/**
 * Units with equal words, older place -> newer place. Words that stand once in each version come first; repeated ones go
 * with their neighbours, then by equal key, then in order. Linear in the units.
 */
export function equalUnits(before: readonly Unit[], after: readonly Unit[]): ReadonlyMap<number, number> {
  const here = placesByHash(before);
  const there = placesByHash(after);
  const pairs = new Map<number, number>();
  const taken = new Set<number>();
  const pair = (i: number, j: number): void => {
    pairs.set(i, j);
    taken.add(j);
  };
  for (const [hash, [i, ...more]] of here) {
    const [j, ...others] = there.get(hash) ?? [];
    if (i !== undefined && j !== undefined && more.length === 0 && others.length === 0) pair(i, j);
  }
  /** The neighbours of a pair, when they have the same words and no partner yet. */
  const extend = (i: number, j: number): void => {
    const own = before[i];
    const other = after[j];
    if (own === undefined || other === undefined || pairs.has(i) || taken.has(j)) return;
    if (own.contentHash === other.contentHash) pair(i, j);
  };
  extend(0, 0);
  for (let i = 0; i < before.length; i++) {
    const j = pairs.get(i);
    if (j !== undefined) extend(i + 1, j + 1);
  }
  extend(before.length - 1, after.length - 1);
  for (let i = before.length - 1; i >= 0; i--) {
    const j = pairs.get(i);
    if (j !== undefined) extend(i - 1, j - 1);
  }
  for (const [hash, places] of here) {
    const open = (there.get(hash) ?? []).filter((j) => !taken.has(j));
    const left = places.filter((i) => !pairs.has(i));
    if (open.length === 0 || left.length === 0) continue;
    const byKey = new Map(open.map((j) => [localKey(after[j] as Unit), j]));
    for (const i of left) {
      const j = byKey.get(localKey(before[i] as Unit));
      if (j !== undefined) pair(i, j);
    }
    const rest = open.filter((j) => !taken.has(j));
    left.filter((i) => !pairs.has(i)).forEach((i, at) => {
      const j = rest[at];
      if (j !== undefined) pair(i, j);
    });
  }
  return pairs;
}

/** The key without its document: a file may have been renamed. */
function localKey({ key, span }: Unit): string {
  return key.startsWith(`${span.document}#`) ? key.slice(span.document.length + 1) : key;
}
