/** What a run's model calls came to, in words: the same in panel, terminal and report. */
import type { Metric, ModelForecast, ModelWork } from '../model.ts';
import { spentOf } from '../spent.ts';
import { counted, formatCount, formatDuration } from './format.ts';
import { operationTitle } from './labels.ts';

/** `$0.42`, `$12`, `< $0.001`: two decimals, and below 10 cents a third where it says more. */
export function formatUsd(usd: number): string {
  if (usd === 0) return '$0';
  if (usd < 0.001) return '< $0.001';
  if (usd < 0.1) return `$${usd.toFixed(3).replace(/0$/, '')}`;
  return usd < 1000 ? `$${usd.toFixed(2)}` : `$${formatCount(Math.round(usd))}`;
}

/** Why a run with a budget pauses, in US dollars, of which `unseen` are of calls whose answer was never seen: with as many decimals as it takes to see that the next call does not fit. */
export function budgetWords(limit: number, spent: number, next: number, unseen = 0): string {
  const places = Math.min(9, Math.max(2, 1 - Math.floor(Math.log10(next || 1))));
  const unit = 10 ** -places;
  const dollars = (usd: number): string => `$${usd.toFixed(places)}`;
  const budget = Number.isInteger(limit) ? String(limit) : limit.toFixed(Math.min(9, Math.max(2, String(limit).split('.')[1]?.length ?? 0)));
  return `The budget of $${budget} for a run does not allow another call: ${spent === 0 ? '$0' : dollars(spent)} is spent, ${unseen === 0 ? '' : `at most ${dollars(Math.ceil(unseen / unit) * unit)} more for calls whose answer was never seen, `}and the next one may cost up to ${dollars(Math.ceil(next / unit) * unit)}.`;
}

/** `1,200`, and `about 1,200` where it is an estimate. */
export function formatTokens(tokens: number, estimated: boolean): string {
  return `${estimated && tokens > 0 ? 'about ' : ''}${formatCount(tokens)}`;
}

/** Significant digits of a figure that is only forecast. */
const FORECAST_DIGITS = 2;

/** `about 140,000`. */
export function roughly(count: number): string {
  return `about ${formatCount(Number(count.toPrecision(FORECAST_DIGITS)))}`;
}

/** The operation that embeds provisions. */
export const COMPARE_BY_MEANING = 'compareByMeaning';

/** What is asked about, by the operation that asks. */
const ASKED_ABOUT: Readonly<Record<string, (items: number) => string>> = {
  verify: (items) => `${counted(items, 'provision')} that rules leave open, with their candidates`,
  prefilter: (items) => `${counted(items, 'provision')} that rules leave open, with their candidates, for a first look at which are about the same matter`,
  [COMPARE_BY_MEANING]: (items) => `${counted(items, 'text')} compared by meaning`,
  modelNotes: (items) => `the words of all turns with their speakers, in ${counted(items, 'part')}`,
  readPages: (items) => `${counted(items, 'picture of a page', 'pictures of pages')}, to be read word for word`,
};

/** What is asked of a model: `212 provisions that rules leave open; 12 are answered already`. */
export function askedWords(operation: string, { items, cachedItems, askedTwice = 0 }: ModelForecast): string {
  const what = ASKED_ABOUT[operation]?.(items) ?? counted(items, 'item');
  const known = operation === COMPARE_BY_MEANING ? 'known' : 'answered';
  const twice = askedTwice > 0 ? `; ${formatCount(askedTwice)} are asked twice, to see whether answers depend on their batch` : '';
  return `${what}${cachedItems > 0 ? `; ${formatCount(cachedItems)} ${cachedItems === 1 ? 'is' : 'are'} ${known} already` : ''}${twice}`;
}

/** As the run names the model of an editor that was left to choose one. */
export const EDITORS_CHOICE = 'vscode the editor\'s model';

/** Who is asked, by a run's name for it: `gpt-4.1 at api.openai.com/v1`, `gpt-4o of this editor`. */
export function modelName(resource: string): string {
  if (resource === EDITORS_CHOICE) return 'the model this editor chooses';
  return resource.startsWith('vscode ') ? `${resource.slice('vscode '.length)} of this editor` : resource.replace(/^openai /, '');
}

/** Who is asked, and for what where a run asks for several things: `gpt-4.1-mini at api.openai.com/v1, first look`. */
export function workName({ resource, operation }: Pick<ModelWork, 'resource' | 'operation'>, all: readonly unknown[]): string {
  return all.length < 2 || operation === undefined ? modelName(resource) : `${modelName(resource)}, ${operationTitle(operation).toLowerCase()}`;
}

/** True where any operation asked a model. */
export function askedModels(metrics: readonly Metric[]): boolean {
  return metrics.some(({ calls }) => calls > 0);
}

/** What a run that was taken up may have paid twice. */
export function repeatedWords(items: number): string {
  return `At most ${counted(items, 'item')} of calls in flight when the run was interrupted may have been paid twice.`;
}

/** What cost nothing as its answer was kept; empty where there is none. */
export function cachedWords(items: number): string {
  return items === 0 ? '' : `${counted(items, 'item')} answered without a new call.`;
}

/** What is paid at most beside what was told, as a sentence; nothing where no call went unanswered. `isPriced` false: nobody knows what a call costs. */
export function unansweredWords(metrics: readonly Metric[], isPriced: boolean): string {
  const calls = metrics.reduce((sum, { unanswered = 0 }) => sum + unanswered, 0);
  if (calls === 0) return '';
  const which = `${counted(calls, 'call')} in flight when the run was stopped, or given up after too long, whose answer was never seen`;
  if (!isPriced) return `What may have been paid for ${which} is not known.`;
  return `At most ${formatUsd(spentOf(metrics).unansweredUsd)} more for ${which}.`;
}

/** What stands beside a model's curve: how long calls took, the items that needed none, and those that may have been paid twice. */
export function savedWords({ latency, cachedItems, repeatedAtMost }: ModelWork): string {
  const took = latency === undefined ? [] : [`Half of the calls took ${formatDuration(latency.p50)} or less, nine in ten ${formatDuration(latency.p90)}.`];
  const repeated = repeatedAtMost === undefined || repeatedAtMost === 0 ? '' : repeatedWords(repeatedAtMost);
  return [...took, cachedWords(cachedItems), repeated].filter((words) => words !== '').join(' ');
}
