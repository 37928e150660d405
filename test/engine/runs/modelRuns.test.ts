import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { createEngine, DEFAULT_SETTINGS, type RunRequest, type Runs, type Settings } from '../../../server/src/engine/index.ts';
import { fail, ok, type Result } from '../../../shared/failure.ts';
import type { Match, RunOutput, RunSnapshot } from '../../../shared/model.ts';
import { nodeClock, nodeYield } from '../../../server/src/adapters/nodeClock.ts';
import { nodeSleep } from '../../../server/src/adapters/nodeSleep.ts';
import type { Ports } from '../../../server/src/engine/ports.ts';
import { fakeModel, plainJudge, type FakeModel, type FakeModelOptions } from '../../fakes/fakeModel.ts';
import { fakePorts } from '../../fakes/fakePorts.ts';
import { checkLedger, value } from './scenarios.ts';

const read = (name: string): string => readFileSync(new URL(`../../../samples/plans/${name}`, import.meta.url), 'utf8');
const FILES = new Map([['alder.md', read('alder-basic-plan.md')], ['birch.md', read('birch-basic-plan.md')]]);
const WITH_MODEL: Settings = { ...DEFAULT_SETTINGS, provider: 'openai', models: { ...DEFAULT_SETTINGS.models, verify: 'gpt-4o-mini' } };
const asked = (settings: Settings): RunRequest => ({ workflow: 'crosswalk', inputs: ['alder.md', 'birch.md'].map((key) => ({ key, path: key })), settings });

interface Ran {
  readonly runs: Runs;
  readonly ports: Ports;
  readonly model: FakeModel;
  readonly end: RunSnapshot;
  readonly output: RunOutput;
}

/** Time is the machine's own: calls wait for each other, and none of them for a clock. */
function portsOf(model: FakeModel): Ports {
  return { ...fakePorts({ files: new Map(FILES), modelProvider: model.port }), clock: nodeClock, sleep: nodeSleep, yieldToHost: nodeYield };
}

async function outputOf(runs: Runs, id: string): Promise<RunOutput> {
  return value(await runs.output([id])).runs[0] as RunOutput;
}

async function ran(settings: Settings, options: FakeModelOptions = {}, over?: Ports): Promise<Ran> {
  const model = fakeModel(options);
  const ports = over === undefined ? portsOf(model) : { ...over, modelProvider: model.port };
  const { runs } = createEngine(ports);
  const id = value(await runs.start(asked(settings)));
  const end = await runs.settled(id);
  return { runs, ports, model, end, output: await outputOf(runs, id) };
}

/** What a run found, without when and how. */
const found = ({ matches, newTargets, ledger }: RunOutput): unknown => ({ matches, newTargets, ledger });

let rules: Ran;
let verified: Ran;
beforeAll(async () => {
  rules = await ran(DEFAULT_SETTINGS);
  verified = await ran(WITH_MODEL);
}, 60_000);

