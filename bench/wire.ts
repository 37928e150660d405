import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import OpenAI from 'openai';
import { openOpenaiProvider } from '../server/src/adapters/openaiProvider.ts';
import { openRuntime, resourceLimits } from '../server/src/engine/models/openRuntime.ts';
import type { RunModels } from '../server/src/engine/models/modelRuntime.ts';
import { createNodeHost } from '../server/src/host.ts';
import { parseEndpoint } from '../server/src/models/endpoint.ts';
import { DEFAULT_SETTINGS, type Settings } from '../shared/settings.ts';
import { snapshotOf } from '../test/server/lsp/fakeEngine.ts';
import { report } from './benches.ts';
import { wireItems, WIRE_SCHEMA, wireTask, type WireItem } from './wireTask.ts';

// Calls a second over a loopback server that takes 50 ms, up to 256 in flight, with everything on: limiter, budget, schema check,
// metrics, answers written to cache.db, calls begun and finished in work.db. Beside it the bare SDK, asked the same. The two take
// turns, so that what else the machine does falls on both: the figures are medians of the turns. The first of each warms up.

const IN_FLIGHT = 256;
const CALLS = 2_000;
const TURNS = 7;
const settings: Settings = {
  ...DEFAULT_SETTINGS, provider: 'openai', models: { ...DEFAULT_SETTINGS.models, verify: 'm' },
  limits: { ...DEFAULT_SETTINGS.limits, maxConcurrency: IN_FLIGHT },
};
const log = { debug: () => undefined, info: () => undefined, warn: (words: string) => console.error(words), error: (words: string) => console.error(words) };
const never = new AbortController().signal;

/** Wall time and this process's own work, in seconds. */
interface Spent {
  readonly wall: number;
  readonly cpu: number;
}

async function timed(work: () => Promise<void>): Promise<Spent> {
  const started = performance.now();
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return { wall: (performance.now() - started) / 1e3, cpu: (user + system) / 1e6 };
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] as number;
}

/** The bare SDK, with as many in flight as are asked for. */
async function askBare(client: OpenAI, items: readonly WireItem[]): Promise<void> {
  const left = items.map((item) => wireTask.prompt([item], null));
  const work = async (): Promise<void> => {
    for (let messages = left.pop(); messages !== undefined; messages = left.pop()) {
      const answer = await client.chat.completions.create({
        model: 'm', messages: messages.map(({ role, content }) => ({ role, content })), max_tokens: 200, temperature: 0,
        response_format: { type: 'json_schema', json_schema: { name: WIRE_SCHEMA.name, schema: WIRE_SCHEMA.json, strict: true } },
      });
      if (answer.choices[0]?.message.content === undefined) throw new Error('An answer is missing.');
    }
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, work));
}

async function askOurs(models: RunModels, items: readonly WireItem[]): Promise<void> {
  const outcomes = await Promise.all(models.ask('verify', 'verify', wireTask, items));
  if (outcomes.some(({ result, from }) => !result.ok || from !== 'model')) throw new Error('An item was not answered by a call.');
}

const folder = mkdtempSync(join(tmpdir(), 'collate-bench-'));
const child = spawn(process.execPath, [fileURLToPath(new URL('./wireServer.ts', import.meta.url))], { stdio: ['pipe', 'pipe', 'inherit'] });
try {
  const baseURL = await new Promise<string>((go) => createInterface(child.stdout).once('line', go));
  const endpoint = parseEndpoint(baseURL);
  if (!endpoint.ok) throw new Error(endpoint.failure.message);
  const bare = new OpenAI({ apiKey: 'key', baseURL });
  const ours = openOpenaiProvider({ endpoint: endpoint.value, keyOf: () => Promise.resolve({ ok: true, value: 'key-of-the-bench' }), keyRefused: () => undefined, timeoutMs: 60_000, now: () => Date.now() });
  const host = await createNodeHost({ storeDir: folder, log });
  const runtime = openRuntime(host.ports);
  const limits = resourceLimits(settings);
  const spent = { bare: [] as Spent[], ours: [] as Spent[] };
  let meanConcurrency = 0;
  for (let turn = 0; turn <= TURNS; turn += 1) {
    for (const who of turn % 2 === 0 ? (['bare', 'ours'] as const) : (['ours', 'bare'] as const)) {
      const items = wireItems(CALLS, `${who}${turn}`);
      const runId = `run${turn}`;
      if (who === 'ours') await host.ports.store.createRun(snapshotOf({ id: runId }), '{}', host.ports.owner);
      const models = runtime.forRun({ runId, settings, provider: ours.provider, limits, priority: 'batch', signal: never, paidBefore: { costUsd: 0, unansweredUsd: 0 }, repeatedBefore: 0, pause: () => undefined, changed: () => undefined });
      const took = await timed(() => (who === 'bare' ? askBare(bare, items) : askOurs(models, items)));
      if (turn > 0) spent[who].push(took);
      if (who === 'bare') continue;
      meanConcurrency = models.takeMetrics()[0]?.meanConcurrency ?? 0;
      const journal = await host.ports.calls.load(runId);
      if (!journal.ok || journal.value.finished.length < CALLS || journal.value.unfinished !== 0) throw new Error('Not every call is in the journal.');
    }
  }
  const kept = await host.ports.answers.stats();
  if (kept.entries < CALLS * (TURNS + 1)) throw new Error('Not every answer is in the cache.');
  await ours.close();
  await host.close();
  const of = (who: 'bare' | 'ours', what: keyof Spent): number => median(spent[who].map((one) => one[what]));
  const told = (who: 'bare' | 'ours'): string => `${(CALLS / of(who, 'wall')).toFixed(0)} calls/s (${((of(who, 'cpu') * 1000) / CALLS).toFixed(2)} ms of processor time a call)`;
  report(
    of('ours', 'wall'),
    `${told('ours')} with schema check, metrics, cache and journal, ${meanConcurrency.toFixed(0)} in flight on the mean of the last turn; bare SDK ${told('bare')}, ${IN_FLIGHT} in flight at 50 ms`,
    { ratio: of('bare', 'wall') / of('ours', 'wall') },
  );
} finally {
  child.stdin.end();
  rmSync(folder, { recursive: true, force: true });
}
