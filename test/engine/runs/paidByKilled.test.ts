import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { spentOf } from '../../../shared/spent.ts';
import type { Metric, RunSnapshot } from '../../../shared/model.ts';
import { nodeClock, nodeYield } from '../../../server/src/adapters/nodeClock.ts';
import { nodeSleep } from '../../../server/src/adapters/nodeSleep.ts';
import { createEngine, DEFAULT_SETTINGS, type RunRequest, type Runs, type Settings } from '../../../server/src/engine/index.ts';
import type { KeptCalls, RunStore } from '../../../server/src/engine/ports.ts';
import { fakeModel } from '../../fakes/fakeModel.ts';
import { fakePorts } from '../../fakes/fakePorts.ts';
import { memoryCalls } from '../../fakes/memoryCalls.ts';
import { memoryStore } from '../../fakes/memoryStore.ts';
import { FIRST_RUN, value } from './scenarios.ts';

/** The beginning of it is enough. */
const read = (name: string): string => readFileSync(new URL(`../../../samples/plans/${name}`, import.meta.url), 'utf8').slice(0, 16_000);
const FILES = new Map([['alder.md', read('alder-basic-plan.md')], ['birch.md', read('birch-basic-plan.md')]]);
const SETTINGS: Settings = { ...DEFAULT_SETTINGS, provider: 'openai', models: { ...DEFAULT_SETTINGS.models, verify: 'gpt-4o-mini' } };
const REQUEST: RunRequest = { workflow: 'crosswalk', inputs: ['alder.md', 'birch.md'].map((key) => ({ key, path: key })), settings: SETTINGS };

/** What outlives a process. `kept`: every attempt that was written, also those that are counted by now. */
interface World {
  readonly store: RunStore;
  readonly calls: KeptCalls;
  readonly kept: Metric[];
  /** Requests that reached the model. */
  readonly sent: { count: number };
}

function world(): World {
  const store = memoryStore();
  const kept: Metric[] = [];
  const addAttempt: RunStore['addAttempt'] = async (runId, owner, number, attempt) => {
    const added = await store.addAttempt(runId, owner, number, attempt);
    if (added.ok) kept.push(attempt);
    return added;
  };
  return { store: { ...store, addAttempt }, calls: memoryCalls(store), kept, sent: { count: 0 } };
}

const never = (): Promise<never> => new Promise(() => undefined);

/** A process over that world; `dies` is asked at every call of a port, and of the model, whether it is dead by now. */
function processOn({ store, calls, sent }: World, owner: string, dies: (call: string) => boolean = () => false): Runs {
  const around = (call: string): Promise<never> | undefined => (dies(call) ? never() : undefined);
  // One call in seven fails and is paid all the same.
  const model = fakeModel({
    before: async () => {
      sent.count += 1;
      return around('model');
    },
    fails: (call) => (call % 7 === 3 ? { code: 'badAnswer', message: 'Garbage.', retry: 'never', usage: { tokensIn: 700, tokensOut: 70, tokensCached: 0, estimated: false } } : null),
  });
  return createEngine({
    ...fakePorts({ files: new Map(FILES), store, calls, owner, alive: (other) => other === owner, before: around, modelProvider: model.port }),
    clock: nodeClock, sleep: nodeSleep, yieldToHost: nodeYield,
  }).runs;
}

/** Works until the call of that number, which is never answered, nor is any after it; or to its end, where that comes first. */
async function killed(own: World, owner: string, at: number, work: (runs: Runs) => Promise<unknown>): Promise<void> {
  let count = -1;
  await new Promise<void>((resolve) => {
    const runs = processOn(own, owner, () => {
      count += 1;
      if (count === at) setImmediate(resolve);
      return count >= at;
    });
    void work(runs).then(() => runs.settled(FIRST_RUN)).then(() => resolve());
  });
}

const sum = (metrics: readonly Metric[], of: 'calls' | 'tokensIn' | 'tokensOut' | 'costUsd' | 'errors'): number => metrics.reduce((all, one) => all + one[of], 0);

async function checkShown({ calls, kept, sent }: World, { metrics }: RunSnapshot, place: string): Promise<void> {
  const unanswered = metrics.reduce((all, one) => all + (one.unanswered ?? 0), 0);
  // Every request is told, be it as one whose answer was never seen; and what went out is never more than that.
  expect(sum(metrics, 'calls'), place).toBeGreaterThanOrEqual(sent.count);
  expect(sum(metrics, 'calls') - unanswered, place).toBe(sum(kept, 'calls'));
  expect(spentOf(metrics).unansweredUsd > 0, place).toBe(unanswered > 0);
  for (const of of ['tokensIn', 'tokensOut', 'errors'] as const) expect(sum(metrics, of), `${of}, ${place}`).toBe(sum(kept, of));
  const shown = sum(metrics, 'costUsd');
  expect(shown, place).toBeCloseTo(sum(kept, 'costUsd'), 9);
  const { finished } = value(await calls.load(FIRST_RUN));
  expect(shown, place).toBeGreaterThan(finished.reduce((all, { costUsd }) => all + costUsd, 0) - 1e-9);
}

/** Every port call of an undisturbed run, in order. */
async function callsOf(): Promise<readonly string[]> {
  const seen: string[] = [];
  const runs = processOn(world(), 'only', (call) => {
    seen.push(call);
    return false;
  });
  await runs.settled(value(await runs.start(REQUEST)));
  return seen;
}

describe('what a killed process has paid', () => {
  it('is in the cost of the interrupted run and of the resumed one, once, also when it is killed twice', async () => {
    const seen = await callsOf();
    const first = seen.indexOf('model');
    expect(seen.lastIndexOf('store.addAttempt')).toBeGreaterThan(first);
    let missedByCommits = 0;
    let killedTwice = 0;
    const moments = [...seen.keys()].filter((at) => at > first && at < seen.length - 1 && ((at - first) % 23 === 0 || seen[at - 1] === 'store.commitStep'));
    for (const at of moments) {
      const place = `killed at call ${at}, ${seen[at] ?? ''}`;
      const own = world();
      await killed(own, 'first', at, (runs) => runs.start(REQUEST));
      missedByCommits += value(await own.store.attempts(FIRST_RUN)).length;
      await checkShown(own, value(await processOn(own, 'reader').get(FIRST_RUN)), place);
      await killed(own, 'second', Math.floor(at / 3), (runs) => runs.resume(FIRST_RUN));
      const again = value(await processOn(own, 'reader').get(FIRST_RUN));
      await checkShown(own, again, `${place}, and once more`);
      killedTwice += again.resumable ? 1 : 0;
      const last = processOn(own, 'third');
      if (again.resumable) value(await last.resume(FIRST_RUN));
      const end = await last.settled(FIRST_RUN);
      expect(['done', 'partial'], place).toContain(end.state);
      await checkShown(own, end, place);
      await checkShown(own, value(await last.get(FIRST_RUN)), place);
    }
    expect(missedByCommits).toBeGreaterThan(2);
    expect(killedTwice).toBeGreaterThan(2);
  }, 60_000);
});
