import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { spentOf } from '../../../shared/spent.ts';
import { formatUsd, unansweredWords } from '../../../shared/words/modelWords.ts';
import type { Metric, ModelWork, Output } from '../../../shared/model.ts';
import { askedRows, plainJudge } from '../../fakes/fakeModel.ts';
import { chat, startModelServer, type ModelServer } from '../../fakes/modelServer.ts';
import type { CompletionCall } from '../../../server/src/engine/ports.ts';

const CLI = new URL('../../../server/src/cli/main.ts', import.meta.url).pathname;
const SAMPLES = new URL('../../../samples/plans/', import.meta.url).pathname;
const PLANS = ['alder-basic-plan.md', 'birch-basic-plan.md'].map((name) => join(SAMPLES, name));
const KEY = 'sk-never-to-be-seen-anywhere';
/** Milliseconds of an answer: long enough that calls are in flight whenever the signal comes. */
const LATENCY_MS = 40;

let server: ModelServer;
/** Ids of the items of each request, in the order they came. */
const asked = (): readonly string[] => server.requests.flatMap(({ body }) => askedRows(body as unknown as CompletionCall).map(({ id }) => id));

beforeAll(async () => {
  server = await startModelServer(({ body }) => ({
    ...chat(JSON.stringify({ items: askedRows(body as unknown as CompletionCall).map(plainJudge) }), { usage: { prompt_tokens: 2_000, completion_tokens: 1_000 } }), latencyMs: LATENCY_MS,
  }));
});
afterAll(() => server.close());

interface Ended {
  readonly code: number | null;
  readonly said: string;
}

/** Runs the terminal; with `killAt` it gets SIGKILL when the server has that many requests more than now. */
function collate(args: readonly string[], killAt?: number): Promise<Ended> {
  const child = spawn(process.execPath, [CLI, ...args], { env: { PATH: process.env['PATH'], COLLATE_API_KEY: KEY }, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  child.stdout.on('data', (bytes: Buffer) => (said += bytes.toString()));
  child.stderr.on('data', (bytes: Buffer) => (said += bytes.toString()));
  if (killAt !== undefined) void server.arrived(server.requests.length + killAt).then(() => child.kill('SIGKILL'));
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, said })));
}

const folder = (): string => mkdtempSync(join(tmpdir(), 'collate-killed-'));
/** US dollars of a call at a dollar for a million tokens. */
const COST_USD = 0.003;
const SIDE_BY_SIDE = 4;
const asking = (store: string): readonly string[] => ['--price', 'm=1/1', '--provider', 'openai', '--base-url', server.url, '--model', 'm', '--max-concurrency', String(SIDE_BY_SIDE), '--store', store];

function resultIn(out: string): { readonly found: unknown; readonly repeatedAtMost: number; readonly metrics: readonly Metric[]; readonly files: string } {
  const text = readFileSync(join(out, 'run.json'), 'utf8');
  const [run] = (JSON.parse(text) as Output).runs;
  const benchmark = readFileSync(join(out, 'benchmark.json'), 'utf8');
  const [work] = (JSON.parse(benchmark) as { readonly models: readonly ModelWork[] }).models;
  return {
    found: { matches: run?.matches, newTargets: run?.newTargets, ledger: run?.ledger }, repeatedAtMost: work?.repeatedAtMost ?? 0, metrics: run?.metrics ?? [],
    files: ['metadata.json', 'report.html'].map((name) => readFileSync(join(out, name), 'utf8')).join('') + text + benchmark,
  };
}

/** What was paid by all processes is told, and of the calls that none of them heard of again what they cost at most. */
function checkPaid(metrics: readonly Metric[], requests: number, inFlight: number): { readonly unanswered: number; readonly unansweredUsd: number } {
  const calls = metrics.reduce((sum, metric) => sum + metric.calls, 0);
  const unanswered = metrics.reduce((sum, metric) => sum + (metric.unanswered ?? 0), 0);
  const { costUsd, unansweredUsd } = spentOf(metrics);
  expect(calls).toBeGreaterThanOrEqual(requests);
  expect(requests).toBeGreaterThanOrEqual(calls - unanswered);
  expect(unanswered).toBeLessThanOrEqual(inFlight);
  expect(costUsd).toBeCloseTo((calls - unanswered) * COST_USD, 9);
  expect(requests * COST_USD).toBeLessThanOrEqual(costUsd + unansweredUsd + 1e-9);
  return { unanswered, unansweredUsd };
}

