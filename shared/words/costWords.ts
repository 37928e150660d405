/** What a run's model calls cost, in words: one rule for terminal, report and panel, before a run and after it. */
import type { Metric, ModelForecast, PlannedWork } from '../model.ts';
import { isOnThisMachine } from '../thisMachine.ts';
import { spentOf } from '../spent.ts';
import { forecastTotal } from './forecastTotal.ts';
import { askedModels, formatUsd, modelName, unansweredWords } from './modelWords.ts';
import { isFreeOperation, isUnpriced, modelsOf, placeOf, type AskingRun, type OperationCost } from './operationModels.ts';

/** Of models on this machine, unless a price is given for them. */
const FREE = 'free: it runs on this machine';
const ALL_FREE = 'free: they run on this machine';
const NOT_KNOWN = 'not known';
/** Of an operation that asks no model. */
const NONE = '\u2013';

const sumOf = (metrics: readonly OperationCost[]): number => metrics.reduce((sum, { costUsd }) => sum + costUsd, 0);
const asking = (metrics: readonly OperationCost[]): readonly OperationCost[] => metrics.filter(({ calls }) => calls > 0);

function isFree(run: AskingRun, metrics: readonly OperationCost[] = run.metrics): boolean {
  return isOnThisMachine(placeOf(run.provider)) && asking(metrics).every((metric) => isFreeOperation(run, metric));
}

/** US dollars of a run or some of its operations; null where any of them asked a model whose price nobody knows. */
export function knownCost(run: AskingRun, metrics: readonly OperationCost[] = run.metrics): number | null {
  return metrics.some((metric) => isUnpriced(run, metric)) ? null : sumOf(metrics);
}

/**
 * `$0.12`, `about $0.12`, `free`, `not known`: of a whole run, or of some of its operations. Where some of them have a price and
 * others none, `at least $0.12`; where some were never seen to be answered, `$0.12 to $0.20`.
 */
export function costWords(run: AskingRun, metrics: readonly OperationCost[] = run.metrics): string {
  if (isFree(run, metrics)) return 'free';
  const cost = sumOf(metrics);
  const isKnown = knownCost(run, metrics) !== null;
  if (!isKnown && cost === 0) return NOT_KNOWN;
  const words = `${isKnown ? '' : 'at least '}${cost > 0 && metrics.some(({ estimated }) => estimated) ? 'about ' : ''}${formatUsd(cost)}`;
  const { unansweredUsd } = spentOf(metrics);
  return isKnown && unansweredUsd > 0 ? `${words} to ${formatUsd(cost + unansweredUsd)}` : words;
}

/** The same for whoever reads the figure alone: `free: it runs on this machine`. */
export function costInFull(run: AskingRun): string {
  return isFree(run) ? FREE : costWords(run);
}

/** The cell of one operation. */
export function operationCost(run: AskingRun, metric: Metric): string {
  return metric.calls === 0 ? NONE : costWords(run, [metric]);
}

const withoutEffect = (budget: unknown): string => (typeof budget === 'number' && budget > 0 ? `, so the budget of ${formatUsd(budget)} has no effect` : '');

/** What is to be said of the cost of a run, in sentences; empty where the figure says it all. */
export function costNote(run: AskingRun): string {
  if (!askedModels(run.metrics)) return '';
  if (isFree(run)) {
    const { names, count } = modelsOf(run, asking(run.metrics));
    return `${names} ${count === 1 ? `is ${FREE}` : `are ${ALL_FREE}`}${withoutEffect(run.settings['budgetPerRun'])}.`;
  }
  const unpriced = run.metrics.filter((metric) => isUnpriced(run, metric));
  const unanswered = [
    unansweredWords(run.metrics.filter((metric) => !unpriced.includes(metric)), true), unansweredWords(unpriced, false),
  ].filter((words) => words !== '');
  if (unpriced.length === 0) return unanswered.join(' ');
  const { names, count } = modelsOf(run, unpriced);
  return [`What ${names} cost is ${NOT_KNOWN}, because no price is listed for ${count === 1 ? 'it' : 'them'}.`, ...unanswered].join(' ');
}

/** `$0.12, nine times in ten below $0.20`. `resource`: who would be asked; `budget` in US dollars, 0 is none. */
export function forecastCost(resource: string, { costP50, costP90 }: Pick<ModelForecast, 'costP50' | 'costP90'>, budget = 0): string {
  if (costP50 === null || costP90 === null) return `${NOT_KNOWN}, because no price is listed for this model`;
  if (costP90 === 0 && isOnThisMachine(placeOf(resource))) return `${FREE}${withoutEffect(budget)}`;
  const [median, most] = [formatUsd(costP50), formatUsd(costP90)];
  return median === most ? median : `${median}, nine times in ten below ${most}`;
}

/** The same of all works of some runs together: `at least $0.12, because no price is listed for m at gateway.example/v1`. */
export function forecastCostOfAll(planned: readonly (readonly PlannedWork[])[], budget = 0): string {
  const works = planned.flat().filter(({ forecast }) => forecast.calls > 0);
  const { costP50, costP90, leastP50, leastP90 } = forecastTotal(planned);
  if (costP50 !== null || works.length < 2) return forecastCost(works[0]?.resource ?? '', { costP50, costP90 }, budget);
  const unpriced = new Set(works.flatMap(({ resource, forecast }) => (forecast.costP50 === null ? [modelName(resource)] : [])));
  const known = leastP50 === 0 ? NOT_KNOWN : `at least ${forecastCost('', { costP50: leastP50, costP90: leastP90 })}`;
  return `${known}, because no price is listed for ${[...unpriced].join(' and ')}`;
}
