/** What a run's model calls cost, in words: one rule for terminal, report and panel, before a run and after it. */
import type { Metric, ModelForecast, RunOutput, RunSnapshot } from '../model.ts';
import { ownPrice, parsePrice } from '../modelPrice.ts';
import { isOnThisMachine } from '../thisMachine.ts';
import { askedModels, formatUsd, modelName } from './modelWords.ts';

/** Of models on this machine, unless a price is given for them. */
const FREE = 'free: it runs on this machine';
const NOT_KNOWN = 'not known';
/** Of an operation that asks no model. */
const NONE = '\u2013';

type Run = Pick<RunSnapshot | RunOutput, 'provider' | 'settings' | 'metrics'>;
type Costs = readonly Pick<Metric, 'tokensIn' | 'tokensOut' | 'costUsd' | 'estimated'>[];

/** `openai m at 127.0.0.1:11434/v1`: the model, and where it is. */
function askedOf(provider: string): { readonly model: string; readonly place: string } {
  const [, model = '', place = ''] = /^openai (.*) at (\S+)$/.exec(provider) ?? [];
  return { model, place };
}

/** Whether the user gave a price that can be read; any other counts as none. */
function isPriced({ provider, settings }: Pick<Run, 'provider' | 'settings'>): boolean {
  const { prices } = settings;
  const own = typeof prices === 'object' && prices !== null ? ownPrice(askedOf(provider).model, prices as Readonly<Record<string, unknown>>) : undefined;
  return typeof own === 'string' && parsePrice(own) !== null;
}

function isFree(run: Pick<Run, 'provider' | 'settings'>): boolean {
  return isOnThisMachine(askedOf(run.provider).place) && !isPriced(run);
}

/** US dollars of a run or some of its operations; null where a model was asked and nobody knows its price. */
export function knownCost(run: Run, metrics: Costs = run.metrics): number | null {
  const cost = metrics.reduce((sum, { costUsd }) => sum + costUsd, 0);
  return cost > 0 || isFree(run) || isPriced(run) || metrics.every(({ tokensIn, tokensOut }) => tokensIn + tokensOut === 0) ? cost : null;
}

/** `$0.12`, `about $0.12`, `free`, `not known`: of a whole run, or of some of its operations. */
export function costWords(run: Run, metrics: Costs = run.metrics): string {
  const cost = knownCost(run, metrics);
  if (cost === null) return NOT_KNOWN;
  if (isFree(run)) return 'free';
  return `${cost > 0 && metrics.some(({ estimated }) => estimated) ? 'about ' : ''}${formatUsd(cost)}`;
}

/** The same for whoever reads the figure alone: `free: it runs on this machine`. */
export function costInFull(run: Run): string {
  return isFree(run) ? FREE : costWords(run);
}

/** The cell of one operation. */
export function operationCost(run: Run, metric: Metric): string {
  return metric.calls === 0 ? NONE : costWords(run, [metric]);
}

const withoutEffect = (budget: unknown): string => (typeof budget === 'number' && budget > 0 ? `, so the budget of ${formatUsd(budget)} has no effect` : '');

/** What is to be said of the cost of a run, as a sentence; empty where the figure says it all. */
export function costNote(run: Run): string {
  if (!askedModels(run.metrics)) return '';
  if (isFree(run)) return `${modelName(run.provider)} is ${FREE}${withoutEffect(run.settings['budgetPerRun'])}.`;
  return knownCost(run) === null ? `What ${modelName(run.provider)} cost is ${NOT_KNOWN}, because no price is listed for it.` : '';
}

/** `$0.12, nine times in ten below $0.20`. `resource`: who would be asked; `budget` in US dollars, 0 is none. */
export function forecastCost(resource: string, { costP50, costP90 }: Pick<ModelForecast, 'costP50' | 'costP90'>, budget = 0): string {
  if (costP50 === null || costP90 === null) return `${NOT_KNOWN}, because no price is listed for this model`;
  if (costP90 === 0 && isOnThisMachine(askedOf(resource).place)) return `${FREE}${withoutEffect(budget)}`;
  const [median, most] = [formatUsd(costP50), formatUsd(costP90)];
  return median === most ? median : `${median}, nine times in ten below ${most}`;
}
