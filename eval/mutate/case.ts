import { seeded } from '../seeded.ts';
import { mutatePlan, type Planted } from './mutatePlan.ts';
import { readPlan } from './plan.ts';
import { BASE_LOOK, otherLook, render, type Rendered } from './render.ts';

/** Two texts, and what differs between them. */
export interface MutatedCase {
  readonly base: string;
  readonly seed: number;
  readonly source: Rendered;
  readonly target: Rendered;
  readonly planted: readonly Planted[];
  /** Names of the provisions that say the same on both sides. */
  readonly unchanged: readonly string[];
  /** Names of provisions with drafting changes without effect. */
  readonly noise: readonly string[];
}

export interface Base {
  readonly name: string;
  readonly markdown: string;
  /** The name that other vendors do not have. */
  readonly vendor: string;
}

export const OTHER_VENDORS = ['Larkspur Retirement', 'Northgate Plan Services', 'Quill & Harbor', 'Tamarack Pensions'];

/** The case of a seed. The same base and seed give the same case; without `pages`, the same one with no page marks or running headers. */
export function mutatedCase(base: Base, seed: number, pages = true): MutatedCase {
  const random = seeded(seed * 7919 + 17);
  const { source, target, planted, noise } = mutatePlan(readPlan(base.name, base.markdown), random);
  const look = otherLook(random, [base.vendor, random.pick(OTHER_VENDORS)], random.chance(0.5) && pages);
  const touched = new Set(planted.flatMap((one) => [...one.source, ...one.target]));
  const left = render(source, BASE_LOOK);
  return { base: base.name, seed, source: left, target: render(target, look), planted, noise, unchanged: [...left.provisions.keys()].filter((name) => !touched.has(name)) };
}
