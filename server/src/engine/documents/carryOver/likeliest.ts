import type { UnitWords } from './unitWords.ts';

/** Units looked at as partners of one unit. */
const MAX_CANDIDATES = 12;
/** A word in more units than this tells little of which one is meant; it keeps the search linear. */
const MAX_UNITS_OF_WORD = 60;

/** What a unit is looked up by: its words, its title and number as a whole, and the neighbours it stands between. */
function* marksOf(unit: UnitWords): Generator<string> {
  yield* unit.counts.keys();
  if (unit.title !== '') yield `title ${unit.title}`;
  if (unit.number !== '') yield `number ${unit.number}`;
  yield `gap ${unit.gap}`;
}

/** By unit of `left`: indices into `right` that share the most telling words with it, most first. */
export function likeliest(left: readonly UnitWords[], right: readonly UnitWords[]): readonly (readonly number[])[] {
  const holders = new Map<string, number[]>();
  right.forEach((unit, at) => {
    for (const mark of marksOf(unit)) {
      const known = holders.get(mark);
      if (known === undefined) holders.set(mark, [at]);
      else known.push(at);
    }
  });
  return left.map((unit) => {
    const weights = new Map<number, number>();
    for (const mark of marksOf(unit)) {
      const units = holders.get(mark) ?? [];
      if (units.length > MAX_UNITS_OF_WORD) continue;
      for (const at of units) weights.set(at, (weights.get(at) ?? 0) + 1 / units.length);
    }
    return [...weights].sort(([a, x], [b, y]) => y - x || a - b).slice(0, MAX_CANDIDATES).map(([at]) => at);
  });
}
