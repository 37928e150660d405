import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { nodeClock, nodeYield } from '../../../server/src/adapters/nodeClock.ts';
import { nodeSleep } from '../../../server/src/adapters/nodeSleep.ts';
import { createEngine, DEFAULT_SETTINGS, type RunRequest, type Settings } from '../../../server/src/engine/index.ts';
import { fakeModel, type FakeModel, type FakeModelOptions } from '../../fakes/fakeModel.ts';
import { fakePorts } from '../../fakes/fakePorts.ts';
import { memoryAnswers, type MemoryAnswers } from '../../fakes/memoryAnswers.ts';
import { value } from './scenarios.ts';

const read = (name: string): string => readFileSync(new URL(`../../../samples/plans/${name}`, import.meta.url), 'utf8');
const FILES = new Map([['alder.md', read('alder-basic-plan.md')], ['birch.md', read('birch-basic-plan.md')]]);
const SETTINGS: Settings = {
  ...DEFAULT_SETTINGS, provider: 'openai', models: { ...DEFAULT_SETTINGS.models, verify: 'gpt-4o-mini' }, limits: { ...DEFAULT_SETTINGS.limits, maxConcurrency: 2 },
};
const REQUEST: RunRequest = { workflow: 'crosswalk', inputs: [...FILES.keys()].map((key) => ({ key, path: key })), settings: SETTINGS };

/** A run of a process of its own, with its own store, over a cache that others may write, too. */
async function run(answers: MemoryAnswers, options: FakeModelOptions = {}) {
  const model: FakeModel = fakeModel(options);
  let now = nodeClock.now();
  // Whether others have written is looked at now and then: here at every call.
  const clock = { now: () => (now += 200), monotonic: () => nodeClock.monotonic() };
  const { runs } = createEngine({ ...fakePorts({ files: new Map(FILES), modelProvider: model.port, answers }), clock, sleep: nodeSleep, yieldToHost: nodeYield });
  const end = await runs.settled(value(await runs.start(REQUEST)));
  const [found] = value(await runs.output([end.id])).runs;
  const metric = end.metrics.find(({ operation }) => operation === 'verify');
  return { asked: model.asked, end, metric, found: { matches: found?.matches, newTargets: found?.newTargets, ledger: found?.ledger } };
}

it('what another process answers while calls wait for their turn is taken from there, and not paid again', async () => {
  const kept = memoryAnswers();
  const alone = await run(kept);
  const items = new Set(alone.asked.flat());
  const shared = memoryAnswers();
  const other = await run(shared, {
    // The other process has answered everything while the first calls are on their way.
    before: (call) => Promise.resolve(call === 0 ? void [...kept.entries].forEach(([key, answer]) => shared.entries.set(key, answer)) : undefined),
  });
  expect(other.found).toEqual(alone.found);
  expect(alone.asked.length).toBeGreaterThan(10);
  expect(other.asked.length).toBeLessThanOrEqual(2);
  expect(other.metric?.calls).toBe(other.asked.length);
  expect(other.metric?.costUsd).toBeLessThan((alone.metric?.costUsd ?? 0) / 5);
  expect(other.end.models?.[0]?.cachedItems).toBe(items.size - new Set(other.asked.flat()).size);
});

it('a call whose items are answered in part is made', async () => {
  const kept = memoryAnswers();
  const alone = await run(kept);
  const shared = memoryAnswers();
  const one = [...kept.entries].at(-1);
  const other = await run(shared, { before: (call) => Promise.resolve(call === 0 && one !== undefined ? void shared.entries.set(one[0], one[1]) : undefined) });
  expect(other.found).toEqual(alone.found);
  expect(other.asked).toHaveLength(alone.asked.length);
  expect(new Set(other.asked.flat())).toEqual(new Set(alone.asked.flat()));
});
