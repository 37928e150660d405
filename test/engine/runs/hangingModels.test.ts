import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createEngine, DEFAULT_SETTINGS, type RunRequest, type Settings } from '../../../server/src/engine/index.ts';
import { nodeYield } from '../../../server/src/adapters/nodeClock.ts';
import type { CallFailure } from '../../../server/src/engine/ports.ts';
import type { RunOutput, RunSnapshot } from '../../../shared/model.ts';
import { fakeModel, type FakeModel, type FakeModelOptions } from '../../fakes/fakeModel.ts';
import { fakePorts } from '../../fakes/fakePorts.ts';
import { VirtualTime } from '../../fakes/modelSimulator/virtualTime.ts';
import { png } from '../../fakes/pagePictures.ts';
import { checkLedger, value } from './scenarios.ts';

const read = (name: string): string => readFileSync(new URL(`../../../samples/plans/${name}`, import.meta.url), 'utf8').slice(0, 16_000);
const TALK = Array.from({ length: 400 }, (_, k) => `${k % 2 === 0 ? 'Ann' : 'Bob'}: We talked about the match of ${String(k)} percent and what the board of the company might say to it in spring.`).join('\n');
const FILES: ReadonlyMap<string, string | Uint8Array> = new Map<string, string | Uint8Array>([
  ['alder.md', read('alder-basic-plan.md')], ['birch.md', read('birch-basic-plan.md')], ['talk.txt', TALK], ['scan.png', png(1_240, 1_754)],
]);
const PLANS = ['alder.md', 'birch.md'];
const DOWN: CallFailure = { code: 'unreachable', message: 'HTTP 500.', retry: 'later' };
const CALL_MS = 180_000;
const MINUTE_MS = 60_000;

const hang = (signal: AbortSignal): Promise<never> => new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)));

interface Ended {
  readonly end: RunSnapshot;
  readonly output: RunOutput;
  readonly model: FakeModel;
  /** Milliseconds the run took. */
  readonly at: number;
  /** What was shown while nothing was answered, each once. */
  readonly waited: ReadonlySet<string>;
}

/** A whole run in virtual time; `make` gets the model that answers, to know which of them a call is for. */
async function ran(keys: readonly string[], models: Partial<Settings['models']>, make: (model: () => FakeModel) => FakeModelOptions): Promise<Ended> {
  const time = new VirtualTime();
  const model: FakeModel = fakeModel(make(() => model));
  const ports = { ...fakePorts({ files: new Map(FILES), modelProvider: model.port }), clock: time, sleep: time.sleep, yieldToHost: nodeYield };
  const { runs } = createEngine(ports);
  const waited = new Set<string>();
  runs.onProgress(({ progress }) => {
    if (progress?.waiting === true) waited.add(progress.message);
  });
  const settings: Settings = { ...DEFAULT_SETTINGS, provider: 'openai', models: { ...DEFAULT_SETTINGS.models, ...models }, limits: { ...DEFAULT_SETTINGS.limits, maxConcurrency: 8 } };
  const request: RunRequest = { workflow: keys.length === 2 ? 'crosswalk' : 'auto', inputs: keys.map((key) => ({ key, path: key })), settings };
  const id = value(await runs.start(request));
  let isSettled = false;
  const settled = runs.settled(id).finally(() => (isSettled = true));
  // Work that waits for no timer goes on between two looks at the clock.
  while (!isSettled) {
    for (let turn = 0; turn < 50 && !isSettled; turn++) await nodeYield();
    if (!isSettled) await time.pass(1_000);
  }
  const end = await settled;
  checkLedger(end);
  return { end, output: value(await runs.output([id])).runs[0] as RunOutput, model, at: time.monotonic(), waited };
}

const callsOf = (model: FakeModel, name: string): number => model.calls.filter((call) => call.model === name).length;