describe('a crosswalk with a model', () => {
  it('asks about rows that rules left open, and about nothing else', () => {
    expect(rules.model.asked).toEqual([]);
    const open = new Map(rules.output.matches.map((match) => [match.sourceId, match]));
    for (const match of verified.output.matches) {
      const before = open.get(match.sourceId) as Match;
      if (before.outcome !== 'abstained') expect(match).toEqual(before);
    }
    const settled = verified.output.matches.filter((match) => match.outcome === 'decided' && open.get(match.sourceId)?.outcome === 'abstained');
    expect(settled.length).toBeGreaterThan(5);
    for (const { why, targets, relation } of settled) {
      expect(why[0]?.rule).toBe('gpt-4o-mini');
      if (relation !== 'missing') expect(targets[0]?.evidence.source[0]?.quote.length).toBeGreaterThan(0);
    }
  });

  it('keeps rows in the order of the source, and a ledger that adds up', () => {
    expect(verified.output.matches.map(({ sourceId }) => sourceId)).toEqual(rules.output.matches.map(({ sourceId }) => sourceId));
    expect(verified.end.state).toBe('done');
    checkLedger(verified.end);
    expect(verified.end.ledger.sourceProvision?.total).toBe(rules.end.ledger.sourceProvision?.total);
    expect(verified.end.ledger.targetProvision?.total).toBe(rules.end.ledger.targetProvision?.total);
  });

  it('shows only words of the documents as evidence', () => {
    const texts: Readonly<Record<string, string>> = Object.fromEntries([...FILES].map(([key, text]) => [key, text.replaceAll('\r\n', '\n')]));
    for (const { targets } of verified.output.matches) {
      for (const { evidence } of targets) {
        for (const { document, start, end, quote } of [...evidence.source, ...evidence.target]) expect(texts[document]?.slice(start, end)).toBe(quote);
      }
    }
  });

  it('counts calls, tokens and cost, and says who answered', () => {
    const metric = verified.end.metrics.find(({ operation }) => operation === 'verify');
    expect(metric).toMatchObject({ calls: verified.model.asked.length, errors: 0, retries: 0, estimated: false });
    expect(metric?.items).toBe(new Set(verified.model.asked.flat()).size);
    expect(metric?.costUsd).toBeCloseTo(((metric?.tokensIn ?? 0) * 0.15 + (metric?.tokensOut ?? 0) * 0.6) / 1e6, 9);
    expect(verified.end.provider).toBe('openai gpt-4o-mini at api.openai.com/v1');
    expect(verified.end.models?.[0]?.resource).toBe(verified.end.provider);
  });

  it('pays nothing when the same is asked again', async () => {
    const again = await ran(WITH_MODEL, {}, verified.ports);
    expect(again.model.asked).toEqual([]);
    expect(found(again.output)).toEqual(found(verified.output));
    expect(again.end.models?.[0]?.cachedItems).toBe(new Set(verified.model.asked.flat()).size);
  });

  it('finds the same whatever order answers come in', async () => {
    const waiting: (() => void)[] = [];
    // The call that came last is answered first.
    const release = (): void => void setImmediate(() => waiting.pop()?.());
    const backwards = await ran(WITH_MODEL, {
      before: () => new Promise((resolve) => {
        waiting.push(resolve);
        release();
      }),
    });
    expect(found(backwards.output)).toEqual(found(verified.output));
  });

  it('takes a failed call for no answer, never for a "no"', async () => {
    const failing = await ran(WITH_MODEL, { fails: () => ({ code: 'refused', message: 'The model is not served here.', retry: 'never' }) });
    expect(failing.end.state).toBe('partial');
    checkLedger(failing.end);
    const ids = new Set(verified.output.matches.filter(({ why }) => why[0]?.rule === 'gpt-4o-mini').map(({ sourceId }) => sourceId));
    for (const match of failing.output.matches) {
      if (ids.has(match.sourceId)) expect(match).toMatchObject({ outcome: 'failed', reason: 'The model is not served here', relation: null });
    }
    expect(failing.output.matches.filter(({ relation }) => relation === 'missing')).toEqual(rules.output.matches.filter(({ relation }) => relation === 'missing'));
  });

  it('does not use an answer whose quote no document has', async () => {
    const invented = await ran(WITH_MODEL, { judge: (row) => ({ ...(plainJudge(row) as object), sourceQuotes: ['words that stand in no plan at all'] }) });
    const reasons = Object.keys(invented.end.ledger.sourceProvision?.reasons ?? {});
    expect(reasons).toContain('The model quoted words that the source does not have');
    expect(invented.output.matches.filter(({ why, outcome }) => outcome === 'decided' && why[0]?.rule === 'gpt-4o-mini')).toEqual([]);
  });
});

