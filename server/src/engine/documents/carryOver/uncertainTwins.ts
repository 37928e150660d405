import type { Unit } from '../../../../../shared/model.ts';

/** Units of equal words of which nobody can say which of the older version became which of the newer one; by unit key. */
export interface Twins {
  readonly before: readonly string[];
  readonly after: readonly string[];
}

type Pair = readonly [before: number, after: number];

function places(units: readonly Unit[]): ReadonlyMap<string, readonly number[]> {
  const byWords = new Map<string, number[]>();
  units.forEach(({ contentHash }, at) => {
    const known = byWords.get(contentHash);
    if (known === undefined) byWords.set(contentHash, [at]);
    else known.push(at);
  });
  return byWords;
}

/**
 * Places of the older version that are sure of their partner: words that stand once in each version, and stretches
 * between two such places in which every unit has a partner in the same order and nothing came or went.
 */
function pinned(anchors: readonly Pair[], partner: ReadonlyMap<number, number>): ReadonlySet<number> {
  const sure = new Set<number>();
  anchors.forEach(([i, j], at) => {
    sure.add(i);
    const next = anchors[at + 1];
    if (next === undefined || next[0] - i !== next[1] - j) return;
    const stretch = Array.from({ length: next[0] - i - 1 }, (_, n) => n + 1);
    if (stretch.every((n) => partner.get(i + n) === j + n)) for (const n of stretch) sure.add(i + n);
  });
  return sure;
}

/** Where as many are left as there were, in their order, each is the one it was. */
function isInOrder(before: readonly number[], after: readonly number[], partner: ReadonlyMap<number, number>): boolean {
  return before.length === after.length && before.every((i, at) => partner.get(i) === after[at]);
}

/** The units of an older version whose equal twins came or went, so that their partner is a guess. Linear in the units. */
export function uncertainTwins(before: readonly Unit[], after: readonly Unit[], byBefore: ReadonlyMap<string, { readonly after: Unit | null }>): ReadonlyMap<string, Twins> {
  const [here, there] = [places(before), places(after)];
  const placeAfter = new Map(after.map(({ key }, at) => [key, at]));
  const partner = new Map(before.flatMap(({ key }, i): Pair[] => {
    const j = placeAfter.get(byBefore.get(key)?.after?.key ?? '');
    return j === undefined ? [] : [[i, j]];
  }));
  const anchors = before.flatMap(({ contentHash }, i): Pair[] => {
    const [j, ...others] = there.get(contentHash) ?? [];
    return j !== undefined && others.length === 0 && here.get(contentHash)?.length === 1 ? [[i, j]] : [];
  });
  const sure = pinned([[-1, -1], ...anchors, [before.length, after.length]], partner);
  const taken = new Set([...sure].map((i) => partner.get(i)));
  const uncertain = new Map<string, Twins>();
  for (const [words, all] of here) {
    const left = all.filter((i) => !sure.has(i));
    const open = (there.get(words) ?? []).filter((j) => !taken.has(j));
    if (left.length === 0 || open.length === 0 || isInOrder(left, open, partner)) continue;
    const twins: Twins = { before: left.map((i) => before[i]?.key ?? ''), after: open.map((j) => after[j]?.key ?? '') };
    for (const key of twins.before) uncertain.set(key, twins);
  }
  return uncertain;
}
