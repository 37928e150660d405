import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Output } from '../../../shared/model.ts';
import { createEngine } from '../../../server/src/engine/index.ts';
import { createNodeHost, type NodeHost } from '../../../server/src/host.ts';
import { bench, checkLedger, comparable, CROSSWALK, outputOf, undisturbed, value } from '../../engine/runs/scenarios.ts';
import { runScript, type Ended } from './childProcess.ts';
import type { KilledRun } from './killedRun.ts';
import { inlined, temporaryFolder } from './storeFolder.ts';

const KILLED_RUN = join(import.meta.dirname, 'killedRun.ts');
const CLI = join(import.meta.dirname, '../../../server/src/cli/main.ts');
const quiet = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

/** Steps of the crosswalk: read, score, decide:0, decide:50, newTargets. */
const STEPS = 5;

function killed(folder: string, moment: KilledRun['moment'], ordinal: number): Promise<Ended> {
  return runScript(KILLED_RUN, [JSON.stringify({ folder, request: inlined(CROSSWALK), moment, ordinal } satisfies KilledRun)]);
}

async function withHost<T>(folder: string, use: (host: NodeHost) => Promise<T>): Promise<T> {
  const host = await createNodeHost({ storeDir: folder, log: quiet });
  try {
    return await use(host);
  } finally {
    await host.close();
  }
}

const PLACES: readonly (readonly [KilledRun['moment'], number, kept: RegExp])[] = [
  ['before', 0, /Nothing was decided yet/],
  ['inside', 1, /2 of 2 documents are kept/],
  ['after', 1, /Nothing was decided yet/],
  ['inside', 2, /Nothing was decided yet/],
  ['after', 2, /50 of 52 provisions are kept/],
  ['inside', 3, /50 of 52 provisions are kept/],
  ['before', STEPS - 1, /52 of 52 provisions are kept/],
  ['after', STEPS - 1, /52 of 52 provisions are kept/],
];

describe('a run whose process gets SIGKILL', () => {
  for (const [moment, ordinal, kept] of PLACES) {
    it(`${moment} the commit of step ${ordinal}, is on disk up to there and resumes to what an undisturbed run finds`, async () => {
      const folder = temporaryFolder();
      const end = await killed(folder, moment, ordinal);
      expect(end.signal, end.err).toBe('SIGKILL');
      await withHost(folder, async ({ ports }) => {
        expect(ports.store.status.mode).toBe('file');
        const { runs } = createEngine(ports);
        const { total, runs: [shown] } = value(await runs.list(0, 10));
        expect(total).toBe(1);
        if (shown === undefined) throw new Error('The run is gone.');
        expect(shown).toMatchObject({ state: 'partial', resumable: true, stored: true });
        expect(shown.stateReason).toMatch(kept);
        checkLedger(shown);
        const steps = value(await ports.store.journal(shown.id)).map((entry) => entry.ordinal);
        expect(steps).toEqual(Array.from({ length: moment === 'after' ? ordinal + 1 : ordinal }, (_, place) => place));
        value(await runs.resume(shown.id));
        const settled = await runs.settled(shown.id);
        expect(settled).toMatchObject({ state: 'done', resumable: false, stored: true });
        checkLedger(settled);
        const whole = bench(CROSSWALK);
        const id = value(await whole.runs.start(inlined(CROSSWALK)));
        await whole.runs.settled(id);
        expect(await outputOf(runs, shown.id)).toEqual(await outputOf(whole.runs, id));
      });
    });
  }

  it('is listed and taken up in the terminal', async () => {
    const folder = temporaryFolder();
    expect((await killed(folder, 'inside', 3)).signal).toBe('SIGKILL');
    const listed = await runScript(CLI, ['runs', '--store', folder]);
    expect(listed.code, listed.err).toBe(0);
    const [runId] = /^[a-z0-9]{12,}(?=\s.*can be resumed)/m.exec(listed.out) ?? [];
    if (runId === undefined) throw new Error(`No run can be resumed:\n${listed.out}`);
    const json = join(folder, 'out.json');
    const resumed = await runScript(CLI, ['resume', runId, '--store', folder, '--json', json]);
    expect(resumed.code, resumed.err).toBe(0);
    const [run] = (JSON.parse(readFileSync(json, 'utf8')) as Output).runs;
    const { output } = await undisturbed(CROSSWALK);
    expect(run && comparable(run)).toEqual(output);
  });
});

describe('two processes that write at the same time', () => {
  it('both keep their runs, whole', async () => {
    const folder = temporaryFolder();
    const never = STEPS + 1;
    const ends = await Promise.all(Array.from({ length: 4 }, () => killed(folder, 'before', never)));
    for (const { code, err } of ends) expect({ code, err }).toEqual({ code: 0, err: 'done\n' });
    await withHost(folder, async ({ ports }) => {
      const { runs } = createEngine(ports);
      const list = value(await runs.list(0, 10));
      expect(list.total).toBe(4);
      const { output } = await undisturbed(CROSSWALK);
      for (const { id } of list.runs) expect(await outputOf(runs, id)).toEqual(output);
    });
  });
});
