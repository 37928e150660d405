import { describe, expect, it } from 'vitest';
import { costWords, formatUsd } from '../../../shared/words/modelWords.ts';

const metric = (calls: number, costUsd: number, estimated = false) => ({ calls, costUsd, estimated });

describe('what calls cost, in words', () => {
  it.each([
    ['no call', [metric(0, 0)], '$0'],
    ['calls nobody knows the price of', [metric(0, 0), metric(3, 0)], 'no price known'],
    ['calls of a known price', [metric(0, 0), metric(3, 1.234)], '$1.23'],
    ['calls whose tokens are estimates', [metric(3, 1.234, true)], 'about $1.23'],
  ] as const)('%s', (_name, metrics, words) => expect(costWords(metrics)).toBe(words));

  it.each([[0, '$0'], [0.0004, '< $0.001'], [0.0642, '$0.064'], [0.5, '$0.50'], [1234.5, '$1,235']])('%d is %s', (usd, words) => expect(formatUsd(usd)).toBe(words));
});
