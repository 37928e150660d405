import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { CompletionCall } from '../../../server/src/engine/ports.ts';
import { askedRows, plainJudge } from '../../fakes/fakeModel.ts';
import { chat, startModelServer, type ModelServer } from '../../fakes/modelServer.ts';
import { temporaryFolder } from '../store/storeFolder.ts';

const CLI = new URL('../../../server/src/cli/main.ts', import.meta.url).pathname;
const PLANS = ['alder-basic-plan.md', 'birch-basic-plan.md'].map((name) => new URL(`../../../samples/plans/${name}`, import.meta.url).pathname);
const A_DAY = 12;

let server: ModelServer;
beforeAll(async () => {
  server = await startModelServer(({ body }) => ({
    ...chat(JSON.stringify({ items: askedRows(body as unknown as CompletionCall).map(plainJudge) }), { usage: { prompt_tokens: 2_000, completion_tokens: 1_000 } }), latencyMs: 20,
  }));
});
afterAll(() => server.close());

function crosswalk(state: string, documents: readonly string[]): Promise<{ readonly code: number | null; readonly said: string }> {
  const flags = ['--provider', 'openai', '--base-url', server.url, '--model', 'm', '--requests-per-day', String(A_DAY), '--store', join(temporaryFolder(), 'store')];
  const child = spawn(process.execPath, [CLI, 'crosswalk', ...documents, ...flags], { env: { PATH: process.env['PATH'], XDG_STATE_HOME: state, COLLATE_API_KEY: 'sk-shared' }, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes: Buffer) => (said += bytes.toString()));
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, said: said.replaceAll(/\s+/gu, ' ') })));
}

/** Does it again where midnight (UTC) passed meanwhile: a new day has an allowance of its own. */
async function onOneDay<T>(work: () => Promise<T>): Promise<T> {
  for (;;) {
    const day = new Date().getUTCDate();
    const done = await work();
    if (new Date().getUTCDate() === day) return done;
  }
}

it('two terminals at once, on documents and stores of their own, keep one limit of a day', async () => {
  const { ended, late, atOnce, inAll } = await onOneDay(async () => {
    const state = temporaryFolder();
    const before = server.requests.length;
    const asked = (): number => server.requests.length - before;
    const ended = await Promise.all([crosswalk(state, PLANS), crosswalk(state, PLANS.toReversed())]);
    const atOnce = asked();
    return { ended, atOnce, late: await crosswalk(state, PLANS), inAll: asked() };
  });
  expect(atOnce).toBe(A_DAY);
  for (const { code, said } of ended) {
    expect(said).toContain('Today\'s requests to openai m at');
    expect(code).toBe(0);
  }
  // One of them may have come too late to ask at all.
  expect(ended.some(({ said }) => /An allowance is used up: \d+ calls? ended without an answer/u.test(said))).toBe(true);
  // Who comes a moment later finds the day used up.
  expect(late.said).toContain('Today\'s requests to openai m at');
  expect(inAll).toBe(A_DAY);
}, 120_000);
