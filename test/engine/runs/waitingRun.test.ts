import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { createEngine, DEFAULT_SETTINGS, type Settings } from '../../../server/src/engine/index.ts';
import { fakeModel } from '../../fakes/fakeModel.ts';
import { fakePorts } from '../../fakes/fakePorts.ts';
import { VirtualTime } from '../../fakes/modelSimulator/virtualTime.ts';
import { value } from './scenarios.ts';

/** The beginning of it is enough. */
const read = (name: string): string => readFileSync(new URL(`../../../samples/plans/${name}`, import.meta.url), 'utf8').slice(0, 16_000);
const FILES = new Map([['alder.md', read('alder-basic-plan.md')], ['birch.md', read('birch-basic-plan.md')]]);
const SETTINGS: Settings = { ...DEFAULT_SETTINGS, provider: 'openai', models: { ...DEFAULT_SETTINGS.models, verify: 'gpt-4o-mini' } };

it('a run whose model does not answer says what it waits for, until it answers', async () => {
  const time = new VirtualTime();
  const down = { from: Infinity, for: 14_000 };
  const model = fakeModel({
    before: (_, signal) => time.sleep(500, signal),
    fails: (call) => {
      if (call === 2) down.from = time.monotonic();
      return time.monotonic() >= down.from && time.monotonic() < down.from + down.for ? { code: 'unreachable', message: 'Away.', retry: 'later' } : null;
    },
  });
  const { runs } = createEngine({ ...fakePorts({ files: new Map(FILES), modelProvider: model.port }), clock: time, sleep: time.sleep });
  const told: { readonly at: number; readonly message: string; readonly waiting: boolean }[] = [];
  runs.onProgress(({ progress }) => {
    if (progress !== null) told.push({ at: time.monotonic(), message: progress.message, waiting: progress.waiting === true });
  });
  const id = value(await runs.start({ workflow: 'crosswalk', inputs: ['alder.md', 'birch.md'].map((key) => ({ key, path: key })), settings: SETTINGS }));
  expect(await time.until(runs.settled(id))).toMatchObject({ state: 'done', progress: null });
  const waits = told.filter(({ waiting }) => waiting);
  expect(waits.length).toBeGreaterThan(0);
  for (const { at, message } of waits) {
    expect(message).toMatch(/^Waiting: the server does not answer \(\d+ attempts?\)$/);
    expect(at - down.from).toBeGreaterThan(2_000);
    expect(at - down.from).toBeLessThan(down.for + 5_000);
  }
  const after = told.slice(told.findLastIndex(({ waiting }) => waiting) + 1);
  expect(after.length).toBeGreaterThan(0);
  expect(told.filter(({ waiting, message }) => !waiting && message.startsWith('Waiting'))).toEqual([]);
});
