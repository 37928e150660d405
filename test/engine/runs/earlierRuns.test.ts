import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { nodeClock, nodeYield } from '../../../server/src/adapters/nodeClock.ts';
import { nodeSleep } from '../../../server/src/adapters/nodeSleep.ts';
import { createEngine, DEFAULT_SETTINGS, type Settings } from '../../../server/src/engine/index.ts';
import { fakeModel } from '../../fakes/fakeModel.ts';
import { fakePorts } from '../../fakes/fakePorts.ts';
import { value } from './scenarios.ts';

const read = (name: string): string => readFileSync(new URL(`../../../samples/plans/${name}`, import.meta.url), 'utf8');
const FILES = new Map([['alder.md', read('alder-basic-plan.md')], ['birch.md', read('birch-basic-plan.md')]]);
const SETTINGS: Settings = { ...DEFAULT_SETTINGS, provider: 'openai', models: { ...DEFAULT_SETTINGS.models, verify: 'gpt-4o-mini' } };
const REQUEST = { workflow: 'crosswalk' as const, inputs: ['alder.md', 'birch.md'].map((key) => ({ key, path: key })), settings: SETTINGS };

it('a forecast learns nothing from a run whose calls all failed, and from one that was answered it does', async () => {
  let isSpent = true;
  const model = fakeModel({ fails: () => (isSpent ? { code: 'quota', message: 'Your allowance is spent.', retry: 'never' } : null) });
  const { runs } = createEngine({ ...fakePorts({ files: new Map(FILES), modelProvider: model.port }), clock: nodeClock, sleep: nodeSleep, yieldToHost: nodeYield });
  const forecast = async () => value(await runs.estimate(REQUEST, new AbortController().signal)).planned[0]?.forecast;
  const first = await forecast();
  expect(first?.tokensOut).toBeGreaterThan(1_000);
  const spent = await runs.settled(value(await runs.start(REQUEST)));
  expect(spent.metrics.find(({ operation }) => operation === 'verify')?.errors).toBeGreaterThan(0);
  expect(await forecast()).toEqual(first);
  isSpent = false;
  await runs.settled(value(await runs.start(REQUEST)));
  expect((await forecast())?.limit).toMatch(/Every answer is kept/u);
  const changed = { ...REQUEST, inputs: REQUEST.inputs.toReversed() };
  expect(value(await runs.estimate(changed, new AbortController().signal)).planned[0]?.forecast.limit).toMatch(/rests on 1 earlier run/u);
});
