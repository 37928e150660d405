import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { nodeClock, nodeYield } from '../../../server/src/adapters/nodeClock.ts';
import { createEngine, DEFAULT_SETTINGS, type RunRequest, type Runs, type Settings } from '../../../server/src/engine/index.ts';
import type { Sleep } from '../../../server/src/engine/ports.ts';
import type { RunOutput, RunSnapshot } from '../../../shared/model.ts';
import { fakeModel, type FakeModelOptions } from '../../fakes/fakeModel.ts';
import { fakePorts } from '../../fakes/fakePorts.ts';
import { checkLedger, value } from './scenarios.ts';

const read = (name: string): string => readFileSync(new URL(`../../../samples/plans/${name}`, import.meta.url), 'utf8');
const FILES = new Map([['alder.md', read('alder-basic-plan.md')], ['birch.md', read('birch-basic-plan.md')]]);
const MINUTES = 30;
const SIDE_BY_SIDE = 3;
const request = (runTimeoutMinutes: number): RunRequest => {
  const settings: Settings = {
    ...DEFAULT_SETTINGS, provider: 'openai', models: { ...DEFAULT_SETTINGS.models, verify: 'gpt-4o-mini' }, limits: { ...DEFAULT_SETTINGS.limits, maxConcurrency: SIDE_BY_SIDE, runTimeoutMinutes },
  };
  return { workflow: 'crosswalk', inputs: ['alder.md', 'birch.md'].map((key) => ({ key, path: key })), settings };
};

/** Time that passes when the test says so: sleeps of a run's time end when they are rung, others never. */
function handTurned() {
  const ringing = new Set<() => void>();
  const sleep: Sleep = (ms, signal) => new Promise((resolve, reject) => {
    if (ms === MINUTES * 60_000) ringing.add(resolve);
    signal.addEventListener('abort', () => {
      ringing.delete(resolve);
      reject(signal.reason as Error);
    });
  });
  return { sleep, ringing, ring: () => ringing.forEach((resolve) => resolve()) };
}

async function started(minutes: number, options: FakeModelOptions = {}) {
  const model = fakeModel(options);
  const time = handTurned();
  const { runs } = createEngine({ ...fakePorts({ files: new Map(FILES), modelProvider: model.port }), clock: nodeClock, sleep: time.sleep, yieldToHost: nodeYield });
  const id = value(await runs.start(request(minutes)));
  return { model, runs, id, time };
}

const foundBy = async (runs: Runs, id: string): Promise<unknown> => {
  const { matches, newTargets, ledger } = value(await runs.output([id])).runs[0] as RunOutput;
  return { matches, newTargets, ledger };
};

let undisturbed: unknown;
let calls: number;
beforeAll(async () => {
  const { runs, id, model } = await started(0);
  expect(await runs.settled(id)).toMatchObject({ state: 'done' });
  undisturbed = await foundBy(runs, id);
  calls = model.asked.length;
}, 60_000);

describe('the time of a run', () => {
  it('pauses it when it is over: what is out comes in, nothing more goes out, and it can be resumed to the same end', async () => {
    expect(calls).toBeGreaterThan(2 * SIDE_BY_SIDE);
    const held: (() => void)[] = [];
    let isHeld = true;
    let gone: () => void = () => undefined;
    const allOut = new Promise<void>((resolve) => (gone = resolve));
    const { runs, id, model, time } = await started(MINUTES, {
      before: () => new Promise((resolve) => {
        if (!isHeld) return resolve();
        held.push(resolve);
        if (held.length === SIDE_BY_SIDE) gone();
      }),
    });
    await allOut;
    time.ring();
    await nodeYield();
    expect(value(await runs.get(id))).toMatchObject({ state: 'running' });
    isHeld = false;
    held.forEach((resolve) => resolve());
    const paused: RunSnapshot = await runs.settled(id);
    expect(paused).toMatchObject({ state: 'paused', pausedBy: 'time', resumable: true });
    expect(paused.stateReason).toMatch(/^The run has asked for 30 minutes, as long as collate\.limits\.runTimeoutMinutes lets it\. Answers are kept\. Resume the run to go on for as long again\./u);
    checkLedger(paused);
    expect(model.asked).toHaveLength(SIDE_BY_SIDE);
    expect(time.ringing.size).toBe(0);
    value(await runs.resume(id, {}));
    const end = await runs.settled(id);
    expect(end.state).toBe('done');
    expect(end.pausedBy).toBeUndefined();
    expect(await foundBy(runs, id)).toEqual(undisturbed);
    const items = model.asked.flat();
    expect(new Set(items).size).toBe(items.length);
    expect(end.models?.[0]?.repeatedAtMost ?? 0).toBe(0);
  });

  it('is not waited for where the run ends before', async () => {
    const { runs, id, time } = await started(MINUTES);
    expect(await runs.settled(id)).toMatchObject({ state: 'done' });
    expect(time.ringing.size).toBe(0);
  });

  it('leaves nobody waiting where the run is cancelled after it', async () => {
    let gone: () => void = () => undefined;
    const out = new Promise<void>((resolve) => (gone = resolve));
    const { runs, id, time } = await started(MINUTES, { before: (_, signal) => new Promise((_resolve, reject) => {
      gone();
      signal.addEventListener('abort', () => reject(signal.reason as Error));
    }) });
    await out;
    time.ring();
    await nodeYield();
    await runs.cancel(id, 'cancelled');
    expect(await runs.settled(id)).toMatchObject({ state: 'cancelled' });
  });
});
