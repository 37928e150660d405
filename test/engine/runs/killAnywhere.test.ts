import { describe, expect, it } from 'vitest';
import type { RunStore } from '../../../server/src/engine/ports.ts';
import type { Interposers } from '../../fakes/interpose.ts';
import { memoryStore } from '../../fakes/memoryStore.ts';
import { bench, checkLedger, CROSSWALK, FIRST_RUN, outputOf, SCENARIOS, TRANSCRIPT, undisturbed, value, type Bench, type Scenario } from './scenarios.ts';

type Moment = keyof Interposers;

/** A process of its own on a shared store; those that are not named `living` are gone. */
function processOn(store: RunStore, scenario: Scenario, owner: string, around: Partial<Interposers> = {}): Bench {
  return bench(scenario, { store, owner, alive: (other) => other === owner, ...around });
}

/** Ends the world at call number `at`: no port answers any more, before or after the call had its effect. */
function killAt(at: number, moment: Moment): { readonly around: Interposers; readonly killed: Promise<void> } {
  let count = -1;
  let tell = (): void => undefined;
  const killed = new Promise<void>((resolve) => (tell = resolve));
  const dies = (): Promise<never> => {
    tell();
    return new Promise(() => undefined);
  };
  const around: Interposers = {
    before: () => {
      count += 1;
      return count > at || (count === at && moment === 'before') ? dies() : undefined;
    },
    after: () => (count >= at ? dies() : undefined),
  };
  return { around, killed };
}

/** Works on a run in a process that is killed at its call number `at`. */
async function killedAt(store: RunStore, scenario: Scenario, owner: string, at: number, moment: Moment, work: (own: Bench) => Promise<unknown>): Promise<void> {
  const { around, killed } = killAt(at, moment);
  void work(processOn(store, scenario, owner, around));
  await killed;
}

async function checkInterrupted({ runs }: Bench, place: string): Promise<void> {
  const list = value(await runs.list(0, 10));
  expect(list, place).toMatchObject({ total: 1, runs: [{ id: FIRST_RUN, state: 'partial', resumable: true, progress: null }] });
  const [shown] = list.runs;
  if (shown === undefined) throw new Error('The run is gone.');
  expect(shown.stateReason, place).toMatch(/^Interrupted: the process ended before the run did\. (Nothing was decided yet|\d+ of \d+ \w+ are kept); resume takes up the rest\.$/);
  checkLedger(shown);
  expect(value(await runs.get(FIRST_RUN)), place).toEqual(shown);
}

async function checkResumed({ runs, told }: Bench, output: unknown, place: string): Promise<void> {
  expect(value(await runs.resume(FIRST_RUN)), place).toBe(FIRST_RUN);
  const end = await runs.settled(FIRST_RUN);
  expect(end, place).toMatchObject({ state: 'done', resumable: false });
  expect(end.stateReason).toBeUndefined();
  told.forEach(checkLedger);
  expect(await outputOf(runs, FIRST_RUN), place).toEqual(output);
}

describe('a run whose process is killed', () => {
  for (const scenario of SCENARIOS) {
    for (const moment of ['before', 'after'] as const) {
      it(`${moment} any call of a ${scenario.name}, is shown as interrupted, and resume finds what an undisturbed run finds`, async () => {
        const { output, calls } = await undisturbed(scenario);
        for (const [at, call] of calls.entries()) {
          // A port without an effect of its own is not called after.
          if (moment === 'after' && !call.startsWith('store.')) continue;
          const place = `killed ${moment} call ${at}, ${call}`;
          const store = memoryStore();
          await killedAt(store, scenario, 'first', at, moment, ({ runs }) => runs.start(scenario.request));
          const next = processOn(store, scenario, 'second');
          if (call === 'store.createRun' && moment === 'before') {
            expect(value(await next.runs.list(0, 10)), place).toEqual({ total: 0, runs: [] });
          } else if (call === 'store.endRun' && moment === 'after') {
            expect(value(await next.runs.get(FIRST_RUN)), place).toMatchObject({ state: 'done', resumable: false });
            expect(await outputOf(next.runs, FIRST_RUN), place).toEqual(output);
          } else {
            await checkInterrupted(next, place);
            await checkResumed(next, output, place);
          }
        }
      });
    }
  }

  it('again while it is resumed, can be resumed once more', async () => {
    const { output, calls } = await undisturbed(TRANSCRIPT);
    const half = Math.floor(calls.length / 2);
    const resumed: string[] = [];
    const count = memoryStore();
    await killedAt(count, TRANSCRIPT, 'first', half, 'before', ({ runs }) => runs.start(TRANSCRIPT.request));
    const counting = processOn(count, TRANSCRIPT, 'second', { before: (call) => void resumed.push(call) });
    await counting.runs.resume(FIRST_RUN);
    await counting.runs.settled(FIRST_RUN);
    expect(resumed).toContain('store.claimRun');
    for (const [at, call] of resumed.slice(0, resumed.lastIndexOf('store.endRun')).entries()) {
      const place = `killed again before call ${at}, ${call}`;
      const store = memoryStore();
      await killedAt(store, TRANSCRIPT, 'first', half, 'before', ({ runs }) => runs.start(TRANSCRIPT.request));
      await killedAt(store, TRANSCRIPT, 'second', at, 'before', ({ runs }) => runs.resume(FIRST_RUN));
      const third = processOn(store, TRANSCRIPT, 'third');
      await checkInterrupted(third, place);
      await checkResumed(third, output, place);
    }
  });

  it('goes on with the text it was started on, though the file has changed', async () => {
    const { output, calls } = await undisturbed(TRANSCRIPT);
    const store = memoryStore();
    await killedAt(store, TRANSCRIPT, 'first', calls.lastIndexOf('store.commitStep'), 'before', ({ runs }) => runs.start(TRANSCRIPT.request));
    const changed = { ...TRANSCRIPT, files: new Map([['docs/talk.txt', 'Ann: Something else.\nBob: Quite.\nAnn: Yes.\n']]) };
    await checkResumed(processOn(store, changed, 'second'), output, 'changed file');
  });
});

