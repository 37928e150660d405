import { expect, it } from 'vitest';
import { createEngine } from '../../../server/src/engine/index.ts';
import { nodeClock, nodeYield } from '../../../server/src/adapters/nodeClock.ts';
import { nodeSleep } from '../../../server/src/adapters/nodeSleep.ts';
import type { RunOutput } from '../../../shared/model.ts';
import { fakeModel, type FakeModel } from '../../fakes/fakeModel.ts';
import { fakePorts, type FakePortsOptions } from '../../fakes/fakePorts.ts';
import { memoryCalls } from '../../fakes/memoryCalls.ts';
import { memoryStore } from '../../fakes/memoryStore.ts';
import { checkLedger, FIRST_RUN, value } from '../runs/scenarios.ts';
import { asking, longTalk, outputOf, plansOf } from './modelTalk.ts';

const TALK = longTalk(150);
const found = ({ findings, ledger, analyses }: RunOutput): unknown => ({ findings, ledger, analyses });

function engineOn(model: FakeModel, owner: string, options: FakePortsOptions): ReturnType<typeof createEngine> {
  const ports = fakePorts({ files: new Map([['talk.txt', TALK]]), modelProvider: model.port, owner, alive: (other) => other === owner, ...options });
  return createEngine({ ...ports, clock: nodeClock, sleep: nodeSleep, ...(options.before === undefined ? { yieldToHost: nodeYield } : {}) });
}

it('a reading that is killed at any call ends as if it had not been, and asks for nothing twice that it has written down', async () => {
  const all: string[] = [];
  const whole = fakeModel({ notes: plansOf });
  const undisturbed = engineOn(whole, 'first', { before: (call) => void all.push(call) }).runs;
  await undisturbed.settled(value(await undisturbed.start(asking())));
  const output = found(await outputOf(undisturbed, FIRST_RUN));
  const counted = all.slice(0, all.indexOf('store.endRun'));
  expect(counted).toContain('calls.append');
  expect(whole.asked.length).toBeGreaterThan(1);
  for (const at of counted.keys()) {
    // Before the run is there, there is nothing to take up.
    if (at <= counted.indexOf('store.createRun')) continue;
    const store = memoryStore();
    const calls = memoryCalls(store);
    let count = 0;
    const killed = new Promise<void>((resolve) => {
      const before = (): undefined | Promise<never> => {
        if (count++ < at) return undefined;
        resolve();
        return new Promise(() => undefined);
      };
      void engineOn(fakeModel({ notes: plansOf }), 'first', { store, calls, before }).runs.start(asking());
    });
    await killed;
    const journalled = value(await calls.load(FIRST_RUN)).finished.length;
    const model = fakeModel({ notes: plansOf });
    const { runs } = engineOn(model, 'second', { store, calls });
    const place = `killed before call ${String(at)}, ${counted[at] ?? ''}`;
    expect(value(await runs.resume(FIRST_RUN)), place).toBe(FIRST_RUN);
    const end = await runs.settled(FIRST_RUN);
    expect(end, place).toMatchObject({ state: 'done' });
    checkLedger(end);
    expect(found(await outputOf(runs, FIRST_RUN)), place).toEqual(output);
    expect(model.asked.flat().length, place).toBe(whole.asked.flat().length - journalled);
  }
}, 60_000);
