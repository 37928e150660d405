import { describe, expect, it } from 'vitest';
import { operationTitle } from '../../../shared/words/labels.ts';
import { askedWords, budgetWords, COMPARE_BY_MEANING, formatUsd, modelName, roughly, savedWords, workName } from '../../../shared/words/modelWords.ts';

describe('figures of calls, in words', () => {
  it.each([[0, '$0'], [0.0004, '< $0.001'], [0.0642, '$0.064'], [0.02, '$0.02'], [0.5, '$0.50'], [1234.5, '$1,235']])('%d is %s', (usd, words) => expect(formatUsd(usd)).toBe(words));

  it.each([[140_571, 'about 140,000'], [97, 'about 97'], [1_250, 'about 1,300'], [0, 'about 0']])('a forecast of %d is %s', (count, words) => expect(roughly(count)).toBe(words));

  it.each([
    ['openai gpt-4o-mini at api.openai.com/v1', 'gpt-4o-mini at api.openai.com/v1'], ['vscode copilot-gpt-4o', 'copilot-gpt-4o of this editor'],
    ['vscode the editor\'s model', 'the model this editor chooses'],
  ])('%s is %s', (resource, words) => expect(modelName(resource)).toBe(words));
});

describe('what is asked, by operation', () => {
  const forecast = { items: 212, cachedItems: 0, calls: 1, tokensIn: 0, tokensOut: 0, costP50: 0, costP90: 0, minutesP50: 0, minutesP90: 0, limit: '' };

  it.each([
    ['verify', forecast, '212 provisions that rules leave open, with their candidates'],
    ['prefilter', { ...forecast, items: 1 }, '1 provision that rules leave open, with their candidates, for a first look at which are about the same matter'],
    ['prefilter', { ...forecast, cachedItems: 12, askedTwice: 24 }, '212 provisions that rules leave open, with their candidates, for a first look at which are about the same matter; 12 are answered already; 24 are asked twice, to see whether answers depend on their batch'],
  ])('%s', (operation, planned, words) => expect(askedWords(operation, planned)).toBe(words));

  it.each([
    ['the only work of a run is named by its model', 'prefilter', 1, 'small at host/v1'],
    ['one of several, by what it was asked for', 'prefilter', 2, 'small at host/v1, first look'],
    ['one of several of a version that did not say', undefined, 2, 'small at host/v1'],
  ])('%s', (_, operation, works, words) => {
    const work = { resource: 'openai small at host/v1', ...(operation === undefined ? {} : { operation }) };
    expect(workName(work, Array.from({ length: works }, () => work))).toBe(words);
  });

  it.each([['prefilter', 'First look'], ['verify', 'Verify'], ['newTargets', 'New targets']])('%s is called %s', (operation, title) => expect(operationTitle(operation)).toBe(title));
});

it.each([
  [0.01, 0.009_43, 0.001_21, 'The budget of $0.01 for a run does not allow another call: $0.0094 is spent, and the next one may cost up to $0.0013.'],
  [0.000_1, 0, 0.001_55, 'The budget of $0.0001 for a run does not allow another call: $0 is spent, and the next one may cost up to $0.0016.'],
  [0.5, 0.481, 0.2, 'The budget of $0.50 for a run does not allow another call: $0.48 is spent, and the next one may cost up to $0.20.'],
  [12, 11.999, 0.012, 'The budget of $12 for a run does not allow another call: $11.999 is spent, and the next one may cost up to $0.012.'],
])('a budget of %d with %d spent does not allow a call of %d', (limit, spent, next, words) => expect(budgetWords(limit, spent, next)).toBe(words));

it('a budget counts what may have been paid for calls whose answer was never seen', () => {
  expect(budgetWords(0.5, 0.31, 0.2, 0.061)).toBe('The budget of $0.50 for a run does not allow another call: $0.31 is spent, at most $0.07 more for calls whose answer was never seen, and the next one may cost up to $0.20.');
});

describe('what is asked', () => {
  const forecast = { items: 1_230, cachedItems: 12, calls: 10, tokensIn: 0, tokensOut: 0, costP50: 0, costP90: 0, minutesP50: 0, minutesP90: 0, limit: '' };
  it.each([
    ['verify', { ...forecast, askedTwice: 24 }, '1,230 provisions that rules leave open, with their candidates; 12 are answered already; 24 are asked twice, to see whether answers depend on their batch'],
    [COMPARE_BY_MEANING, forecast, '1,230 texts compared by meaning; 12 are known already'],
    [COMPARE_BY_MEANING, { ...forecast, cachedItems: 0 }, '1,230 texts compared by meaning'],
    ['readPages', { ...forecast, items: 1, cachedItems: 0 }, '1 picture of a page, to be read word for word'],
    ['readPages', { ...forecast, items: 2, cachedItems: 1 }, '2 pictures of pages, to be read word for word; 1 is answered already'],
    ['somethingNew', { ...forecast, items: 3, cachedItems: 0 }, '3 items'],
  ])('by %s is said', (operation, asked, words) => expect(askedWords(operation, asked)).toBe(words));
});

it('how long calls took is said beside what was saved', () => {
  expect(savedWords({ resource: '', advice: '', samples: [], cachedItems: 2, latency: { p50: 3_140, p90: 12_000 } })).toBe('Half of the calls took 3.1 s or less, nine in ten 12.0 s. 2 items answered without a new call.');
});

describe('what needed no new call, and what may have been paid twice', () => {
  it.each([[0, undefined, ''], [1, undefined, '1 item answered without a new call.'], [0, 24, 'At most 24 items of calls in flight when the run was interrupted may have been paid twice.'], [7, 1, '7 items answered without a new call. At most 1 item of calls in flight when the run was interrupted may have been paid twice.']] as const)(
    '%s, %s', (cachedItems, repeatedAtMost, words) => expect(savedWords({ resource: '', advice: '', samples: [], cachedItems, ...(repeatedAtMost === undefined ? {} : { repeatedAtMost }) })).toBe(words),
  );
});