describe('two processes on one store', () => {
  it('do not take a run from each other while it is at work', async () => {
    const store = memoryStore();
    const alive = (): boolean => true;
    const first = bench(CROSSWALK, { store, owner: 'first', alive });
    const second = bench(CROSSWALK, { store, owner: 'second', alive });
    const id = value(await first.runs.start(CROSSWALK.request));
    expect(value(await second.runs.get(id))).toMatchObject({ state: 'running', resumable: false });
    expect(await second.runs.resume(id)).toMatchObject({ ok: false, failure: { code: 'refused', message: `Run ${id} is at work in another window or terminal; wait for it, or cancel it there.` } });
    expect(second.runs.cancel(id, 'you')).toBe(false);
    expect(await first.runs.settled(id)).toMatchObject({ state: 'done' });
  });

  it('resume an interrupted run once, whoever is first', async () => {
    const { output } = await undisturbed(TRANSCRIPT);
    const store = memoryStore();
    await killedAt(store, TRANSCRIPT, 'first', 8, 'before', ({ runs }) => runs.start(TRANSCRIPT.request));
    const alive = (owner: string): boolean => owner !== 'first';
    const both = ['second', 'third'].map((owner) => bench(TRANSCRIPT, { store, owner, alive }));
    const answers = await Promise.all(both.map(({ runs }) => runs.resume(FIRST_RUN)));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(answers.find(({ ok }) => !ok)).toMatchObject({ failure: { code: 'refused' } });
    const winner = both[answers.findIndex(({ ok }) => ok)];
    expect(await winner?.runs.settled(FIRST_RUN)).toMatchObject({ state: 'done' });
    for (const { runs } of both) expect(await outputOf(runs, FIRST_RUN)).toEqual(output);
  });

  it('leave a run to the one that took it up, when the other wakes up again', async () => {
    const { output, calls } = await undisturbed(TRANSCRIPT);
    const store = memoryStore();
    let wake = (): void => undefined;
    const slept = new Promise<void>((resolve) => (wake = resolve));
    let fallAsleep = (): void => undefined;
    const asleep = new Promise<void>((resolve) => (fallAsleep = resolve));
    let count = 0;
    const first = processOn(store, TRANSCRIPT, 'first', {
      before: () => {
        if (count++ !== calls.lastIndexOf('store.commitStep')) return undefined;
        fallAsleep();
        return slept;
      },
    });
    await first.runs.start(TRANSCRIPT.request);
    await asleep;
    const second = processOn(store, TRANSCRIPT, 'second');
    await checkResumed(second, output, 'while the first sleeps');
    wake();
    const end = await first.runs.settled(FIRST_RUN);
    expect(end).toMatchObject({ state: 'failed', resumable: false, stateReason: `Run ${FIRST_RUN} was taken up in another window or terminal.` });
    for (const { runs } of [first, second]) {
      expect(value(await runs.get(FIRST_RUN))).toMatchObject({ state: 'done' });
      expect(await outputOf(runs, FIRST_RUN)).toEqual(output);
    }
  });
});

describe('one process', () => {
  it('resumes a run once, however the two requests fall', async () => {
    const { output } = await undisturbed(TRANSCRIPT);
    const seen: string[] = [];
    for (let at = 0; at === 0 || at < seen.length; at++) {
      const store = memoryStore();
      await killedAt(store, TRANSCRIPT, 'first', 8, 'before', ({ runs }) => runs.start(TRANSCRIPT.request));
      let second: ReturnType<Bench['runs']['resume']> | null = null;
      seen.length = 0;
      const own = processOn(store, TRANSCRIPT, 'second', {
        before: async (call) => {
          const place = seen.push(call) - 1;
          if (place === at && second === null) {
            second = own.runs.resume(FIRST_RUN);
            await second;
          }
        },
      });
      const place = `asked again at call ${at}`;
      expect((await own.runs.resume(FIRST_RUN)).ok, place).toBe(true);
      expect(await own.runs.settled(FIRST_RUN), place).toMatchObject({ state: 'done' });
      expect(await (second ?? Promise.reject(new Error('The second request never came.'))), place).toMatchObject({ ok: false, failure: { code: 'refused' } });
      expect(await outputOf(own.runs, FIRST_RUN), place).toEqual(output);
      if (seen[at] === 'store.endRun') break;
    }
  });

  it('never shows a run of its own as interrupted while it begins', async () => {
    const states: string[] = [];
    const { runs } = bench(TRANSCRIPT, {
      after: async (call) => {
        if (call !== 'store.createRun') return;
        for (const run of value(await runs.list(0, 10)).runs) states.push(run.state);
      },
    });
    await runs.settled(value(await runs.start(TRANSCRIPT.request)));
    expect(states).toEqual(['running']);
  });
});
