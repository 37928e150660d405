/** Forecasts of several models, operations and runs taken together. */
import type { ModelForecast, PlannedWork } from '../model.ts';

/** Costs are US dollars: null where the price of any of the models is not known; `leastP50` and `leastP90` are those of the others. */
export interface ForecastTotal {
  readonly calls: number;
  readonly tokensIn: number;
  readonly tokensOut: number;
  readonly costP50: number | null;
  readonly costP90: number | null;
  readonly leastP50: number;
  readonly leastP90: number;
  readonly minutesP50: number;
  readonly minutesP90: number;
  /** Sentences: how the figures were added up, and what is not in them. */
  readonly basis: string;
}

type Figure = (forecast: ModelForecast) => number;

const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0);

/** The longest run, or the work of a model in all of them where its limits hold them back: they share it. */
function minutesOf(runs: readonly (readonly PlannedWork[])[], minutes: Figure): number {
  const held = Map.groupBy(runs.flat().filter(({ forecast }) => forecast.heldBack === true), ({ resource }) => resource);
  const own = runs.map((works) => sum(works.map(({ forecast }) => minutes(forecast))));
  const shared = [...held.values()].map((works) => sum(works.map(({ forecast }) => minutes(forecast))));
  return Math.max(0, ...own, ...shared);
}

function basisOf(runs: readonly (readonly PlannedWork[])[], works: readonly PlannedWork[]): string {
  if (works.length < 2) return '';
  const figures = 'The upper cost is the sum of the upper costs, as if all came out high together: the true one is rather lower.';
  const times = runs.some((one) => one.length > 1) ? ['Operations of a run go on one after another, so their times are added up alike.'] : [];
  const together = runs.length < 2 ? [] : ['The runs go on at the same time: the longest counts, or what limits of a model they share allow.'];
  const later = works.some(({ operation }) => operation === 'readPages') ? ['What is asked after pictures are read is not counted.'] : [];
  return [figures, ...times, ...together, ...later].join(' ');
}

/** The works of each run in the order it asks; runs go on at the same time. */
export function forecastTotal(planned: readonly (readonly PlannedWork[])[]): ForecastTotal {
  const runs = planned.map((works) => works.filter(({ forecast }) => forecast.calls > 0)).filter(({ length }) => length > 0);
  const works = runs.flat();
  const total = (figure: Figure): number => sum(works.map(({ forecast }) => figure(forecast)));
  const leastP50 = total(({ costP50 }) => costP50 ?? 0);
  const leastP90 = total(({ costP90 }) => costP90 ?? 0);
  const isKnown = works.every(({ forecast: { costP50, costP90 } }) => costP50 !== null && costP90 !== null);
  return {
    calls: total(({ calls }) => calls),
    tokensIn: total(({ tokensIn }) => tokensIn),
    tokensOut: total(({ tokensOut }) => tokensOut),
    costP50: isKnown ? leastP50 : null,
    costP90: isKnown ? leastP90 : null,
    leastP50,
    leastP90,
    minutesP50: minutesOf(runs, ({ minutesP50 }) => minutesP50),
    minutesP90: minutesOf(runs, ({ minutesP90 }) => minutesP90),
    basis: basisOf(runs, works),
  };
}
