/** The process of the bench of kills: asks for all items of a run through the one door, or for those a process before it left open, and prints what it found. */
import { openOpenaiProvider } from '../server/src/adapters/openaiProvider.ts';
import { openRuntime, resourceLimits } from '../server/src/engine/models/openRuntime.ts';
import { textHash } from '../server/src/engine/documents/hash.ts';
import { createNodeHost } from '../server/src/host.ts';
import { parseEndpoint } from '../server/src/models/endpoint.ts';
import { DEFAULT_SETTINGS, type Settings } from '../shared/settings.ts';
import { snapshotOf } from '../test/server/lsp/fakeEngine.ts';
import { RUN_ID, SIDE_BY_SIDE, type KilledProcess, type KilledRunResult } from './killedRunShape.ts';
import { wireItems, wireTask } from './wireTask.ts';

const { folder, url, items: count } = JSON.parse(process.argv[2] ?? '') as KilledProcess;
const say = (words: string): void => console.error(words);
const quiet = (): void => undefined;
const settings: Settings = {
  ...DEFAULT_SETTINGS, provider: 'openai', models: { ...DEFAULT_SETTINGS.models, verify: 'm' }, limits: { ...DEFAULT_SETTINGS.limits, maxConcurrency: SIDE_BY_SIDE },
};
const endpoint = parseEndpoint(url);
if (!endpoint.ok) throw new Error(endpoint.failure.message);
const host = await createNodeHost({ storeDir: folder, log: { debug: quiet, info: quiet, warn: say, error: say } });
const { store, owner } = host.ports;
const snapshot = snapshotOf({ id: RUN_ID });
const seen = await store.owner(RUN_ID);
const known = await store.run(RUN_ID);
if (!seen.ok || !known.ok) throw new Error('The store cannot be read.');
const taken = known.value === null ? await store.createRun(snapshot, '{}', owner) : await store.claimRun(snapshot, owner, seen.value, Date.now());
if (!taken.ok || taken.value === false) throw new Error('The run cannot be taken up.');

const provider = openOpenaiProvider({
  endpoint: endpoint.value, keyOf: () => Promise.resolve({ ok: true, value: 'key-of-the-bench' }), keyRefused: quiet, timeoutMs: 60_000, now: () => Date.now(),
});
const models = openRuntime(host.ports).forRun({
  runId: RUN_ID, settings, provider: provider.provider, limits: resourceLimits(settings), priority: 'batch', signal: new AbortController().signal, paidBefore: { costUsd: 0, unansweredUsd: 0 }, repeatedBefore: 0, pause: quiet, changed: quiet,
});
const items = wireItems(count, 'kill');
const outcomes = await Promise.all(models.ask('verify', 'verify', wireTask, items));
const found = outcomes.map(({ id, result }) => [id, result]);
const result: KilledRunResult = { found: textHash(JSON.stringify(found)), repeatedAtMost: models.work()[0]?.repeatedAtMost ?? 0 };
await provider.close();
await host.close();
console.log(JSON.stringify(result));
