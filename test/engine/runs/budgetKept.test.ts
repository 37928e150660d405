import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { nodeClock, nodeYield } from '../../../server/src/adapters/nodeClock.ts';
import { createEngine, DEFAULT_SETTINGS, type Settings } from '../../../server/src/engine/index.ts';
import { fakeModel } from '../../fakes/fakeModel.ts';
import { fakePorts } from '../../fakes/fakePorts.ts';
import { value } from './scenarios.ts';

const read = (name: string): string => readFileSync(new URL(`../../../samples/plans/${name}`, import.meta.url), 'utf8');
const FILES = new Map([['alder.md', read('alder-basic-plan.md')], ['birch.md', read('birch-basic-plan.md')]]);
const BUDGET = 0.1;
const SETTINGS: Settings = {
  ...DEFAULT_SETTINGS, provider: 'openai', models: { ...DEFAULT_SETTINGS.models, verify: 'm', prefilter: 'small' }, prices: { m: '1/4', small: '1/4' }, budgetPerRun: BUDGET,
};

it('a budget lets nothing more out where calls cost more than was reserved for them', async () => {
  let calls = 0;
  const model = fakeModel({
    fails: () => {
      calls += 1;
      return { code: 'refused', message: 'It declined.', retry: 'never', usage: { tokensIn: 1_000_000, tokensOut: 1_000_000, tokensCached: 0, estimated: false } };
    },
  });
  const { runs } = createEngine({ ...fakePorts({ files: new Map(FILES), modelProvider: model.port }), clock: nodeClock, sleep: () => Promise.resolve(), yieldToHost: nodeYield });
  const request = { workflow: 'crosswalk' as const, inputs: [...FILES.keys()].map((key) => ({ key, path: key })), settings: { ...SETTINGS, models: { ...SETTINGS.models, prefilter: '' }, budgetPerRun: 4 } };
  const end = await runs.settled(value(await runs.start(request)));
  expect(end).toMatchObject({ state: 'paused', pausedBy: 'budget' });
  // Those that were out when the first came back.
  expect(calls).toBeLessThanOrEqual(8);
});

it('a budget holds where every answer is paid and none can be used', async () => {
  const model = fakeModel({
    fails: (_number, _ids, { messages }) => {
      const tokensIn = Math.ceil(messages.reduce((sum, { content }) => sum + content.length, 0) / 4);
      return { code: 'badAnswer', message: 'It said nothing.', retry: 'now', usage: { tokensIn, tokensOut: 100, tokensCached: 0, estimated: false } };
    },
  });
  // Attempts follow each other at once.
  const { runs } = createEngine({ ...fakePorts({ files: new Map(FILES), modelProvider: model.port }), clock: nodeClock, sleep: () => Promise.resolve(), yieldToHost: nodeYield });
  const request = { workflow: 'crosswalk' as const, inputs: [...FILES.keys()].map((key) => ({ key, path: key })), settings: SETTINGS };
  const end = await runs.settled(value(await runs.start(request)));
  expect(end).toMatchObject({ state: 'paused', pausedBy: 'budget' });
  const spent = end.metrics.reduce((sum, { costUsd }) => sum + costUsd, 0);
  expect(spent).toBeGreaterThan(BUDGET / 2);
  expect(spent).toBeLessThanOrEqual(BUDGET);
});
