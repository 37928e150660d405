import { counterpartFeatures, pairFeatures } from '../server/src/engine/workflows/crosswalk/scoring/confidence.ts';
import type { RankedSource } from '../server/src/engine/workflows/crosswalk/scoring/rankedCandidates.ts';
import { rankCrosswalk } from '../server/src/engine/workflows/crosswalk/scoring/scoreCrosswalk.ts';
import type { Example } from './logisticFit.ts';
import { loadSet, PUBLIC_SETS, type LoadedSet } from './publicSets.ts';
import { runToEnd } from './runToEnd.ts';
import { edited, thinned } from './variants.ts';

export type Variant = 'as is' | 'thinned' | 'edited';

export const VARIANTS: readonly Variant[] = ['as is', 'thinned', 'edited'];

const VARY: Readonly<Record<Variant, (loaded: LoadedSet) => LoadedSet>> = {
  'as is': (loaded) => loaded,
  thinned: (loaded) => thinned(loaded, 1),
  edited: (loaded) => edited(loaded, 2),
};

/** Answers that experts gave count twice as much as those that follow from what was done to a set. */
const PAIR_WEIGHT: Readonly<Record<Variant, number>> = { 'as is': 2, thinned: 1, edited: 1 };

/** Candidates per source that take part in the fit. */
export const RANKS = 10;

export type Kind = 'pairs' | 'sources';

export interface FitData {
  readonly variant: Variant;
  readonly set: LoadedSet;
  /** The first ten candidates of every source, source by source. */
  readonly pairs: readonly Example[];
  readonly sources: readonly Example[];
}

/** Every public set, as it is and varied, ranked. */
export function fitData(folder: string): readonly FitData[] {
  return PUBLIC_SETS.flatMap((set) => {
    const loaded = loadSet(folder, set);
    return VARIANTS.map((variant) => ({ ...examplesOf(VARY[variant](loaded)), variant }));
  });
}

export function familiesOf(data: readonly FitData[]): readonly string[] {
  return [...new Set(data.map(({ set }) => set.set.family))];
}

function examplesOf(set: LoadedSet): Omit<FitData, 'variant'> {
  const { sources } = runToEnd(rankCrosswalk({ source: set.source, target: set.target }, { progress: () => undefined }));
  return {
    set,
    pairs: sources.flatMap((source, i) => pairExamples(source, set.gold[i] as ReadonlySet<number>)),
    sources: sources.map((source, i) => ({ features: counterpartFeatures(source), right: (set.gold[i] as ReadonlySet<number>).size > 0, weight: 1 })),
  };
}

function pairExamples(source: RankedSource, gold: ReadonlySet<number>): Example[] {
  return source.candidates.slice(0, RANKS).map((candidate, rank) => ({ features: pairFeatures(source, rank), right: gold.has(candidate.target), weight: 1 }));
}

/** Every variant of every family weighs the same within its kind, however many sets and units it has. */
export function balanced(data: readonly FitData[], kind: Kind): Example[] {
  const sizes = new Map<string, number>();
  const group = (each: FitData): string => `${each.set.set.family}, ${each.variant}`;
  for (const each of data) sizes.set(group(each), (sizes.get(group(each)) ?? 0) + each[kind].length);
  return data.flatMap((each) => {
    const weight = ((kind === 'pairs' ? PAIR_WEIGHT[each.variant] : 1) * 1000) / (sizes.get(group(each)) as number);
    return each[kind].map((example) => ({ ...example, weight }));
  });
}
