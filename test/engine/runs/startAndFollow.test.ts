import { describe, expect, it } from 'vitest';
import { FailureError, fail } from '../../../shared/failure.ts';
import { MATCH_FILTERS } from '../../../shared/protocol/results.ts';
import type { RunSnapshot } from '../../../shared/model.ts';
import { createEngine, type RunRequest } from '../../../server/src/engine/index.ts';
import type { Files } from '../../../server/src/engine/ports.ts';
import { FakeClock } from '../../fakes/fakeClock.ts';
import { memoryStore } from '../../fakes/memoryStore.ts';
import { bench, checkLedger, CROSSWALK, outputOf, SCENARIOS, TRANSCRIPT, undisturbed, value, type Bench } from './scenarios.ts';

/** The least time between two snapshots of a run at work, in milliseconds. */
const SNAPSHOT_INTERVAL_MS = 100;

async function finished(scenario: typeof CROSSWALK, own: Bench = bench(scenario)): Promise<{ readonly id: string; readonly end: RunSnapshot } & Bench> {
  const id = value(await own.runs.start(scenario.request));
  return { ...own, id, end: await own.runs.settled(id) };
}

describe('starting a run', () => {
  it('gives the id before anything is read', async () => {
    const read: string[] = [];
    let open = (): void => undefined;
    const gate = new Promise<void>((resolve) => (open = resolve));
    const { runs } = bench(CROSSWALK, {
      before: async (call) => {
        if (call === 'yieldToHost') await gate;
        if (call === 'files.read') read.push(call);
      },
    });
    const id = value(await runs.start(CROSSWALK.request));
    expect(value(await runs.get(id))).toMatchObject({ state: 'running', resumable: false, endedAt: null });
    expect(read).toEqual([]);
    open();
    expect(await runs.settled(id)).toMatchObject({ state: 'done' });
    expect(read).toHaveLength(2);
  });

  const [one] = TRANSCRIPT.request.inputs;
  const refused: readonly (readonly [name: string, request: Partial<RunRequest>, sentence: string])[] = [
    ['a crosswalk of one', { workflow: 'crosswalk' }, 'A crosswalk takes two documents, source and target; 1 were given.'],
    ['a crosswalk with itself', { workflow: 'crosswalk', inputs: one === undefined ? [] : [one, one] }, 'A crosswalk takes two different documents; talk.txt was given twice.'],
    ['an analysis of nothing', { inputs: [] }, 'An analysis takes one document; 0 were given.'],
  ];
  for (const [name, change, sentence] of refused) {
    it(`refuses ${name}, and leaves no run`, async () => {
      const { runs } = bench(TRANSCRIPT);
      expect(await runs.start({ ...TRANSCRIPT.request, ...change })).toEqual({ ok: false, failure: { code: 'refused', message: sentence, retry: 'never' } });
      expect(value(await runs.list(0, 10))).toEqual({ total: 0, runs: [] });
    });
  }
});

describe('following a run', () => {
  for (const scenario of SCENARIOS) {
    it(`tells small complete snapshots of a ${scenario.name}, each with a ledger that adds up`, async () => {
      const clock = new FakeClock();
      const { told, end } = await finished(scenario, bench(scenario, { clock, before: () => clock.advance(SNAPSHOT_INTERVAL_MS) }));
      expect(told.length).toBeGreaterThan(5);
      expect(told.slice(0, -1).every(({ state }) => state === 'running')).toBe(true);
      expect(told.at(-1)).toEqual(end);
      for (const snapshot of told) checkLedger(snapshot);
      for (const { progress } of told) if (progress !== null) expect(progress.done).toBeLessThanOrEqual(progress.total);
      const matches = told.map(({ counts }) => counts.matches);
      expect(matches).toEqual([...matches].sort((a, b) => a - b));
    });

    it(`coalesces the snapshots of a ${scenario.name}, but for the last`, async () => {
      const { told, end } = await finished(scenario);
      expect(told.map(({ state }) => state)).toEqual(['running', 'done']);
      expect(told.at(-1)).toEqual(end);
    });
  }

  it('tells no one who has stopped listening', async () => {
    const { runs } = bench(TRANSCRIPT);
    const told: RunSnapshot[] = [];
    const stop = runs.onProgress((snapshot) => told.push(snapshot));
    stop();
    await runs.settled(value(await runs.start(TRANSCRIPT.request)));
    expect(told).toEqual([]);
  });
});

