import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Finding, Match, Output, Unit } from '../../../shared/model.ts';
import { DEFAULT_SETTINGS } from '../../../server/src/engine/index.ts';
import type { Compute, Ports } from '../../../server/src/engine/ports.ts';
import { createRuns } from '../../../server/src/engine/runs/createRuns.ts';
import type { Readers } from '../../../server/src/engine/runs/readInputs.ts';
import { storedMatch } from '../../../server/src/engine/workflows/crosswalk/matchRows.ts';
import type { Workflow } from '../../../server/src/engine/workflows/workflow.ts';
import { fakePorts } from '../../fakes/fakePorts.ts';
import { inlineCompute } from '../../fakes/inlineCompute.ts';
import { bench, checkLedger, comparable, CROSSWALK, outputOf, TRANSCRIPT, undisturbed, value, type Scenario } from './scenarios.ts';

/** Answers jobs in the order the scheduler draws, not the one they were given in. */
function shuffledCompute(scheduler: fc.Scheduler): Compute {
  const inner = inlineCompute();
  return {
    run: async (job, input, onProgress, signal) => {
      await scheduler.schedule(Promise.resolve(), job);
      return inner.run(job, input, onProgress, signal);
    },
  };
}

const EMPTY_JOB = { source: [], target: [] };

function unitOf(document: string, place: number): Unit {
  const span = { document, start: place, end: place + 1, line: 1, column: place + 1, quote: '.' };
  return { key: `${document}#${place}`, kind: 'provision', span, textStart: place, textEnd: place + 1, contentHash: String(place) };
}

function matchOf(unit: Unit, place: number): Match {
  return {
    sourceId: unit.key, outcome: place % 2 === 0 ? 'decided' : 'abstained', ...(place % 2 === 0 ? {} : { reason: 'odd' }), relation: null, moved: false, variance: null, impact: null,
    confidence: null, counterpartScore: null, targets: [], candidates: [], differences: [], why: [],
  };
}

function findingOf(unit: Unit): Finding {
  return { key: `finding of ${unit.key}`, kind: 'test', severity: 'info', title: unit.key, text: '', evidence: [unit.span], confidence: null, method: 'rules', outcome: 'decided' };
}

/** Decides every unit in a step of its own, all at once; each waits for a job. */
const allAtOnce: Workflow = async ([document], context) => {
  const units = document?.units ?? [];
  context.expect('sourceProvision', units.length);
  context.expect('analysis', units.length);
  await Promise.all(
    units.map((unit, place) =>
      context.step(`decide:${place}`, 'decide', 1, async () => {
        await context.compute.run('scoreCrosswalk', EMPTY_JOB, () => undefined, context.signal);
        const match = matchOf(unit, place);
        return {
          value: place,
          rows: {
            matches: [storedMatch(match, unit, null)],
            findings: [findingOf(unit)],
            analyses: [{ analyzer: unit.key, stage: 'test', title: unit.key, outcome: 'decided' as const, findings: 1, read: '1 provision' }],
            outcomes: [
              { kind: 'sourceProvision' as const, outcome: match.outcome, ...(match.reason === undefined ? {} : { reason: match.reason }), count: 1 },
              { kind: 'analysis' as const, outcome: 'decided' as const, count: 1 },
            ],
          },
        };
      }),
    ),
  );
};

/** Every character of a text is a unit. */
const characters: Readers = {
  version: 'test',
  decode: (bytes) => ({ ok: true, value: { text: new TextDecoder().decode(bytes) } }),
  readText: ({ key, path, text }) => ({
    ok: true,
    value: { key, path, kind: 'document', kindGiven: false, text, hash: text, problems: [], units: [...text].map((_, place) => unitOf(key, place)) },
  }),
  kindFor: () => undefined,
};

async function runAllAtOnce(ports: Ports, text: string): Promise<Output> {
  const runs = createRuns(ports, characters, { crosswalk: allAtOnce, transcript: allAtOnce, document: allAtOnce });
  runs.onProgress(checkLedger);
  const id = value(await runs.start({ workflow: 'document', inputs: [{ key: 'a', path: 'a', text }], settings: DEFAULT_SETTINGS }));
  expect(await runs.settled(id)).toMatchObject({ state: 'done' });
  return value(await runs.output([id]));
}

/** Lets the scheduler answer until `work` is done; a job may come up only when an earlier one is answered. */
async function scheduled<T>(scheduler: fc.Scheduler, work: Promise<T>): Promise<T> {
  await scheduler.waitFor(work);
  return work;
}

describe('results are ordered by input, never by completion', () => {
  it('in the rows, findings and analyses of steps that end in any order', async () => {
    const endedOutOfOrder = new Set<boolean>();
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.integer({ min: 1, max: 12 }), async (scheduler, length) => {
        const committed: number[] = [];
        const ports = fakePorts({ compute: shuffledCompute(scheduler) });
        const { store } = ports;
        const watched: Ports = {
          ...ports,
          store: new Proxy(store, {
            get: (target, key) => {
              if (key !== 'commitStep') return Reflect.get(target, key) as unknown;
              return (...parameters: Parameters<typeof store.commitStep>) => {
                committed.push(parameters[2].ordinal);
                return store.commitStep(...parameters);
              };
            },
          }),
        };
        const text = '.'.repeat(length);
        const [run] = (await scheduled(scheduler, runAllAtOnce(watched, text))).runs;
        endedOutOfOrder.add(committed.some((ordinal, place) => ordinal !== place));
        const keys = [...text].map((_, place) => `a#${place}`);
        expect(run?.matches.map(({ sourceId }) => sourceId)).toEqual(keys);
        expect(run?.findings.map(({ title }) => title)).toEqual(keys);
        expect(run?.analyses.map(({ analyzer }) => analyzer)).toEqual(keys);
        const [inOrder] = (await runAllAtOnce(fakePorts(), text)).runs;
        expect(run && comparable(run)).toEqual(inOrder && comparable(inOrder));
      }),
    );
    // The property says something only where steps did not end in the order they were asked for.
    expect(endedOutOfOrder).toContain(true);
  });

  it('in the output of runs that work side by side', async () => {
    const scenarios: readonly Scenario[] = [CROSSWALK, TRANSCRIPT, CROSSWALK];
    const alone = await Promise.all(scenarios.map(async (scenario) => (await undisturbed(scenario)).output));
    const files = new Map([...CROSSWALK.files, ...TRANSCRIPT.files]);
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        const { runs, told } = bench({ files }, { compute: shuffledCompute(scheduler) });
        const ids = await Promise.all(scenarios.map(async ({ request }) => value(await runs.start(request))));
        await scheduled(scheduler, Promise.all(ids.map((id) => runs.settled(id))));
        const together = value(await runs.output(ids)).runs;
        expect(together.map(({ id }) => id)).toEqual(ids);
        expect(together.map(comparable)).toEqual(alone);
        expect(await outputOf(runs, ids[0] ?? '')).toEqual(alone[0]);
        told.forEach(checkLedger);
      }),
      { numRuns: 10 },
    );
  });
});
