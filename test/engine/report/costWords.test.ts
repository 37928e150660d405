import { describe, expect, it } from 'vitest';
import type { Metric } from '../../../shared/model.ts';
import { costNote, costWords, forecastCost, knownCost, operationCost } from '../../../shared/words/costWords.ts';

const metric = (calls: number, tokensIn: number, costUsd: number, estimated = false): Metric => ({
  operation: 'verify', startedAt: 0, endedAt: 1, items: 1, calls, tokensIn, tokensOut: 0, tokensCached: 0, costUsd, estimated, meanConcurrency: 1, errors: 0, retries: 0, rateLimited: 0,
});
const UNSEEN = 'calls in flight when the run was stopped, or given up after too long, whose answer was never seen.';
const LOCAL = 'openai m at 127.0.0.1:11434/v1';
const REMOTE = 'openai m at gateway.example/v1';
const run = (provider: string, metrics: readonly Metric[], prices: Readonly<Record<string, string>> = {}, budgetPerRun = 0) => ({ provider, metrics, settings: { prices, budgetPerRun } });

describe('what a run cost', () => {
  const used = [metric(0, 0, 0), metric(3, 100, 0)];
  it.each([
    ['no model was asked', run('local', [metric(0, 0, 0)]), '$0', 0, ''],
    ['calls that used no token', run(REMOTE, [metric(3, 0, 0)]), '$0', 0, ''],
    ['a known price', run(REMOTE, [metric(3, 100, 1.234)]), '$1.23', 1.234, ''],
    ['tokens that are estimates', run(REMOTE, [metric(3, 100, 1.234, true)]), 'about $1.23', 1.234, ''],
    ['a price nobody knows', run(REMOTE, used), 'not known', null, 'What m at gateway.example/v1 cost is not known, because no price is listed for it.'],
    ['a price of nothing that was given', run(REMOTE, used, { m: '0/0' }), '$0', 0, ''],
    ['a price that cannot be read', run(REMOTE, used, { m: 'cheap' }), 'not known', null, 'What m at gateway.example/v1 cost is not known, because no price is listed for it.'],
    ['calls whose answer was never seen', run(REMOTE, [{ ...metric(5, 100, 0.27), unanswered: 2, unansweredUsd: 0.06 }]), '$0.27 to $0.33', 0.27, `At most $0.06 more for 2 ${UNSEEN}`],
    ['nothing but such calls', run(REMOTE, [{ ...metric(1, 0, 0), unanswered: 1, unansweredUsd: 0.5 }]), '$0 to $0.50', 0, 'At most $0.50 more for 1 call in flight when the run was stopped, or given up after too long, whose answer was never seen.'],
    ['such calls at a price nobody knows', run(REMOTE, [{ ...metric(2, 0, 0), unanswered: 2, unansweredUsd: 0 }]), 'not known', null, `What m at gateway.example/v1 cost is not known, because no price is listed for it. What may have been paid for 2 ${UNSEEN.replace(/\.$/u, '')} is not known.`],
    ['such calls on this machine', run(LOCAL, [{ ...metric(2, 0, 0), unanswered: 2, unansweredUsd: 0 }]), 'free', 0, 'm at 127.0.0.1:11434/v1 is free: it runs on this machine.'],
    ['a model of the editor', run('vscode gpt-4o', used), 'not known', null, 'What gpt-4o of this editor cost is not known, because no price is listed for it.'],
    ['a model on this machine', run(LOCAL, used), 'free', 0, 'm at 127.0.0.1:11434/v1 is free: it runs on this machine.'],
    ['a model on this machine whose calls failed', run(LOCAL, [metric(3, 0, 0)]), 'free', 0, 'm at 127.0.0.1:11434/v1 is free: it runs on this machine.'],
    ['a model on this machine, with a budget', run(LOCAL, used, {}, 1), 'free', 0, 'm at 127.0.0.1:11434/v1 is free: it runs on this machine, so the budget of $1.00 has no effect.'],
    ['a model on this machine that has a price', run(LOCAL, [metric(3, 100, 0.5)], { m: '5/5' }, 1), '$0.50', 0.5, ''],
    ['a run of an earlier version', { provider: LOCAL, metrics: used, settings: {} }, 'free', 0, 'm at 127.0.0.1:11434/v1 is free: it runs on this machine.'],
  ])('%s', (_, of, words, usd, note) => {
    expect(costWords(of)).toBe(words);
    expect(knownCost(of)).toBe(usd);
    expect(costNote(of)).toBe(note);
  });

  it('is a dash of an operation that asks no model', () => {
    expect(used.map((one) => operationCost(run(LOCAL, used), one))).toEqual(['\u2013', 'free']);
    expect(used.map((one) => operationCost(run(REMOTE, used), one))).toEqual(['\u2013', 'not known']);
  });
});