/** All rows by pages of `limit`. */
async function inPages<T>(limit: number, read: (offset: number, limit: number) => Promise<{ readonly total: number; readonly rows: readonly T[] }>): Promise<T[]> {
  const rows: T[] = [];
  for (;;) {
    const page = await read(rows.length, limit);
    rows.push(...page.rows);
    if (rows.length >= page.total || page.rows.length === 0) return rows;
    expect(page.rows).toHaveLength(limit);
  }
}

describe('results in pages', () => {
  it('are the whole, source rows and then new targets, in input order', async () => {
    const { runs, id, end } = await finished(CROSSWALK);
    const [output] = value(await runs.output([id])).runs;
    const matches = (filter: (typeof MATCH_FILTERS)[number], limit: number) =>
      inPages(limit, async (offset) => value(await runs.matches({ runId: id, filter, search: '', offset, limit })));
    const whole = await matches('all', 500);
    const order = (keys: readonly string[]): readonly number[] => keys.map((key) => (output?.units ?? []).findIndex((unit) => unit.key === key));
    const sources = order((output?.matches ?? []).map(({ sourceId }) => sourceId));
    const targets = order((output?.newTargets ?? []).map(({ targetId }) => targetId));
    expect(sources).toEqual(Array.from({ length: 52 }, (_, place) => place));
    expect(targets.length).toBeGreaterThan(1);
    expect(targets).toEqual([...targets].sort((a, b) => a - b));
    expect(whole.map(({ side }) => side)).toEqual([...sources.map(() => 'source'), ...targets.map(() => 'target')]);
    expect(end.counts).toEqual({ matches: sources.length, newTargets: targets.length, findings: 0 });
    const counts = value(await runs.matchCounts(id));
    for (const filter of MATCH_FILTERS) {
      const filtered = await matches(filter, 500);
      expect(counts[filter], filter).toBe(filtered.length);
      for (const limit of [1, 7, 52]) expect(await matches(filter, limit), `${filter} by ${limit}`).toEqual(filtered);
    }
    expect(counts.decided).toBeGreaterThan(0);
    expect(counts.abstained).toBeGreaterThan(0);
  });

  it('are the whole of the findings', async () => {
    const { runs, id, end } = await finished(TRANSCRIPT);
    const [output] = value(await runs.output([id])).runs;
    const found = await inPages(1, async (offset, limit) => value(await runs.findings({ runId: id, analyzer: '', search: '', offset, limit })));
    expect(found.length).toBeGreaterThan(1);
    expect(found).toEqual(output?.findings);
    expect(end.counts.findings).toBe(found.length);
    const from = async (key: string, search = '') => value(await runs.findings({ runId: id, analyzer: '', search, offset: 0, limit: 2, from: key }));
    for (const [at, { key }] of found.entries()) expect(await from(key)).toEqual({ total: found.length, offset: at, rows: found.slice(at, at + 2) });
    expect(await from('nowhere')).toMatchObject({ total: found.length, rows: [] });
    expect(await from(found[0]?.key ?? '', 'no finding says this')).toMatchObject({ total: 0, rows: [] });
    const starts = found.map(({ evidence }) => evidence[0]?.start ?? -1);
    expect(starts).toEqual([...starts].sort((a, b) => a - b));
  });

  it('of a run that is not there are a failure, never an empty page', async () => {
    const { runs } = bench(CROSSWALK);
    const sentence = 'There is no run nobody in this store. List the runs to see their ids.';
    const failure = { ok: false, failure: { code: 'unreadable', message: sentence, retry: 'never' } };
    const query = { runId: 'nobody', search: '', offset: 0, limit: 10 };
    expect(await runs.matches({ ...query, filter: 'all' })).toEqual(failure);
    expect(await runs.matchCounts('nobody')).toEqual(failure);
    expect(await runs.findings({ ...query, analyzer: '' })).toEqual(failure);
    expect(await runs.output(['nobody'])).toEqual(failure);
    expect(await runs.get('nobody')).toEqual(failure);
    expect(await runs.resume('nobody')).toEqual(failure);
  });
});

interface Ending {
  readonly name: string;
  readonly scenario: typeof CROSSWALK;
  readonly make?: () => Bench;
  readonly during?: (own: Bench, id: string) => void;
  readonly state: RunSnapshot['state'];
  readonly resumable: boolean;
  readonly reason: RegExp | null;
}

const withFile = (text: string | null): typeof TRANSCRIPT => ({ ...TRANSCRIPT, files: new Map(text === null ? [] : [['docs/talk.txt', text]]) });

