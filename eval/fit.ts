import { runToEnd } from './runToEnd.ts';
import { fitLogistic, probability, type Example } from './logisticFit.ts';
import { loadSet, PUBLIC_SETS, type LoadedSet } from './publicSets.ts';
import { reliability } from './reliability.ts';
import { edited, thinned } from './variants.ts';
import {
  COUNTERPART_FEATURES, counterpartFeatures, PAIR_FEATURES, pairFeatures,
} from '../server/src/engine/workflows/crosswalk/scoring/confidence.ts';
import type { Logistic } from '../server/src/engine/workflows/crosswalk/scoring/logistic.ts';
import type { RankedSource } from '../server/src/engine/workflows/crosswalk/scoring/rankedCandidates.ts';
import { rankCrosswalk } from '../server/src/engine/workflows/crosswalk/scoring/scoreCrosswalk.ts';

const VARIANTS: readonly (readonly [string, (loaded: LoadedSet) => LoadedSet])[] = [
  ['as is', (loaded) => loaded],
  ['thinned', (loaded) => thinned(loaded, 1)],
  ['edited', (loaded) => edited(loaded, 2)],
];

/** Candidates per source that take part in the fit. */
const RANKS = 10;

interface Fitted {
  readonly variant: string;
  readonly set: LoadedSet;
  readonly pairs: readonly Example[];
  readonly sources: readonly Example[];
}

/** Fits the coefficients of confidence on the public sets and prints them, with how far they carry to a set left out. */
export function fit(folder: string): void {
  const data = PUBLIC_SETS.flatMap((set) => {
    const loaded = loadSet(folder, set);
    return VARIANTS.map(([variant, vary]) => ({ ...examplesOf(vary(loaded)), variant }));
  });
  const families = [...new Set(data.map((each) => each.set.set.family))];
  for (const kind of ['pairs', 'sources'] as const) {
    console.log(`\n${kind === 'pairs' ? 'Pairs' : 'Sources: has a counterpart at all'}, each family left out of the fit in turn`);
    for (const family of families) {
      const model = fitLogistic(balanced(data.filter((each) => each.set.set.family !== family), kind));
      for (const [variant] of VARIANTS) report(`${family}, ${variant}`, model, data.filter((each) => each.set.set.family === family && each.variant === variant).flatMap((each) => each[kind]));
    }
    const model = fitLogistic(balanced(data, kind));
    console.log('  all in the fit');
    for (const family of families) {
      for (const [variant] of VARIANTS) report(`${family}, ${variant}`, model, data.filter((each) => each.set.set.family === family && each.variant === variant).flatMap((each) => each[kind]));
    }
    console.log(printed(model, kind === 'pairs' ? PAIR_FEATURES : COUNTERPART_FEATURES));
  }
}

function report(name: string, model: Logistic, examples: readonly Example[]): void {
  console.log(reliability(name, examples.map((example) => ({ probability: probability(model, example), right: example.right }))));
}

function examplesOf(set: LoadedSet): Omit<Fitted, 'variant'> {
  const { sources } = runToEnd(rankCrosswalk({ source: set.source, target: set.target }, { progress: () => undefined }));
  return {
    set,
    pairs: sources.flatMap((source, i) => pairExamples(source, set.gold[i] as ReadonlySet<number>)),
    sources: sources.map((source, i) => ({ features: counterpartFeatures(source), right: (set.gold[i] as ReadonlySet<number>).size > 0, weight: 1 })),
  };
}

function pairExamples(source: RankedSource, gold: ReadonlySet<number>): Example[] {
  return source.candidates.slice(0, RANKS).map((candidate, rank) => ({
    features: pairFeatures(source, rank),
    right: gold.has(candidate.target),
    weight: 1,
  }));
}

/** Every variant of every family weighs the same, however many sets and units it has. */
function balanced(data: readonly Fitted[], kind: 'pairs' | 'sources'): Example[] {
  const sizes = new Map<string, number>();
  const group = (each: Fitted): string => `${each.set.set.family}, ${each.variant}`;
  for (const each of data) sizes.set(group(each), (sizes.get(group(each)) ?? 0) + each[kind].length);
  return data.flatMap((each) => each[kind].map((example) => ({ ...example, weight: 1000 / (sizes.get(group(each)) as number) })));
}

function printed(model: Logistic, names: readonly string[]): string {
  const weights = model.weights.map((weight, k) => `${weight.toFixed(4)}, // ${names[k]}`);
  return `{\n  constant: ${model.constant.toFixed(4)},\n  weights: [\n    ${weights.join('\n    ')}\n  ],\n}`;
}
