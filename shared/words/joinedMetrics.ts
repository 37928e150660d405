/** The metrics of one operation, one of each process that worked on a run, taken together. */
import type { Metric } from '../model.ts';

/** From when until when, in milliseconds of the clock. */
export interface Spell {
  readonly startedAt: number;
  readonly endedAt: number;
}

/** What all did together; its `meanConcurrency` is over `duration`. */
export interface JoinedMetric {
  readonly metric: Metric;
  /** When it was worked on: in order, and apart. */
  readonly spells: readonly Spell[];
  /** Milliseconds. */
  readonly duration: number;
}

const lasted = ({ startedAt, endedAt }: Spell): number => endedAt - startedAt;

function spellsOf(metrics: readonly Metric[]): readonly Spell[] {
  return metrics.toSorted((a, b) => a.startedAt - b.startedAt).reduce<readonly Spell[]>((spells, { startedAt, endedAt }) => {
    const last = spells.at(-1);
    if (last === undefined || startedAt > last.endedAt) return [...spells, { startedAt, endedAt }];
    return [...spells.slice(0, -1), { startedAt: last.startedAt, endedAt: Math.max(last.endedAt, endedAt) }];
  }, []);
}

function joined(metrics: readonly [Metric, ...Metric[]]): JoinedMetric {
  const [first] = metrics;
  const spells = spellsOf(metrics);
  // Nobody is at work between two processes, and no time counts twice where they overlap.
  const duration = spells.reduce((sum, spell) => sum + lasted(spell), 0);
  if (metrics.length === 1) return { metric: first, spells, duration };
  const sum = (of: (metric: Metric) => number): number => metrics.reduce((all, metric) => all + of(metric), 0);
  const busy = sum((metric) => metric.meanConcurrency * lasted(metric));
  return {
    metric: {
      operation: first.operation,
      startedAt: Math.min(...metrics.map(({ startedAt }) => startedAt)),
      endedAt: Math.max(...metrics.map(({ endedAt }) => endedAt)),
      items: sum(({ items }) => items),
      calls: sum(({ calls }) => calls),
      tokensIn: sum(({ tokensIn }) => tokensIn),
      tokensOut: sum(({ tokensOut }) => tokensOut),
      tokensCached: sum(({ tokensCached }) => tokensCached),
      costUsd: sum(({ costUsd }) => costUsd),
      estimated: metrics.some(({ estimated }) => estimated),
      meanConcurrency: duration > 0 ? busy / duration : Math.max(...metrics.map(({ meanConcurrency }) => meanConcurrency)),
      errors: sum(({ errors }) => errors),
      retries: sum(({ retries }) => retries),
      rateLimited: sum(({ rateLimited }) => rateLimited),
      ...(metrics.some(({ unanswered }) => unanswered !== undefined) ? { unanswered: sum(({ unanswered = 0 }) => unanswered), unansweredUsd: sum(({ unansweredUsd = 0 }) => unansweredUsd) } : {}),
    },
    spells,
    duration,
  };
}

/** One of each operation, in the order of their first metric. */
export function joinedMetrics(metrics: readonly Metric[]): readonly JoinedMetric[] {
  const byOperation = new Map<string, [Metric, ...Metric[]]>();
  for (const metric of metrics) {
    const known = byOperation.get(metric.operation);
    if (known === undefined) byOperation.set(metric.operation, [metric]);
    else known.push(metric);
  }
  return [...byOperation.values()].map(joined);
}