describe('a model for first looks', () => {
  const MODELS = { verify: 'large', prefilter: 'small' };

  it('that answers 500 to everything is given up within seconds, and every row goes to the model that decides', async () => {
    const { end, output, model, at } = await ran(PLANS, MODELS, (own) => ({ fails: (number) => (own().calls[number]?.model === 'small' ? DOWN : null) }));
    expect(end.state).toBe('done');
    expect(at).toBeLessThan(MINUTE_MS);
    expect(callsOf(model, 'small')).toBeGreaterThan(0);
    expect(callsOf(model, 'small')).toBeLessThan(20);
    expect(callsOf(model, 'large')).toBeGreaterThan(0);
    const advice = end.models?.find(({ operation }) => operation === 'prefilter')?.advice;
    expect(advice).toContain('small at api.openai.com/v1 failed again and again, and what it is asked is not needed, so that it is not waited for. HTTP 500.');
    const failed = output.matches.flatMap(({ why }) => why.filter(({ rule }) => rule === 'firstLook.failed'));
    expect(failed.length).toBeGreaterThan(0);
    expect(failed[0]?.detail).toContain('HTTP 500.');
  });

  it('that never answers is waited for once', async () => {
    const { end, at, waited } = await ran(PLANS, MODELS, (own) => ({ before: async (number, signal) => (own().calls[number]?.model === 'small' ? hang(signal) : undefined) }));
    expect(end.state).toBe('done');
    expect(at).toBeLessThan(CALL_MS + MINUTE_MS);
    expect([...waited].some((words) => /^Waiting: no answer for \d+ s \(a call is given up after 3 min\)$/u.test(words))).toBe(true);
  });
});

it('a model for embeddings that never answers is waited for once, and the rows go on with what rules found', async () => {
  const { end, output, at, waited } = await ran(PLANS, { verify: 'large', embed: 'vectors' }, () => ({ vectorOf: () => [1, 0], beforeVectors: async (_, signal) => hang(signal) }));
  expect(end.state).toBe('done');
  expect(at).toBeLessThan(CALL_MS + MINUTE_MS);
  expect(waited.size).toBeGreaterThan(0);
  expect(output.matches.some(({ why }) => why.some(({ detail }) => detail.includes('gave no vector') && detail.includes('did not answer in time')))).toBe(true);
});

describe('a run whose model never answers', () => {
  const NEXT = /did not answer in time\. See whether its server is at work and has room, or name another model\./u;

  it('that decides rows ends with rows that failed, the reason, and what to do', async () => {
    const { end, at, waited } = await ran(PLANS, { verify: 'large' }, () => ({ before: async (_, signal) => hang(signal) }));
    expect(end).toMatchObject({ state: 'partial', stateReason: expect.stringMatching(NEXT) });
    expect(end.stateReason).toContain('a new run asks again about what failed');
    expect(at).toBeLessThan(2 * CALL_MS + MINUTE_MS);
    expect(waited.size).toBeGreaterThan(0);
    expect(end.ledger.sourceProvision?.failed).toBeGreaterThan(0);
  });

  it('that reads a transcript ends with parts that failed, the reason, and what to do', async () => {
    const { end, at, waited } = await ran(['talk.txt'], { analyze: 'reader' }, () => ({ before: async (_, signal) => hang(signal) }));
    expect(end).toMatchObject({ state: 'partial', stateReason: expect.stringMatching(NEXT) });
    expect(end.ledger.analysis?.failed).toBeGreaterThan(0);
    expect(at).toBeLessThan(2 * CALL_MS + MINUTE_MS);
    expect(waited.size).toBeGreaterThan(0);
  });

  it('that reads a picture fails with the document, the reason, and what to do', async () => {
    const { end, at, waited } = await ran(['scan.png'], { vision: 'eyes' }, () => ({ reads: () => ({ text: '', finish: 'stop' }), before: async (_, signal) => hang(signal) }));
    expect(end).toMatchObject({ state: 'failed', resumable: true, stateReason: expect.stringMatching(NEXT) });
    expect(at).toBeLessThan(2 * CALL_MS + MINUTE_MS);
    expect(waited.size).toBeGreaterThan(0);
  });
});