describe('what a run cost that asked several models', () => {
  const MODELS = { verify: 'large', prefilter: 'small', embed: 'e', vision: 'v' };
  const of = (operation: string, costUsd: number, tokensIn = 100): Metric => ({ ...metric(3, tokensIn, costUsd), operation });
  const asked = (metrics: readonly Metric[], prices: Readonly<Record<string, string>> = {}, provider = 'openai large at gateway.example/v1') => ({ provider, metrics, settings: { models: MODELS, prices } });
  const LARGE = { large: '2/8' };
  it.each([
    ['the main one alone has a price', asked([of('compareByMeaning', 0), of('prefilter', 0), of('verify', 0.17)], LARGE), ['not known', 'not known', '$0.17'], 'at least $0.17', null, 'What e and small at gateway.example/v1 cost is not known, because no price is listed for them.'],
    ['another alone has a price', asked([of('readPages', 0.004), of('verify', 0)], { v: '1/1' }), ['$0.004', 'not known'], 'at least $0.004', null, 'What large at gateway.example/v1 cost is not known, because no price is listed for it.'],
    ['the one without a price used no token', asked([of('prefilter', 0, 0), of('verify', 0.17)], LARGE), ['$0', '$0.17'], '$0.17', 0.17, ''],
    ['each has a price, one of nothing', asked([of('prefilter', 0), of('verify', 0.17)], { ...LARGE, small: '0/0' }), ['$0', '$0.17'], '$0.17', 0.17, ''],
    ['one of them was asked by two processes', asked([of('verify', 0.17), of('verify', 0)]), ['$0.17', '$0'], '$0.17', 0.17, ''],
    ['one of them reads pictures for rules', asked([of('readPages', 0)], {}, 'rules; pictures read by openai v at gateway.example/v1'), ['not known'], 'not known', null, 'What v at gateway.example/v1 cost is not known, because no price is listed for it.'],
    ['pictures are read on this machine', asked([of('readPages', 0)], {}, 'rules; pictures read by openai v at 127.0.0.1:80/v1'), ['free'], 'free', 0, 'v at 127.0.0.1:80/v1 is free: it runs on this machine.'],
    ['all are on this machine', asked([of('prefilter', 0), of('verify', 0)], {}, 'openai large at 127.0.0.1:80/v1'), ['free', 'free'], 'free', 0, 'small and large at 127.0.0.1:80/v1 are free: they run on this machine.'],
    ['all are on this machine, and one has a price', asked([of('prefilter', 0), of('verify', 0.17)], LARGE, 'openai large at 127.0.0.1:80/v1'), ['free', '$0.17'], '$0.17', 0.17, ''],
  ])('%s', (_, one, cells, words, usd, note) => {
    expect(one.metrics.map((each) => operationCost(one, each))).toEqual(cells);
    expect([costWords(one), knownCost(one), costNote(one)]).toEqual([words, usd, note]);
  });
});

it.each([
  ['a price', REMOTE, 0.12, 0.2, '$0.12, nine times in ten below $0.20'],
  ['a price nobody knows', REMOTE, null, null, 'not known, because no price is listed for this model'],
  ['this machine', LOCAL, 0, 0, 'free: it runs on this machine, so the budget of $2.00 has no effect'],
  ['this machine, with a price', LOCAL, 0.1, 0.1, '$0.10'],
])('a forecast of %s', (_, resource, costP50, costP90, words) => expect(forecastCost(resource, { costP50, costP90 }, 2)).toBe(words));
