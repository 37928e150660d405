import { describe, expect, it } from 'vitest';
import { fileName } from '../../../shared/words/format.ts';
import { timeAtWork, type RunTimes } from '../../../shared/words/timeAtWork.ts';
import { createEngine, DEFAULT_SETTINGS } from '../../../server/src/engine/index.ts';
import { FakeClock } from '../../fakes/fakeClock.ts';
import { fakePorts } from '../../fakes/fakePorts.ts';
import { memoryStore } from '../../fakes/memoryStore.ts';
import { bench, TRANSCRIPT, value, type Bench } from './scenarios.ts';

const PAUSE = 60 * 60 * 1000;
/** Milliseconds that pass before every call of a port. */
const TICK = 10;

describe('the time of a run', () => {
  it('has no pause in it when the run was cancelled and resumed', async () => {
    const clock = new FakeClock();
    let committed = 0;
    const own: Bench = bench(TRANSCRIPT, {
      clock,
      before: (call) => {
        clock.advance(TICK);
        if (call === 'store.commitStep' && ++committed === 3) own.runs.cancel(id, 'you');
      },
    });
    const id = value(await own.runs.start(TRANSCRIPT.request));
    const cancelled = await own.runs.settled(id);
    expect(cancelled.state).toBe('cancelled');
    expect(cancelled.activeMs).toBeGreaterThan(0);
    expect(cancelled.activeMs).toBeLessThanOrEqual((cancelled.endedAt ?? 0) - cancelled.startedAt);
    clock.advance(PAUSE);
    const resumedAt = clock.now();
    value(await own.runs.resume(id));
    const end = await own.runs.settled(id);
    expect(end.state).toBe('done');
    expect((end.endedAt ?? 0) - end.startedAt).toBeGreaterThan(PAUSE);
    // The few calls that take a run up are before its work.
    const both = (cancelled.activeMs ?? 0) + (end.endedAt ?? 0) - resumedAt;
    expect(end.activeMs).toBeLessThanOrEqual(both);
    expect(end.activeMs).toBeGreaterThan(both - 10 * TICK);
    const [output] = value(await own.runs.output([id])).runs;
    expect(output?.activeMs).toBe(end.activeMs);
    expect(output === undefined ? null : timeAtWork(output)).toBe(end.activeMs);
  });

  it('has no pause in it when the process was killed', async () => {
    const clock = new FakeClock();
    const store = memoryStore();
    const { request, files } = TRANSCRIPT;
    let committed = 0;
    const killed = createEngine(fakePorts({
      files: new Map(files), clock, store, owner: 'killed', alive: () => false,
      before: async (call) => {
        clock.advance(TICK);
        if (call === 'store.commitStep' && ++committed > 2) await new Promise(() => undefined);
      },
    })).runs;
    const id = value(await killed.start(request));
    while (committed < 3) await new Promise((turn) => setImmediate(turn));
    clock.advance(PAUSE);
    const next = createEngine(fakePorts({ files: new Map(files), clock, store, owner: 'next', alive: (owner) => owner === 'next', before: () => clock.advance(TICK) })).runs;
    value(await next.resume(id));
    const end = await next.settled(id);
    expect(end.state).toBe('done');
    expect(end.activeMs).toBeGreaterThan(0);
    expect(end.activeMs).toBeLessThan(PAUSE);
  });

  const times: readonly (readonly [string, RunTimes, number | null])[] = [
    ['a run at work', { startedAt: 5, endedAt: null, activeMs: 2 }, null],
    ['a run of an older version', { startedAt: 5, endedAt: 9 }, 4],
    ['a run as JSON', { startedAt: '2026-01-05T09:00:00.000Z', endedAt: '2026-01-05T09:00:01.500Z' }, 1500],
    ['a resumed run', { startedAt: 5, endedAt: 9000, activeMs: 40 }, 40],
  ];
  it.each(times)('is told of %s', (_, run, expected) => expect(timeAtWork(run)).toBe(expected));
});

describe('the name of a run', () => {
  const names: readonly (readonly [string, string])[] = [['plans/old.md', 'old.md'], ['C:\\plans\\old.md', 'old.md'], ['untitled:Untitled-1', 'Untitled-1'], ['untitled:C:/plans/new.md', 'new.md']];
  it.each(names)('%s is %s', (path, expected) => expect(fileName(path)).toBe(expected));

  it('of an unsaved document is the one the editor shows', async () => {
    const { runs } = bench({ files: new Map() });
    const id = value(await runs.start({ workflow: 'document', inputs: [{ key: 'untitled:Untitled-1', path: 'untitled:Untitled-1', text: 'Some words.' }], settings: DEFAULT_SETTINGS }));
    expect((await runs.settled(id)).title).toBe('Untitled-1');
  });
});
