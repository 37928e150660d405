/** The model runtime over the ports of a host. */
import { modelFor, type ModelRole, type ProviderLimits, type Settings } from '../../../../shared/settings.ts';
import type { Ports, RunStore } from '../ports.ts';
import type { EarlierRun } from '../scheduling/callHabits.ts';
import { createLimiter } from '../scheduling/createLimiter.ts';
import type { Limiter, ResourceLimits } from '../scheduling/limiterTypes.ts';
import type { ModelProvider } from './modelPort.ts';
import { ModelRuntime } from './modelRuntime.ts';
import { parsePrice, priceOf, type ModelPrice } from './prices.ts';

/** Calls in flight at first; what a provider bears is found out from there. */
const START_CONCURRENCY = 8;
/** Milliseconds of one call: reasoning models take minutes over a long batch. */
const CALL_TIMEOUT_MS = 180_000;
const MAX_ATTEMPTS = 6;

export function resourceLimits({ limits }: { readonly limits: ProviderLimits }): ResourceLimits {
  const set = (limit: number): number | null => (limit > 0 ? limit : null);
  return {
    startConcurrency: Math.min(START_CONCURRENCY, limits.maxConcurrency),
    maxConcurrency: limits.maxConcurrency,
    requestsPerMinute: set(limits.requestsPerMinute),
    tokensPerMinute: set(limits.tokensPerMinute),
    requestsPerDay: set(limits.requestsPerDay),
    callTimeoutMs: CALL_TIMEOUT_MS,
    maxAttempts: MAX_ATTEMPTS,
  };
}

/** Where calls go: `api.openai.com/v1`. */
export function endpointWords({ endpoint }: ModelProvider): string {
  return endpoint.replace(/^https?:\/\//, '');
}

/** `openai gpt-4o-mini at api.openai.com/v1`. */
export function providerWords(provider: ModelProvider, settings: Settings, role: ModelRole): string {
  const model = modelFor(settings, role) ?? '';
  if (provider.name === 'vscode') return `vscode ${model || 'the editor\'s model'}`;
  return `${provider.name} ${model} at ${endpointWords(provider)}`;
}

function ownPrices({ prices }: Settings): Readonly<Record<string, ModelPrice>> {
  return Object.fromEntries(Object.entries(prices).flatMap(([model, text]) => {
    const price = parsePrice(text);
    return price === null ? [] : [[model, price]];
  }));
}

/** Runs looked through for those that asked the same. */
const LOOKED_THROUGH = 40;
const LEARNED_FROM = 5;

/** Finished runs that asked a resource for this operation, newest first. One that was interrupted has no single time. */
async function earlierRuns(store: RunStore, resource: string, operation: string): Promise<readonly EarlierRun[]> {
  const found = await store.runs(0, LOOKED_THROUGH);
  // A forecast without history rests on what is usual, and says so.
  if (!found.ok) return [];
  return found.value.rows.flatMap(({ metrics, models, state }): readonly EarlierRun[] => {
    const work = models?.find((one) => one.resource === resource && (one.operation ?? operation) === operation);
    // Calls that all failed tell nothing of those that will be answered.
    const own = metrics.filter((metric) => metric.operation === operation && metric.calls > metric.errors);
    const [metric] = own;
    if (work === undefined || metric === undefined || own.length !== 1 || (state !== 'done' && state !== 'partial')) return [];
    return [{ metric, forecastTokensIn: work.forecast?.tokensIn ?? null, assumed: work.forecast?.assumed === true, askedItems: Math.max(0, metric.items - work.cachedItems) + (work.forecast?.askedTwice ?? 0), samples: work.samples, latency: work.latency ?? null }];
  }).slice(0, LEARNED_FROM);
}

export function openRuntime(ports: Ports): ModelRuntime {
  const { clock, sleep, random, allowance, answers, calls, log, owner, store, yieldToHost } = ports;
  const limiters = new Map<string, Limiter>();
  return new ModelRuntime({
    answers,
    calls,
    owner,
    async addAttempt(runId, number, attempt, begun) {
      const added = await store.addAttempt(runId, owner, number, attempt, begun);
      if (!added.ok) log.warn(`What a call of run ${runId} took was not written: ${added.failure.message}`);
    },
    async beginAttempt(runId, begun, attempt) {
      const added = await store.beginAttempt(runId, owner, begun, attempt);
      if (!added.ok) log.warn(`That a call of run ${runId} goes out was not written: ${added.failure.message}`);
    },
    now: () => clock.now(),
    limiterOf(resource, limits) {
      // Limits are part of which limiter it is: a changed setting holds for the next run.
      const key = JSON.stringify([resource, limits]);
      const limiter = limiters.get(key) ?? createLimiter({ resource, limits, clock, sleep, random, allowance });
      limiters.set(key, limiter);
      return limiter;
    },
    priceOf: (model, endpoint, settings) => priceOf(model, endpoint, ownPrices(settings)),
    historyOf: (resource, operation) => earlierRuns(store, resource, operation),
    yieldToHost,
    sleep,
  });
}
