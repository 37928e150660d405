/** Which model a run asked for an operation, and whether its calls are paid. */
import type { Metric, RunOutput, RunSnapshot } from '../model.ts';
import { ownPrice, parsePrice } from '../modelPrice.ts';
import { RULES_ON_PICTURES } from '../pictures.ts';
import type { ModelRole } from '../settings.ts';
import { isOnThisMachine } from '../thisMachine.ts';
import { COMPARE_BY_MEANING, modelName } from './modelWords.ts';

export type AskingRun = Pick<RunSnapshot | RunOutput, 'provider' | 'settings' | 'metrics'>;
export type OperationCost = Pick<Metric, 'operation' | 'calls' | 'tokensIn' | 'tokensOut' | 'costUsd' | 'estimated' | 'unanswered' | 'unansweredUsd'>;

/** Operations of which another model may be asked than the one that a run names as its provider. */
const OTHER_ROLE: Readonly<Record<string, ModelRole>> = { prefilter: 'prefilter', [COMPARE_BY_MEANING]: 'embed', readPages: 'vision' };

/** `openai m at 127.0.0.1:11434/v1`, also of pictures alone: the model, and where it is. */
function askedOf(provider: string): { readonly model: string; readonly place: string } {
  const [, model = '', place = ''] = /^openai (.*) at (\S+)$/.exec(provider) ?? [];
  return { model, place };
}

/** Where a run asks, or one of its models by its name for it: `127.0.0.1:11434/v1`. Empty: nowhere that has an address. */
export function placeOf(resource: string): string {
  return askedOf(namedProvider(resource)).place;
}

function namedProvider(provider: string): string {
  return provider.startsWith(RULES_ON_PICTURES) ? provider.slice(RULES_ON_PICTURES.length) : provider;
}

const recordOf = (value: unknown): Readonly<Record<string, unknown>> => (typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {});

function modelOf({ provider, settings }: AskingRun, operation: string): string {
  const role = OTHER_ROLE[operation];
  const other = role === undefined ? undefined : recordOf(settings['models'])[role];
  return typeof other === 'string' && other !== '' ? other : askedOf(namedProvider(provider)).model;
}

/** Whether the user gave a price that can be read; any other counts as none. */
function hasOwnPrice(run: AskingRun, operation: string): boolean {
  const own = ownPrice(modelOf(run, operation), recordOf(run.settings['prices']));
  return typeof own === 'string' && parsePrice(own) !== null;
}

export function isFreeOperation(run: AskingRun, { operation }: OperationCost): boolean {
  return isOnThisMachine(placeOf(run.provider)) && !hasOwnPrice(run, operation);
}

/** Whether what it used has a price that nobody knows. */
export function isUnpriced(run: AskingRun, { operation, tokensIn, tokensOut, unanswered = 0 }: OperationCost): boolean {
  if (tokensIn + tokensOut + unanswered === 0 || isOnThisMachine(placeOf(run.provider)) || hasOwnPrice(run, operation)) return false;
  return !run.metrics.some((metric) => metric.operation === operation && metric.costUsd + (metric.unansweredUsd ?? 0) > 0);
}

/** The models of some operations, each once, and how many they are: `small and e at gateway.example/v1`. */
export function modelsOf(run: AskingRun, metrics: readonly OperationCost[]): { readonly names: string; readonly count: number } {
  const provider = namedProvider(run.provider);
  const place = placeOf(provider);
  const models = [...new Set(metrics.map(({ operation }) => modelOf(run, operation)))];
  if (place === '' || models.length === 0) return { names: modelName(provider), count: 1 };
  const last = models.at(-1) ?? '';
  return { names: modelName(`openai ${models.length === 1 ? last : `${models.slice(0, -1).join(', ')} and ${last}`} at ${place}`), count: models.length };
}
