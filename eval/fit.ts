import { COUNTERPART_FEATURES, PAIR_FEATURES } from '../server/src/engine/workflows/crosswalk/scoring/confidence.ts';
import type { Logistic } from '../server/src/engine/workflows/crosswalk/scoring/logistic.ts';
import { balanced, familiesOf, fitData, VARIANTS, type FitData, type Kind } from './fitData.ts';
import { fitLogistic, probability, type Example } from './logisticFit.ts';
import { reliability } from './reliability.ts';

/** Fits the coefficients of confidence on the public sets and prints them, with how far they carry to a set left out. */
export function fit(folder: string): void {
  const data = fitData(folder);
  for (const kind of ['pairs', 'sources'] as const) {
    console.log(`\n${kind === 'pairs' ? 'Pairs' : 'Sources: has a counterpart at all'}, each family left out of the fit in turn`);
    for (const family of familiesOf(data)) {
      reportAll(fitLogistic(balanced(data.filter((each) => each.set.set.family !== family), kind)), data, kind, family);
    }
    const model = fitLogistic(balanced(data, kind));
    console.log('  all in the fit');
    for (const family of familiesOf(data)) reportAll(model, data, kind, family);
    console.log(printed(model, kind === 'pairs' ? PAIR_FEATURES : COUNTERPART_FEATURES));
  }
}

function reportAll(model: Logistic, data: readonly FitData[], kind: Kind, family: string): void {
  for (const variant of VARIANTS) {
    report(`${family}, ${variant}`, model, data.filter((each) => each.set.set.family === family && each.variant === variant).flatMap((each) => each[kind]));
  }
}

function report(name: string, model: Logistic, examples: readonly Example[]): void {
  console.log(reliability(name, examples.map((example) => ({ probability: probability(model, example), right: example.right }))));
}

function printed(model: Logistic, names: readonly string[]): string {
  const weights = model.weights.map((weight, k) => `${weight.toFixed(4)}, // ${names[k]}`);
  return `{\n  constant: ${model.constant.toFixed(4)},\n  weights: [\n    ${weights.join('\n    ')}\n  ],\n}`;
}
