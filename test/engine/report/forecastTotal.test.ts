import { expect, it } from 'vitest';
import { forecastCostOfAll } from '../../../shared/words/costWords.ts';
import { forecastTotal } from '../../../shared/words/forecastTotal.ts';
import type { ModelForecast, PlannedWork } from '../../../shared/model.ts';

const AT = 'at gateway.example/v1';

function work(model: string, minutes: number, more: Partial<ModelForecast> = {}, operation = 'verify'): PlannedWork {
  const forecast: ModelForecast = {
    items: 10, cachedItems: 0, calls: 2, tokensIn: 1_000, tokensOut: 100, costP50: 0.25, costP90: 0.5, minutesP50: minutes, minutesP90: 2 * minutes, limit: '', ...more,
  };
  return { resource: `openai ${model} ${AT}`, operation, forecast };
}

const held = { heldBack: true as const };

it.each([
  ['one operation', [[work('a', 3)]], [3, 6]],
  ['operations of one run, one after another', [[work('a', 3), work('b', 2)]], [5, 10]],
  ['runs at the same time', [[work('a', 3)], [work('a', 4)]], [4, 8]],
  ['runs that wait for the limits of one model', [[work('a', 3, held)], [work('a', 4, held)]], [7, 14]],
  ['runs that wait for different models', [[work('a', 3, held)], [work('b', 4, held)]], [4, 8]],
  ['runs that share one of their models', [[work('a', 3), work('b', 2, held)], [work('a', 4), work('b', 5, held)]], [9, 18]],
  ['an operation that needs no call', [[work('a', 3), work('b', 2, { calls: 0 })]], [3, 6]],
  ['nothing', [[]], [0, 0]],
])('the time of %s', (_, planned, [p50, p90]) => {
  expect(forecastTotal(planned)).toMatchObject({ minutesP50: p50, minutesP90: p90 });
});

it('adds up calls, tokens and cost of operations and runs, and says how', () => {
  expect(forecastTotal([[work('a', 1), work('b', 1)], [work('a', 1)]])).toMatchObject({
    calls: 6, tokensIn: 3_000, tokensOut: 300, costP50: 0.75, costP90: 1.5, leastP50: 0.75, leastP90: 1.5,
    basis: expect.stringMatching(/^The upper cost is the sum of the upper costs, as if all came out high together.* one after another.* at the same time/) as string,
  });
  expect(forecastTotal([[work('a', 1)]]).basis).toBe('');
  expect(forecastTotal([[work('a', 1, {}, 'readPages')], [work('b', 1)]]).basis).toMatch(/What is asked after pictures are read is not counted\.$/);
});

const free = { costP50: 0, costP90: 0 };
const unpriced = { costP50: null, costP90: null };

it.each([
  ['$0.50, nine times in ten below $1.00', [work('a', 1), work('b', 1)]],
  ['at least $0.25, nine times in ten below $0.50, because no price is listed for b at gateway.example/v1', [work('a', 1), work('b', 1, unpriced)]],
  ['not known, because no price is listed for a at gateway.example/v1 and b at gateway.example/v1', [work('a', 1, unpriced), work('b', 1, unpriced), work('b', 1, unpriced, 'other')]],
  ['not known, because no price is listed for this model', [work('a', 1, unpriced), work('b', 1, { ...free, calls: 0 })]],
  ['free: it runs on this machine', [work('a', 1, free), work('b', 1, free)].map((one) => ({ ...one, resource: one.resource.replace('gateway.example', 'localhost') }))],
])('%s', (words, planned) => {
  expect(forecastCostOfAll([planned])).toBe(words);
});
