import type { Metric } from '../../../../shared/model.ts';

/** A piece of local work: no calls, no tokens, no cost. */
export function localMetric(operation: string, startedAt: number, endedAt: number, items: number): Metric {
  return {
    operation, startedAt, endedAt, items, calls: 0, tokensIn: 0, tokensOut: 0, tokensCached: 0, costUsd: 0,
    estimated: false, meanConcurrency: 1, errors: 0, retries: 0, rateLimited: 0,
  };
}

/** Time at work over the time from first start to last end: how much went on at once, on the mean. */
function meanConcurrency(parts: readonly Metric[], startedAt: number, endedAt: number): number {
  const busy = parts.reduce((sum, part) => sum + part.meanConcurrency * (part.endedAt - part.startedAt), 0);
  return endedAt > startedAt ? busy / (endedAt - startedAt) : 1;
}

/** What two metrics say of calls whose answer was never seen; nothing where there are none. */
function unansweredOf(a: Metric, b: Metric): Pick<Metric, 'unanswered' | 'unansweredUsd'> {
  const unanswered = (a.unanswered ?? 0) + (b.unanswered ?? 0);
  return unanswered === 0 ? {} : { unanswered, unansweredUsd: (a.unansweredUsd ?? 0) + (b.unansweredUsd ?? 0) };
}

function merged(before: Metric, added: Metric): Metric {
  const startedAt = Math.min(before.startedAt, added.startedAt);
  const endedAt = Math.max(before.endedAt, added.endedAt);
  return {
    operation: before.operation,
    startedAt,
    endedAt,
    items: before.items + added.items,
    calls: before.calls + added.calls,
    tokensIn: before.tokensIn + added.tokensIn,
    tokensOut: before.tokensOut + added.tokensOut,
    tokensCached: before.tokensCached + added.tokensCached,
    costUsd: before.costUsd + added.costUsd,
    estimated: before.estimated || added.estimated,
    meanConcurrency: meanConcurrency([before, added], startedAt, endedAt),
    errors: before.errors + added.errors,
    retries: before.retries + added.retries,
    rateLimited: before.rateLimited + added.rateLimited,
    ...unansweredOf(before, added),
  };
}

/**
 * Adds a metric to the one of its operation, from the first start to the last end. Metrics before `sealed` are of an
 * earlier process: the time between the two is nobody's work, so they are not added to.
 */
export function addMetric(metrics: readonly Metric[], added: Metric, sealed: number): readonly Metric[] {
  const at = metrics.findIndex((metric, index) => index >= sealed && metric.operation === added.operation);
  const before = metrics[at];
  const next = before === undefined ? [...metrics, added] : metrics.map((metric, index) => (index === at ? merged(before, added) : metric));
  return [...next.slice(0, sealed), ...next.slice(sealed).sort((a, b) => a.startedAt - b.startedAt)];
}
