import type { ScoringInput } from '../scoringTypes.ts';
import { typesMatch } from '../typeGroups.ts';
import type { Matrix } from './matrix.ts';
import type { Pace } from './pace.ts';
import type { Recipe } from './recipe.ts';

/**
 * Lowers the pairs whose provision types may not answer each other, so that a candidate of a fitting type wins where
 * both are near. A source whose fitting candidates are all worse than "no counterpart" keeps its scores: a type, told by
 * a heading, is no reason to lose the only candidate there is.
 */
export function* lowerUnlikeTypes(matched: Matrix, { source, target, typeGroups }: ScoringInput, recipe: Recipe, pace: Pace): Generator<void, void> {
  if (typeGroups === undefined) return;
  const match = typesMatch(typeGroups);
  const fitting = new Map<string | undefined, readonly boolean[]>();
  for (let i = 0; i < matched.rows; i++) {
    const type = source[i]?.type;
    const fits = fitting.get(type) ?? target.map((unit) => match(type, unit.type));
    fitting.set(type, fits);
    const start = i * matched.columns;
    let best = -Infinity;
    for (let j = 0; j < matched.columns; j++) if (fits[j] === true) best = Math.max(best, matched.values[start + j] as number);
    if (best >= recipe.competitionZero) {
      for (let j = 0; j < matched.columns; j++) if (fits[j] !== true) matched.values[start + j] = (matched.values[start + j] as number) - recipe.unlikeTypes;
    }
    if (pace.due(matched.columns * 2)) yield;
  }
}
