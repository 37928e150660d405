import { describe, expect, it } from 'vitest';
import { askedWords, budgetWords, costWords, formatUsd, modelName, roughly, savedWords } from '../../../shared/words/modelWords.ts';

const metric = (tokensIn: number, costUsd: number, estimated = false) => ({ tokensIn, tokensOut: 0, costUsd, estimated });

describe('what calls cost, in words', () => {
  it.each([
    ['no call, or none that used a token', [metric(0, 0)], '$0'],
    ['calls nobody knows the price of', [metric(0, 0), metric(3, 0)], 'no price known'],
    ['calls of a known price', [metric(0, 0), metric(3, 1.234)], '$1.23'],
    ['calls whose tokens are estimates', [metric(3, 1.234, true)], 'about $1.23'],
  ] as const)('%s', (_name, metrics, words) => expect(costWords(metrics)).toBe(words));

  it.each([[0, '$0'], [0.0004, '< $0.001'], [0.0642, '$0.064'], [0.02, '$0.02'], [0.5, '$0.50'], [1234.5, '$1,235']])('%d is %s', (usd, words) => expect(formatUsd(usd)).toBe(words));

  it.each([[140_571, 'about 140,000'], [97, 'about 97'], [1_250, 'about 1,300'], [0, 'about 0']])('a forecast of %d is %s', (count, words) => expect(roughly(count)).toBe(words));

  it.each([
    ['openai gpt-4o-mini at api.openai.com/v1', 'gpt-4o-mini at api.openai.com/v1'], ['vscode copilot-gpt-4o', 'copilot-gpt-4o of this editor'],
  ])('%s is %s', (resource, words) => expect(modelName(resource)).toBe(words));
});

it.each([
  [0.01, 0.009_43, 0.001_21, 'The budget of $0.01 for a run does not allow another call: $0.0094 is spent, and the next one may cost up to $0.0013.'],
  [0.000_1, 0, 0.001_55, 'The budget of $0.0001 for a run does not allow another call: $0 is spent, and the next one may cost up to $0.0016.'],
  [0.5, 0.481, 0.2, 'The budget of $0.50 for a run does not allow another call: $0.48 is spent, and the next one may cost up to $0.20.'],
  [12, 11.999, 0.012, 'The budget of $12 for a run does not allow another call: $11.999 is spent, and the next one may cost up to $0.012.'],
])('a budget of %d with %d spent does not allow a call of %d', (limit, spent, next, words) => expect(budgetWords(limit, spent, next)).toBe(words));

it.each([
  ['verify', 212, 12, 0, '212 provisions that rules leave open, with their candidates; 12 are answered already'],
  ['verify', 48, 0, 24, '48 provisions that rules leave open, with their candidates; 24 are asked twice, to see whether answers depend on their batch'],
  ['readPages', 1, 0, 0, '1 picture of a page, to be read word for word'],
  ['readPages', 2, 1, 0, '2 pictures of pages, to be read word for word; 1 is answered already'],
  ['somethingNew', 3, 0, 0, '3 items'],
])('%s of %d items, %d of them known: what is asked', (operation, items, cachedItems, askedTwice, words) => {
  expect(askedWords(operation, { items, cachedItems, askedTwice, calls: 1, tokensIn: 0, tokensOut: 0, costP50: 0, costP90: 0, minutesP50: 0, minutesP90: 0, limit: '' })).toBe(words);
});

it('how long calls took is said beside what was saved', () => {
  expect(savedWords({ resource: '', advice: '', samples: [], cachedItems: 2, latency: { p50: 3_140, p90: 12_000 } })).toBe('Half of the calls took 3.1 s or less, nine in ten 12.0 s. 2 items answered without a new call.');
});

describe('what needed no new call, and what may have been paid twice', () => {
  it.each([[0, undefined, ''], [1, undefined, '1 item answered without a new call.'], [0, 24, 'At most 24 items of calls in flight when the run was interrupted may have been paid twice.'], [7, 1, '7 items answered without a new call. At most 1 item of calls in flight when the run was interrupted may have been paid twice.']] as const)(
    '%s, %s', (cachedItems, repeatedAtMost, words) => expect(savedWords({ resource: '', advice: '', samples: [], cachedItems, ...(repeatedAtMost === undefined ? {} : { repeatedAtMost }) })).toBe(words),
  );
});