describe('a run that gets SIGKILL while it asks a model', () => {
  it('ends as if it had not, asks for nothing it has written down, and says how much may be paid twice', async () => {
    const whole = folder();
    expect(await collate(['crosswalk', ...PLANS, ...asking(join(whole, 'store')), '--out', join(whole, 'out')])).toMatchObject({ code: 0 });
    const undisturbed = resultIn(join(whole, 'out'));
    const once = asked().length;
    expect(new Set(asked()).size).toBe(once);
    for (const killAt of [1, 12, Math.ceil(once / 8)]) {
      const before = asked().length;
      const requestsBefore = server.requests.length;
      const own = folder();
      const store = join(own, 'store');
      const killed = await collate(['crosswalk', ...PLANS, ...asking(store)], killAt);
      expect(killed.code, killed.said).toBeNull();
      const listed = await collate(['runs', '--store', store]);
      const runId = /^([a-z0-9]{12,})\s/mu.exec(listed.said)?.[1] ?? '';
      const resumed = await collate(['resume', runId, '--store', store, '--out', join(own, 'out')]);
      expect(resumed.code, resumed.said).toBe(0);
      const { found, repeatedAtMost, metrics, files } = resultIn(join(own, 'out'));
      checkPaid(metrics, server.requests.length - requestsBefore, SIDE_BY_SIDE);
      expect(found).toEqual(undisturbed.found);
      const told = /At most (\d+) items? of calls in flight/u.exec(resumed.said)?.[1] ?? '0';
      expect(Number(told)).toBe(repeatedAtMost);
      const items = asked().slice(before);
      expect(new Set(items).size).toBe(once);
      expect(items.length - once).toBeLessThanOrEqual(repeatedAtMost);
      expect(killed.said + listed.said + resumed.said + files).not.toContain(KEY);
    }
  }, 240_000);
});

describe('a run that gets SIGKILL several times', () => {
  it('says of all kills together what may have been paid beside its cost, and how much twice', async () => {
    const store = join(folder(), 'store');
    const requestsBefore = server.requests.length;
    const before = asked().length;
    const said = [await collate(['crosswalk', ...PLANS, ...asking(store)], 5)];
    const runId = /^([a-z0-9]{12,})\s/mu.exec((await collate(['runs', '--store', store])).said)?.[1] ?? '';
    for (let kill = 0; kill < 2; kill++) said.push(await collate(['resume', runId, '--store', store], 5));
    expect(said.map(({ code }) => code)).toEqual([null, null, null]);
    const own = folder();
    const last = await collate(['resume', runId, '--store', store, '--out', join(own, 'out')]);
    expect(last.code, last.said).toBe(0);
    const { repeatedAtMost, metrics, files } = resultIn(join(own, 'out'));
    const { unanswered, unansweredUsd } = checkPaid(metrics, server.requests.length - requestsBefore, 3 * SIDE_BY_SIDE);
    // More than one kill can leave behind.
    expect(unanswered).toBeGreaterThan(SIDE_BY_SIDE);
    const words = unansweredWords(metrics, true);
    expect(words).toBe(`At most ${formatUsd(unansweredUsd)} more for ${String(unanswered)} calls in flight when the run was stopped, or given up after too long, whose answer was never seen.`);
    expect(last.said.replace(/\s+/gu, ' ')).toContain(words);
    expect(files).toContain(words);
    const items = asked().slice(before);
    expect(items.length - new Set(items).size).toBeLessThanOrEqual(repeatedAtMost);
    expect(repeatedAtMost).toBeGreaterThan(0);
    expect(last.said).toContain(`At most ${String(repeatedAtMost)} items of calls in flight`);
  }, 240_000);
});

describe('a run that its budget has paused', () => {
  it('says why, what to type, and goes on from there', async () => {
    const store = join(folder(), 'store');
    const before = asked().length;
    const paused = await collate(['crosswalk', ...PLANS, ...asking(store), '--budget', '0.02']);
    // A script does not go on as if it were done.
    expect(paused.code).toBe(1);
    expect(paused.said).toMatch(/^m at .*: .*(is the limit|Nothing held the calls back)/mu);
    expect(paused.said).toContain('The budget of $0.02 for a run does not allow another call');
    const [, runId = ''] = /^Resume with: collate resume ([a-z0-9]{12,}) --budget USD --store /mu.exec(paused.said) ?? [];
    const resumed = await collate(['resume', runId, '--store', store, '--budget', '0']);
    expect(resumed.code, resumed.said).toBe(0);
    // What was paid before the pause is written down before the run is let go of, its last answers too.
    const items = asked().slice(before);
    expect(new Set(items).size).toBe(items.length);
    expect(resumed.said).not.toContain('paid twice');
  }, 120_000);
});
