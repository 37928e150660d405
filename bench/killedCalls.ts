import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openStores } from '../server/src/adapters/openStores.ts';
import { SAMPLE_ITEMS } from '../server/src/engine/models/batchInvariance.ts';
import { chat, startModelServer, type ModelRequest, type ModelServer } from '../test/fakes/modelServer.ts';
import { seeded } from '../test/fakes/modelSimulator/seeded.ts';
import { report } from './benches.ts';
import { RUN_ID, SIDE_BY_SIDE, type KilledRunResult } from './killedRunShape.ts';
import { wireAnswer } from './wireTask.ts';

// A run of 2,000 calls, one for each item and one more for each that is asked twice to look into batches, gets SIGKILL at 100
// places and is taken up again. The places are drawn by a seed: before the first call, at the first ones, all over the run, at the last.

const CALLS = 2_000;
const ITEMS = CALLS - SAMPLE_ITEMS;
const KILLS = Number(process.env['COLLATE_BENCH_KILLS'] ?? 100);
const SEED = Number(process.env['COLLATE_BENCH_SEED'] ?? 1);
const LATENCY_MS = 20;
/** Kills before a call has arrived, at the first and at the last ones. */
const AT_THE_ENDS = 3;
/** Milliseconds a kill comes after the call it waits for, at most: about the time of a call and its line in the journal. */
const SPREAD_MS = 40;
const quiet = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

interface Place {
  /** The kill waits for so many calls; 0: it does not wait for any. */
  readonly calls: number;
  readonly thenMs: number;
}

function places(startMs: number): readonly Place[] {
  const random = seeded(SEED);
  const middle = KILLS - 3 * AT_THE_ENDS;
  return Array.from({ length: KILLS }, (_, n): Place => {
    const thenMs = random.next() * SPREAD_MS;
    if (n < AT_THE_ENDS) return { calls: 0, thenMs: random.next() * startMs };
    if (n < 2 * AT_THE_ENDS) return { calls: 1 + n - AT_THE_ENDS, thenMs };
    if (n >= KILLS - AT_THE_ENDS) return { calls: CALLS - (KILLS - 1 - n), thenMs };
    return { calls: 1 + Math.floor(((n - 2 * AT_THE_ENDS + random.next()) / middle) * CALLS), thenMs };
  });
}

function countsOf(ids: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + 1);
  return counts;
}

const promptOf = ({ body }: ModelRequest): string => (body['messages'] as readonly { readonly content: string }[]).at(-1)?.content ?? '';
/** How often each item was asked for. */
const askedIn = (requests: readonly ModelRequest[]): ReadonlyMap<string, number> => countsOf(requests.map((request) => /^Item (\S+)$/mu.exec(promptOf(request))?.[1] ?? ''));

/** A folder for the store and a server, for the length of `work`. */
async function apart<T>(work: (folder: string, server: ModelServer) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'collate-bench-'));
  const server = await startModelServer((request) => ({ ...chat(wireAnswer(promptOf(request))), latencyMs: LATENCY_MS }));
  try {
    return await work(folder, server);
  } finally {
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Null where it was killed. */
function run(folder: string, server: ModelServer, place: Place | null): Promise<KilledRunResult | null> {
  const child = spawn(process.execPath, [fileURLToPath(new URL('./killedRun.ts', import.meta.url)), JSON.stringify({ folder, url: server.url, items: ITEMS })], { stdio: ['ignore', 'pipe', 'inherit'] });
  let out = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => void (out += text));
  const kill = (): void => void setTimeout(() => child.kill('SIGKILL'), place?.thenMs);
  if (place !== null) void (place.calls === 0 ? Promise.resolve() : server.arrived(place.calls)).then(kill);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => {
      if (code === 0) resolve(JSON.parse(out) as KilledRunResult);
      else if (signal === 'SIGKILL') resolve(null);
      else reject(new Error(`The run ended with ${String(code ?? signal)}.`));
    });
  });
}

/** How often each item is in the journal. */
async function journalled(folder: string): Promise<ReadonlyMap<string, number>> {
  const stores = await openStores({ folder, log: quiet });
  const loaded = await stores.calls.load(RUN_ID);
  await stores.close();
  if (!loaded.ok) throw new Error(loaded.failure.message);
  return countsOf(loaded.value.finished.map(({ outcome }) => (JSON.parse(outcome) as { readonly value: { readonly id: string } }).value.id));
}

const started = performance.now();
const undisturbed = await apart(async (folder, server) => {
  let firstCallMs = 0;
  void server.arrived(1).then(() => (firstCallMs = performance.now() - started));
  const result = await run(folder, server, null);
  if (result === null || server.requests.length !== CALLS) throw new Error(`The undisturbed run made ${String(server.requests.length)} calls.`);
  return { found: result.found, asked: askedIn(server.requests), firstCallMs };
});

const faults: string[] = [];
/** Calls that had gone out when it was killed, of each. */
const seenAt: number[] = [];
let again = 0;
let told = 0;
let most = 0;
let unharmed = 0;
for (const place of places(undisturbed.firstCallMs)) {
  await apart(async (folder, server) => {
    const fault = (words: string): void => void faults.push(`killed ${place.thenMs.toFixed(1)} ms after call ${String(place.calls)}: ${words}`);
    if ((await run(folder, server, place)) !== null) unharmed += 1;
    const before = server.requests.length;
    const kept = before === 0 ? new Map<string, number>() : await journalled(folder);
    const resumed = await run(folder, server, null);
    if (resumed === null) throw new Error('The run that was taken up was killed.');
    if (resumed.found !== undisturbed.found) fault('the result is another');
    for (const [id, count] of askedIn(server.requests.slice(before))) {
      if (count > (undisturbed.asked.get(id) ?? 0) - (kept.get(id) ?? 0)) fault(`${id} was asked for again though it is in the journal`);
    }
    const repeated = server.requests.length - CALLS;
    if (repeated > resumed.repeatedAtMost) fault(`${String(repeated)} calls were repeated, and the run says at most ${String(resumed.repeatedAtMost)}`);
    if (resumed.repeatedAtMost > SIDE_BY_SIDE) fault(`the run says that ${String(resumed.repeatedAtMost)} calls were in flight; there is room for ${String(SIDE_BY_SIDE)}`);
    again += repeated;
    told += resumed.repeatedAtMost;
    most = Math.max(most, repeated);
    seenAt.push(before);
  });
}
seenAt.sort((a, b) => a - b);
if (faults.length > 0) throw new Error(faults.join('\n'));
report(
  (performance.now() - started) / 1000,
  `${String(KILLS)} kills of a run of ${String(CALLS)} calls (seed ${String(SEED)}) when ${String(seenAt[0])} to ${String(seenAt.at(-1))} had gone out, ${String(unharmed)} of them too late: each resumed result is the undisturbed one, no journalled call was repeated, ` +
    `${String(again)} in flight were (${String(most)} at most, of ${String(SIDE_BY_SIDE)} at once), and the runs said ${String(told)} at most`,
);
