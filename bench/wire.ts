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
// turns, so that what else the machine does falls on both; the first turn of each warms up and is not counted.

const IN_FLIGHT = 256;
const CALLS = 3_000;
const TURNS = 3;
const settings: Settings = {
  ...DEFAULT_SETTINGS, provider: 'openai', models: { ...DEFAULT_SETTINGS.models, verify: 'm' },
  limits: { ...DEFAULT_SETTINGS.limits, maxConcurrency: IN_FLIGHT },
};
const log = { debug: () => undefined, info: () => undefined, warn: (words: string) => console.error(words), error: (words: string) => console.error(words) };
const never = new AbortController().signal;

/** Wall time and this process's own work, in seconds. */
interface Spent {
  wall: number;
  cpu: number;
}

async function timed(work: () => Promise<void>, into: Spent | null): Promise<void> {
  const started = performance.now();
  const before = process.cpuUsage();
  await work();
  if (into === null) return;
  const { user, system } = process.cpuUsage(before);
  into.wall += (performance.now() - started) / 1e3;
  into.cpu += (user + system) / 1e6;
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
  const outcomes = await models.each('verify', 'verify', wireTask, items, items.length);
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
  const spent = { bare: { wall: 0, cpu: 0 }, ours: { wall: 0, cpu: 0 } };
  let meanConcurrency = 0;
  for (let turn = 0; turn <= TURNS; turn += 1) {
    for (const who of turn % 2 === 0 ? (['bare', 'ours'] as const) : (['ours', 'bare'] as const)) {
      const items = wireItems(CALLS, `${who}${turn}`);
      const runId = `run${turn}`;
      if (who === 'ours') await host.ports.store.createRun(snapshotOf({ id: runId }), '{}', host.ports.owner);
      const models = runtime.forRun({ runId, settings, provider: ours.provider, limits, priority: 'batch', signal: never, paidBefore: 0, pause: () => undefined, changed: () => undefined });
      await timed(() => (who === 'bare' ? askBare(bare, items) : askOurs(models, items)), turn === 0 ? null : spent[who]);
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
  const told = (who: 'bare' | 'ours'): string =>
    `${((CALLS * TURNS) / spent[who].wall).toFixed(0)} calls/s (${((spent[who].cpu * 1000) / (CALLS * TURNS)).toFixed(2)} ms of processor time a call)`;
  report(
    spent.ours.wall / TURNS,
    `${told('ours')} with schema check, metrics, cache and journal, ${meanConcurrency.toFixed(0)} in flight on the mean of the last turn; bare SDK ${told('bare')}, ${IN_FLIGHT} in flight at 50 ms`,
    { ratio: spent.bare.wall / spent.ours.wall },
  );
} finally {
  child.stdin.end();
  rmSync(folder, { recursive: true, force: true });
}
