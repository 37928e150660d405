import { describe, expect, it } from 'vitest';
import { bench, checkLedger, FIRST_RUN, outputOf, SCENARIOS, undisturbed, value, type Bench, type Scenario } from './scenarios.ts';

/** Lets all that could still go on without an event from outside go on. */
const nothingMoves = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Cancels a run at its call number `at`, counted from the start on; `calls` are those from there on. */
async function cancelledAt(scenario: Scenario, at: number): Promise<Bench & { readonly id: string; readonly calls: readonly string[] }> {
  const calls: string[] = [];
  const own = bench(scenario, {
    before: (call) => {
      calls.push(call);
      if (calls.length - 1 === at) expect(own.runs.cancel(FIRST_RUN, 'you')).toBe(true);
    },
  });
  const id = value(await own.runs.start(scenario.request));
  await own.runs.settled(id);
  await nothingMoves();
  return { ...own, id, calls: calls.slice(at) };
}

describe('a run that is cancelled', () => {
  for (const scenario of SCENARIOS) {
    it(`stops at every await of a ${scenario.name}, and resume finds what an undisturbed run finds`, async () => {
      const { output, calls } = await undisturbed(scenario);
      const [create, ...own] = calls;
      expect([create, own.at(-1)]).toEqual(['store.createRun', 'store.endRun']);
      expect(own.length).toBeGreaterThan(10);
      for (let at = 1; at < calls.length - 1; at++) {
        const stopped = await cancelledAt(scenario, at);
        const place = `cancelled at call ${at}, ${stopped.calls[0] ?? ''}`;
        // The call it was cancelled in ends; after it only the end is written.
        expect(stopped.calls, place).toEqual([calls[at], 'store.endRun']);
        const end = value(await stopped.runs.get(stopped.id));
        expect(end, place).toMatchObject({ state: 'cancelled', resumable: true, progress: null });
        checkLedger(end);
        expect(stopped.told.at(-1), place).toEqual(end);
        expect(value(await stopped.runs.resume(stopped.id))).toBe(stopped.id);
        expect(await stopped.runs.settled(stopped.id), place).toMatchObject({ state: 'done', resumable: false });
        expect(await outputOf(stopped.runs, stopped.id), place).toEqual(output);
        stopped.told.forEach(checkLedger);
      }
    });

    it(`stops at every await of a resumed ${scenario.name}`, async () => {
      const { output, calls } = await undisturbed(scenario);
      const half = calls.lastIndexOf('store.commitStep');
      /** Cancels before the last step, resumes, and cancels again at call `at` of the resumed work. */
      const again = async (at: number): Promise<Bench & { readonly calls: readonly string[] }> => {
        const resumed: string[] = [];
        let before = 0;
        let isResumed = false;
        const own = bench(scenario, {
          before: (call) => {
            if (isResumed && resumed.push(call) - 1 === at) own.runs.cancel(FIRST_RUN, 'you');
            else if (!isResumed && before++ === half) own.runs.cancel(FIRST_RUN, 'you');
          },
        });
        await own.runs.start(scenario.request);
        await own.runs.settled(FIRST_RUN);
        isResumed = true;
        await own.runs.resume(FIRST_RUN);
        await own.runs.settled(FIRST_RUN);
        await nothingMoves();
        return { ...own, calls: [...resumed] };
      };
      const whole = (await again(-1)).calls;
      // Before it has read the journal it is not at work, and there is nothing to cancel.
      const first = whole.indexOf('store.journal') + 1;
      expect(whole.slice(first)).toContain('store.text');
      for (let at = first; at < whole.length - 1; at++) {
        const stopped = await again(at);
        const place = `cancelled at call ${at}, ${whole[at] ?? ''}`;
        expect(stopped.calls.slice(at), place).toEqual([whole[at], 'store.endRun']);
        const end = value(await stopped.runs.get(FIRST_RUN));
        expect(end, place).toMatchObject({ state: 'cancelled', resumable: true });
        checkLedger(end);
        await stopped.runs.resume(FIRST_RUN);
        expect(await stopped.runs.settled(FIRST_RUN), place).toMatchObject({ state: 'done' });
        expect(await outputOf(stopped.runs, FIRST_RUN), place).toEqual(output);
      }
    });

    it(`is done when the ${scenario.name} was at its end already`, async () => {
      const { calls } = await undisturbed(scenario);
      const late = await cancelledAt(scenario, calls.length - 1);
      expect(value(await late.runs.get(late.id))).toMatchObject({ state: 'done', resumable: false });
    });

    it(`does no step of a ${scenario.name} twice`, async () => {
      const { calls } = await undisturbed(scenario);
      const commits = calls.filter((call) => call === 'store.commitStep').length;
      const stopAt = calls.lastIndexOf('store.commitStep');
      const again: string[] = [];
      let isResumed = false;
      let count = 0;
      const { runs } = bench(scenario, {
        before: (call) => {
          if (isResumed) again.push(call);
          else if (count++ === stopAt) runs.cancel(FIRST_RUN, 'you');
        },
      });
      const id = value(await runs.start(scenario.request));
      await runs.settled(id);
      isResumed = true;
      await runs.resume(id);
      await runs.settled(id);
      expect(commits).toBeGreaterThan(3);
      expect(again.filter((call) => /^(files|compute)\.|^store\.(saveText|commitStep)$/.test(call))).toEqual([]);
    });
  }

  it('is cancelled though the call it waits for never answers', async () => {
    for (const scenario of SCENARIOS) {
      const { calls } = await undisturbed(scenario);
      for (const [at, call] of calls.entries()) {
        // What the store is writing is waited for: only then is it known what counts.
        if (['store.createRun', 'store.commitStep', 'store.endRun'].includes(call)) continue;
        let count = 0;
        let reached = (): void => undefined;
        const isReached = new Promise<void>((resolve) => (reached = resolve));
        const { runs } = bench(scenario, {
          before: () => {
            if (count++ !== at) return undefined;
            reached();
            return new Promise<never>(() => undefined);
          },
        });
        const id = value(await runs.start(scenario.request));
        await isReached;
        runs.cancel(id, 'you');
        const end = await runs.settled(id);
        expect(end.state, `${call}, call ${at}`).toBe('cancelled');
        checkLedger(end);
      }
    }
  });

  it('is not cancelled by a process that does not work on it', async () => {
    const [scenario] = SCENARIOS;
    if (scenario === undefined) throw new Error('There is no scenario.');
    const { runs } = bench(scenario);
    expect(runs.cancel('nobody', 'you')).toBe(false);
    const id = value(await runs.start(scenario.request));
    await runs.settled(id);
    expect(runs.cancel(id, 'you')).toBe(false);
    expect(value(await runs.get(id)).state).toBe('done');
  });
});