describe('a budget', () => {
  const spent = (end: RunSnapshot): number => end.metrics.reduce((sum, { costUsd }) => sum + costUsd, 0);

  it('pauses the run, keeps what is answered, and lets it be resumed with a higher one to the same end', async () => {
    const whole = spent(verified.end);
    const budgetPerRun = whole * 0.6;
    const paused = await ran({ ...WITH_MODEL, budgetPerRun });
    expect(paused.end).toMatchObject({ state: 'paused', resumable: true });
    expect(paused.end.stateReason).toMatch(/^The budget of \$.* Resume the run with a higher budget\..*provisions are kept\.$/u);
    checkLedger(paused.end);
    // What was paid is told, also of steps that were not written.
    const told = spent(paused.end);
    expect(told).toBeGreaterThan(0);
    expect(told).toBeLessThanOrEqual(budgetPerRun * 1.001);
    expect(paused.end.metrics.find(({ operation }) => operation === 'verify')?.calls).toBe(paused.model.asked.length);
    const before = paused.model.asked.length;
    const id = paused.end.id;
    value(await paused.runs.resume(id, { budgetPerRun: whole * 10 }));
    const end = await paused.runs.settled(id);
    expect(end).toMatchObject({ state: 'done', settings: { budgetPerRun: whole * 10 } });
    expect(found(await outputOf(paused.runs, id))).toEqual(found(verified.output));
    // What was answered before the pause is not asked again.
    const items = paused.model.asked.flat();
    expect(new Set(items).size).toBe(items.length);
    expect(before).toBeGreaterThan(0);
  });

  it('leaves to review what it did not reach, where no model may be asked any more', async () => {
    const paused = await ran({ ...WITH_MODEL, budgetPerRun: spent(verified.end) * 0.6 });
    const { id } = paused.end;
    const before = paused.model.asked.length;
    value(await paused.runs.resume(id, { provider: 'local' }));
    const end = await paused.runs.settled(id);
    expect(end.state).toBe('done');
    checkLedger(end);
    expect(paused.model.asked.length).toBe(before);
    const { matches } = await outputOf(paused.runs, id);
    expect(matches.map(({ sourceId }) => sourceId)).toEqual(rules.output.matches.map(({ sourceId }) => sourceId));
    expect(matches.filter(({ outcome }) => outcome === 'abstained').length).toBeGreaterThan(0);
  });

  it('is not begun where nobody knows the price', async () => {
    const unknown = await ran({ ...WITH_MODEL, models: { ...WITH_MODEL.models, verify: 'model-of-tomorrow' }, budgetPerRun: 1 });
    expect(unknown.model.asked).toEqual([]);
    expect(unknown.end).toMatchObject({ state: 'failed' });
    expect(unknown.end.stateReason).toContain('Give its price in collate.models.prices, or set collate.budget.perRun to 0.');
  });
});

describe('a model that can answer nothing', () => {
  it('is given up, and the run says why', async () => {
    const teapot = await ran(WITH_MODEL, { judge: () => 'I am a teapot.' });
    expect(teapot.end.state).toBe('partial');
    expect(teapot.end.stateReason).toMatch(/^\d+ of \d+ source provisions failed\. The ledger names the reasons\. Not asked, as no answer to the first \d+ could be used: .* Try another model; .*\. Then a new run asks again about what failed, .*\.$/u);
    expect(teapot.model.asked.length).toBeLessThan(verified.model.asked.length * 2);
    checkLedger(teapot.end);
  });
});

describe('a key that is missing', () => {
  it('is said before anything is read or asked, and the run goes on once it is given', async () => {
    const model = fakeModel();
    let hasKey = false;
    const ready = async (): Promise<Result<void>> => (hasKey ? ok(undefined) : fail('unauthorized', 'There is no key. Give it.', 'later'));
    const { runs } = createEngine({ ...portsOf(model), modelProvider: async () => ok({ ...model, ready }) });
    const id = value(await runs.start(asked(WITH_MODEL)));
    expect(await runs.settled(id)).toMatchObject({ state: 'failed', resumable: true, stateReason: 'There is no key. Give it.', ledger: {} });
    expect(model.asked).toEqual([]);
    hasKey = true;
    value(await runs.resume(id));
    expect(await runs.settled(id)).toMatchObject({ state: 'done' });
    expect(found(await outputOf(runs, id))).toEqual(found(verified.output));
  });
});

describe('who answered', () => {
  it('is said before anything is read where no model is named', async () => {
    const unnamed = await ran({ ...WITH_MODEL, models: { ...WITH_MODEL.models, verify: '' } });
    expect(unnamed.end).toMatchObject({ state: 'failed' });
    expect(unnamed.end.stateReason).toContain('collate.models.verify');
  });

  it('is rules alone for an analysis of one document, whatever the settings say', async () => {
    const model = fakeModel();
    const { runs } = createEngine(portsOf(model));
    const id = value(await runs.start({ workflow: 'auto', inputs: [{ key: 'alder.md', path: 'alder.md' }], settings: WITH_MODEL }));
    expect(await runs.settled(id)).toMatchObject({ state: 'done', provider: 'local' });
    expect(model.asked).toEqual([]);
  });
});