const ENDINGS: readonly Ending[] = [
  { name: 'a run with all its units', scenario: TRANSCRIPT, state: 'done', resumable: false, reason: null },
  { name: 'a file that is not there', scenario: withFile(null), state: 'failed', resumable: false, reason: /^docs\/talk\.txt does not exist\.$/ },
  { name: 'a file with nothing in it', scenario: withFile('\n'), state: 'failed', resumable: false, reason: /^docs\/talk\.txt .*\.$/ },
  {
    name: 'a cue that cannot be read', state: 'partial', resumable: false,
    scenario: {
      ...TRANSCRIPT,
      request: { ...TRANSCRIPT.request, inputs: [{ key: 'a.vtt', path: 'a.vtt' }] },
      files: new Map([['a.vtt', 'WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n<v Ann>Hello.\n\nbad --> time\n<v Bob>Lost.\n']]),
    },
    reason: /^1 of 2 turns failed; 1 place of a\.vtt could not be read, the first on line 6\. The ledger names the reasons\.$/,
  },
  {
    name: 'a person cancels', scenario: TRANSCRIPT, during: ({ runs }, id) => void runs.cancel(id, 'you'), state: 'cancelled', resumable: true,
    reason: /^Cancelled by you\. Nothing was decided yet; resume takes up the rest\.$/,
  },
  {
    name: 'the process ends', scenario: TRANSCRIPT, during: ({ runs }) => void runs.close(), state: 'partial', resumable: true,
    reason: /^Interrupted: the process ended before the run did\. Nothing was decided yet; resume takes up the rest\.$/,
  },
  {
    name: 'the computing thread breaks', scenario: CROSSWALK, state: 'failed', resumable: true, reason: /^The thread broke\.$/,
    make: () => bench(CROSSWALK, { compute: { run: () => Promise.reject(new FailureError({ code: 'internal', message: 'The thread broke.', retry: 'later' })) } }),
  },
  {
    name: 'a defect', scenario: CROSSWALK, state: 'failed', resumable: false, reason: /^A defect of Collate ended the run: no such row\. 0?.*; the log has the details\.$/,
    make: () => bench(CROSSWALK, { compute: { run: () => Promise.reject(new TypeError('no such row')) } }),
  },
  {
    name: 'a store that stops working', scenario: CROSSWALK, state: 'failed', resumable: true, reason: /^The disk is full\.$/,
    make: () => bench(CROSSWALK, { store: { ...memoryStore(), commitStep: async () => fail('storeUnavailable', 'The disk is full.', 'later') } }),
  },
];

describe('the word for how a run ended', () => {
  for (const { name, scenario, make, during, state, resumable, reason } of ENDINGS) {
    it(`${name}: ${state}`, async () => {
      const own = make?.() ?? bench(scenario);
      const id = value(await own.runs.start(scenario.request));
      during?.(own, id);
      const end = await own.runs.settled(id);
      expect({ state: end.state, resumable: end.resumable }).toEqual({ state, resumable });
      if (reason === null) expect(end.stateReason).toBeUndefined();
      else expect(end.stateReason).toMatch(reason);
      checkLedger(end);
      expect(value(await own.runs.get(id))).toEqual(end);
      expect(value(await own.runs.list(0, 10)).runs).toEqual([end]);
    });
  }

  it('names the document that could not be read in the ledger', async () => {
    const { end } = await finished(withFile(null));
    expect(end.ledger).toEqual({
      document: { total: 1, decided: 0, abstained: 0, skipped: 0, failed: 1, reasons: { 'docs/talk.txt does not exist.': 1 } },
    });
  });

  it('a file that is written to while it is read: failed, and read again on resume', async () => {
    const own = bench(TRANSCRIPT);
    const { read } = own.ports.files;
    let reads = 0;
    const files: Files = {
      write: () => Promise.reject(new Error('nothing is written')),
      read: async (...parameters) => (reads++ === 0 ? fail('unreadable', 'docs/talk.txt was written to while it was read.', 'now') : read(...parameters)),
    };
    const { runs } = createEngine({ ...own.ports, files });
    const id = value(await runs.start(TRANSCRIPT.request));
    const end = await runs.settled(id);
    expect(end).toMatchObject({ state: 'failed', resumable: true, ledger: { document: { total: 1, failed: 1 } } });
    value(await runs.resume(id));
    expect(await runs.settled(id)).toMatchObject({ state: 'done', ledger: { document: { total: 1, decided: 1, failed: 0, reasons: {} } } });
    expect(await outputOf(runs, id)).toEqual((await undisturbed(TRANSCRIPT)).output);
  });
});
