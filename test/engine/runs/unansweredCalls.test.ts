import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { nodeClock, nodeYield } from '../../../server/src/adapters/nodeClock.ts';
import { createEngine, DEFAULT_SETTINGS, type RunRequest } from '../../../server/src/engine/index.ts';
import type { Sleep } from '../../../server/src/engine/ports.ts';
import type { RunSnapshot } from '../../../shared/model.ts';
import { spentOf, type Spent } from '../../../shared/spent.ts';
import { fakeModel } from '../../fakes/fakeModel.ts';
import { fakePorts } from '../../fakes/fakePorts.ts';
import { value } from './scenarios.ts';

const read = (name: string): string => readFileSync(new URL(`../../../samples/plans/${name}`, import.meta.url), 'utf8').slice(0, 16_000);
const FILES = new Map([['alder.md', read('alder-basic-plan.md')], ['birch.md', read('birch-basic-plan.md')]]);
const SIDE_BY_SIDE = 2;
const request = (budgetPerRun: number): RunRequest => ({
  workflow: 'crosswalk', inputs: ['alder.md', 'birch.md'].map((key) => ({ key, path: key })),
  settings: { ...DEFAULT_SETTINGS, provider: 'openai', budgetPerRun, models: { ...DEFAULT_SETTINGS.models, verify: 'gpt-4o-mini' }, limits: { ...DEFAULT_SETTINGS.limits, maxConcurrency: SIDE_BY_SIDE } },
});

const unanswered = ({ metrics }: RunSnapshot): Spent & { readonly calls: number; readonly unanswered: number } => ({
  ...spentOf(metrics), calls: metrics.reduce((sum, { calls }) => sum + calls, 0), unanswered: metrics.reduce((sum, one) => sum + (one.unanswered ?? 0), 0),
});

const never: Sleep = (_, signal) => new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)));

/** A model whose calls never come back, until `lets` is called; a run over it, and when its first calls hang. */
async function hanging() {
  let isHanging = true;
  let out = 0;
  let gone: () => void = () => undefined;
  const allOut = new Promise<void>((resolve) => (gone = resolve));
  const model = fakeModel({
    before: (_, signal) => new Promise((resolve, reject) => {
      if (!isHanging) return resolve();
      signal.addEventListener('abort', () => reject(signal.reason as Error));
      out += 1;
      if (out === SIDE_BY_SIDE) gone();
    }),
  });
  const { runs } = createEngine({ ...fakePorts({ files: new Map(FILES), modelProvider: model.port }), clock: nodeClock, sleep: never, yieldToHost: nodeYield });
  return { model, runs, id: value(await runs.start(request(0))), allOut, lets: () => void (isHanging = false) };
}

describe('calls whose answer is never seen', () => {
  it('are counted where the run is cancelled, at what they cost at most, and stay so when it is taken up', async () => {
    const { runs, id, allOut, lets } = await hanging();
    await allOut;
    expect(runs.cancel(id, 'you')).toBe(true);
    const cancelled = await runs.settled(id);
    const told = unanswered(cancelled);
    expect(told).toMatchObject({ calls: SIDE_BY_SIDE, unanswered: SIDE_BY_SIDE, costUsd: 0 });
    expect(told.unansweredUsd).toBeGreaterThan(0);
    lets();
    value(await runs.resume(id));
    const end = await runs.settled(id);
    expect(end.state).toBe('done');
    const after = unanswered(end);
    expect(after).toMatchObject({ unanswered: SIDE_BY_SIDE, unansweredUsd: told.unansweredUsd });
    expect(after.costUsd).toBeGreaterThan(0);
    // Whose items were in flight.
    expect(end.models?.[0]?.repeatedAtMost).toBeGreaterThanOrEqual(SIDE_BY_SIDE);
  });

  it('count in the budget of the run that is taken up', async () => {
    const { model, runs, id, allOut, lets } = await hanging();
    await allOut;
    runs.cancel(id, 'you');
    const { unansweredUsd } = unanswered(await runs.settled(id));
    lets();
    const asked = model.asked.length;
    value(await runs.resume(id, { budgetPerRun: unansweredUsd }));
    const paused = await runs.settled(id);
    expect(paused).toMatchObject({ state: 'paused', pausedBy: 'budget' });
    expect(paused.stateReason).toMatch(/\$0 is spent, at most \$0\.\d+ more for calls whose answer was never seen, and the next one may cost up to/u);
    expect(model.asked).toHaveLength(asked);
  });

  it('are those that were given up after too long, too', async () => {
    const model = fakeModel({ fails: (call) => (call === 0 ? { code: 'timeout', message: 'No answer in time.', retry: 'never' } : null) });
    const { runs } = createEngine({ ...fakePorts({ files: new Map(FILES), modelProvider: model.port }), clock: nodeClock, sleep: never, yieldToHost: nodeYield });
    const end = await runs.settled(value(await runs.start(request(0))));
    expect(end.metrics.reduce((sum, { errors }) => sum + errors, 0)).toBe(1);
    const told = unanswered(end);
    expect(told).toMatchObject({ unanswered: 1, calls: model.asked.length });
    expect(told.unansweredUsd).toBeGreaterThan(0);
  });
});
