import type { LoadedSet, PublicRecord } from './publicSets.ts';
import { seeded } from './seeded.ts';

/** Share of the sources with counterparts that lose them in a variant. */
const LOST = 0.3;
/** Words left out, and words put in from elsewhere, of an edited unit: up to these shares. */
const MOST_DROPPED = 0.15;
const MOST_REPLACED = 0.2;

/**
 * The set with the counterparts of some sources taken out of the target document, so that more sources have none:
 * the sets as they are have too few to fit on.
 */
export function thinned(loaded: LoadedSet, seed: number): LoadedSet {
  const random = seeded(seed).next;
  const gone = new Set<number>();
  for (const targets of loaded.gold) if (targets.size > 0 && random() < LOST) for (const j of targets) gone.add(j);
  return withTargets(loaded, loaded.target.map((_, j) => j).filter((j) => !gone.has(j)), loaded.target);
}

/**
 * Two versions of one text: the source document against itself with words dropped and replaced, some units gone, and
 * as many targets that answer no source put in.
 */
export function edited(loaded: LoadedSet, seed: number): LoadedSet {
  const random = seeded(seed).next;
  const words = loaded.target.flatMap((unit) => unit.text.split(/\s+/));
  const strength = random();
  const edit = (unit: PublicRecord): PublicRecord => ({
    ...unit,
    text: unit.text
      .split(/\s+/)
      .filter(() => random() >= MOST_DROPPED * strength)
      .map((word) => (random() < MOST_REPLACED * strength ? (words[Math.floor(random() * words.length)] ?? word) : word))
      .join(' '),
  });
  const claimed = new Set(loaded.gold.flatMap((targets) => [...targets]));
  const target: PublicRecord[] = [];
  const gold = loaded.source.map((unit) => {
    if (random() < LOST) return new Set<number>();
    target.push(edit(unit));
    return new Set([target.length - 1]);
  });
  const others = loaded.target.filter((_, j) => !claimed.has(j)).slice(0, Math.round(loaded.source.length * LOST));
  return { ...loaded, target: [...target, ...others], gold };
}

function withTargets(loaded: LoadedSet, kept: readonly number[], target: readonly PublicRecord[]): LoadedSet {
  const place = new Map(kept.map((j, k) => [j, k]));
  return {
    ...loaded,
    target: kept.map((j) => target[j] as PublicRecord),
    gold: loaded.gold.map((targets) => new Set([...targets].flatMap((j) => place.get(j) ?? []))),
  };
}
