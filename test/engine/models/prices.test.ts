import { describe, expect, it } from 'vitest';
import { costOf, parsePrice, priceOf } from '../../../server/src/engine/models/prices.ts';

const OPENAI = 'https://api.openai.com/v1';

describe('the price of a model', () => {
  it.each([
    ['a listed model', 'gpt-4o-mini', OPENAI, {}, 0.15],
    ['a listed model of a day', 'gpt-4o-mini-2024-07-18', OPENAI, {}, 0.15],
    ['a model nobody has listed', 'gpt-99', OPENAI, {}, null],
    ['a listed name at another endpoint', 'gpt-4o-mini', 'https://gateway.example/v1', {}, null],
    ['an endpoint that only begins alike', 'gpt-4o-mini', 'https://api.openai.com.example/v1', {}, null],
    ['a model on this machine', 'llama3.1', 'http://localhost:11434/v1', {}, 0],
    ['a model behind a name that only begins so', 'llama3.1', 'http://localhost.example/v1', {}, null],
    ['the price of the user before the list', 'gpt-4o-mini', OPENAI, { 'gpt-4o-mini': { input: 9, cachedInput: 9, output: 9 } }, 9],
    ['the price of the user on this machine', 'llama3.1', 'http://127.0.0.1:1/v1', { 'llama3.1': { input: 1, cachedInput: 1, output: 1 } }, 1],
  ])('%s', (_name, model, endpoint, own, input) => {
    expect(priceOf(model, endpoint, own)?.input ?? null).toBe(input);
  });

  it.each([
    ['0.15/0.60', { input: 0.15, cachedInput: 0.15, output: 0.6 }],
    ['2 / 0.5 / 8', { input: 2, cachedInput: 0.5, output: 8 }],
    ['1', null],
    ['1/2/3/4', null],
    ['1/-2', null],
    ['1/', null],
    ['one/two', null],
  ])('reads %s', (text, expected) => {
    expect(parsePrice(text)).toEqual(expected);
  });

  it('counts input the provider had at its own price', () => {
    const cost = costOf({ tokensIn: 1_000_000, tokensCached: 400_000, tokensOut: 100_000 }, { input: 2, cachedInput: 0.5, output: 8 });
    expect(cost).toBeCloseTo(0.6 * 2 + 0.4 * 0.5 + 0.1 * 8, 10);
  });
});
