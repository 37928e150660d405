import { describe, expect, it } from 'vitest';
import type { Metric } from '../../../shared/model.ts';
import { timingRows } from '../../../shared/words/ledgerRows.ts';

const metric = (operation: string, startedAt: number, endedAt: number, items: number, more: Partial<Metric> = {}): Metric => ({
  operation, startedAt, endedAt, items, calls: 0, tokensIn: 0, tokensOut: 0, tokensCached: 0, costUsd: 0, estimated: false, meanConcurrency: 1, errors: 0, retries: 0, rateLimited: 0, ...more,
});

describe('the timing of a run that several processes worked on', () => {
  const rows = timingRows([
    metric('prefilter', 0, 1_000, 0, { calls: 2, tokensIn: 10, costUsd: 0.25, meanConcurrency: 2, errors: 1 }),
    metric('verify', 500, 1_000, 0, { calls: 1 }),
    metric('prefilter', 60_000, 63_000, 48, { calls: 5, tokensIn: 30, tokensOut: 7, costUsd: 0.5, estimated: true, meanConcurrency: 6, retries: 1 }),
    metric('decide', 64_000, 65_000, 9),
  ]);

  it('has each operation once, in the order they began', () => {
    expect(rows.map(({ operation, metric: { items, calls } }) => [operation, items, calls])).toEqual([['First look', 48, 7], ['Verify', 0, 1], ['Decide', 9, 0]]);
  });

  it('adds up what they did, over the time that any was at work', () => {
    expect(rows[0]).toEqual({
      operation: 'First look', duration: 4_000, itemsPerSecond: 12, spells: [{ startedAt: 0, endedAt: 1_000 }, { startedAt: 60_000, endedAt: 63_000 }],
      metric: metric('prefilter', 0, 63_000, 48, { calls: 7, tokensIn: 40, tokensOut: 7, costUsd: 0.75, estimated: true, meanConcurrency: 5, errors: 1, retries: 1 }),
    });
  });

  it('counts no time twice where two were at work', () => {
    const [row] = timingRows([metric('verify', 1_000, 3_000, 4), metric('verify', 0, 2_000, 2), metric('verify', 3_000, 3_000, 0)]);
    expect([row?.duration, row?.spells, row?.itemsPerSecond, row?.metric.meanConcurrency]).toEqual([3_000, [{ startedAt: 0, endedAt: 3_000 }], 2, 4_000 / 3_000]);
  });
});
