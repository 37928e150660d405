/** What models cost. A price is a fact of a day: the table says which, and a setting goes before it. */
import { ownPrice, undated, type ModelPrice } from '../../../../shared/modelPrice.ts';
import { isOnThisMachine } from '../../../../shared/thisMachine.ts';
import type { ModelUsage } from './modelPort.ts';

export { parsePrice, type ModelPrice } from '../../../../shared/modelPrice.ts';

/** The day the list prices below were taken down. */
export const PRICES_AS_OF = '2025-08-15';

/** List prices of api.openai.com. Sources: the provider's pricing page of that day. */
const LIST_PRICES: Readonly<Record<string, ModelPrice>> = {
  'gpt-5': { input: 1.25, cachedInput: 0.125, output: 10 },
  'gpt-5-mini': { input: 0.25, cachedInput: 0.025, output: 2 },
  'gpt-5-nano': { input: 0.05, cachedInput: 0.005, output: 0.4 },
  'gpt-4.1': { input: 2, cachedInput: 0.5, output: 8 },
  'gpt-4.1-mini': { input: 0.4, cachedInput: 0.1, output: 1.6 },
  'gpt-4.1-nano': { input: 0.1, cachedInput: 0.025, output: 0.4 },
  'gpt-4o': { input: 2.5, cachedInput: 1.25, output: 10 },
  'gpt-4o-mini': { input: 0.15, cachedInput: 0.075, output: 0.6 },
  'o3': { input: 2, cachedInput: 0.5, output: 8 },
  'o4-mini': { input: 1.1, cachedInput: 0.275, output: 4.4 },
  'text-embedding-3-small': { input: 0.02, cachedInput: 0.02, output: 0 },
  'text-embedding-3-large': { input: 0.13, cachedInput: 0.13, output: 0 },
};

const FREE: ModelPrice = { input: 0, cachedInput: 0, output: 0 };
const LIST_ORIGIN = 'https://api.openai.com';
const TOKENS_PER_UNIT = 1_000_000;

/**
 * The price of a model at an endpoint: the user's own, then the list price where the list is that endpoint's; nothing on
 * this machine costs anything. Null: nobody knows. `own` maps a model to its price.
 */
export function priceOf(model: string, endpoint: string, own: Readonly<Record<string, ModelPrice>>): ModelPrice | null {
  const said = ownPrice(model, own);
  if (said !== undefined) return said;
  if (isOnThisMachine(endpoint)) return FREE;
  const isListed = endpoint === LIST_ORIGIN || endpoint.startsWith(`${LIST_ORIGIN}/`);
  return isListed ? (LIST_PRICES[model] ?? LIST_PRICES[undated(model)] ?? null) : null;
}

/** US dollars of a call. `tokensCached` is a part of `tokensIn`. */
export function costOf(usage: Pick<ModelUsage, 'tokensIn' | 'tokensOut' | 'tokensCached'>, price: ModelPrice): number {
  const fresh = Math.max(0, usage.tokensIn - usage.tokensCached);
  return (fresh * price.input + usage.tokensCached * price.cachedInput + usage.tokensOut * price.output) / TOKENS_PER_UNIT;
}
