import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '../server/src/adapters/openDatabase.ts';
import { openStores } from '../server/src/adapters/openStores.ts';
import { TieredAnswers } from '../server/src/engine/index.ts';
import { cacheKey } from '../server/src/engine/models/cacheKey.ts';
import type { CachedAnswer, JournalledCall, Log } from '../server/src/engine/ports.ts';
import { snapshotOf } from '../test/server/lsp/fakeEngine.ts';
import { report } from './benches.ts';

// A run again of 3,600 calls that are all in the cache: keys made, answers read from the file, calls journalled.
// Baseline beside it: the same file and the same rows, one question and one transaction for each call.

const CALLS = 3_600;
/** Calls one step of a workflow asks for together. */
const STEP = 50;
/** Calls in flight at once where none is cached. */
const SIDE_BY_SIDE = 32;
const usage = { tokensIn: 900, tokensOut: 120, tokensCached: 0, estimated: false };
const answer = (n: number): CachedAnswer => ({ answer: JSON.stringify({ effect: 'changed', quote: `${n} `.repeat(300) }), usage });
const log: Log = { debug: () => undefined, info: () => undefined, warn: (words) => console.error(words), error: (words) => console.error(words) };
const keyOf = (n: number): string =>
  cacheKey({
    kind: 'completion', endpoint: 'https://models.example/v1', model: 'large', promptVersion: 'effect-1', content: `Provision ${n}. ${'The plan year ends on 31 December. '.repeat(40)}`,
    context: ['Plan Year means the period of 12 months.'], schema: { type: 'object' }, parameters: { temperature: 0, maxTokensOut: 800 },
  });
const callOf = (n: number, { answer: outcome }: CachedAnswer): JournalledCall => ({ call: String(n), outcome, usage, costUsd: 0, attempts: 0, finishedAt: n });

async function timed(work: () => Promise<void> | void): Promise<number> {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1000;
}

const folder = mkdtempSync(join(tmpdir(), 'collate-bench-'));
try {
  const numbers = Array.from({ length: CALLS }, (_, n) => n);
  const first = await openStores({ folder, log });
  await first.answers.put(numbers.map((n) => ({ key: keyOf(n), value: answer(n) })));
  await first.close();

  const stores = await openStores({ folder, log });
  for (const id of ['cached', 'asked']) await stores.runs.createRun(snapshotOf({ id }), '{}', 'bench');
  const answers = new TieredAnswers(stores.answers);
  const seconds = await timed(async () => {
    for (let start = 0; start < CALLS; start += STEP) {
      const step = numbers.slice(start, start + STEP);
      const found = await answers.get(step.map(keyOf));
      await stores.calls.append('cached', 'bench', step.map((n, at) => callOf(n, found[at] ?? answer(-1))));
    }
  });
  let next = 0;
  const journalled = await timed(async () => {
    const work = async (): Promise<void> => {
      while (next < CALLS) {
        const n = next++;
        await stores.calls.begin('asked', 'bench', [String(n)]);
        await stores.calls.append('asked', 'bench', [callOf(n, answer(n))]);
      }
    };
    await Promise.all(Array.from({ length: SIDE_BY_SIDE }, work));
  });
  const counts = await Promise.all(['cached', 'asked'].map((id) => stores.calls.load(id)));
  for (const loaded of counts) if (!loaded.ok || loaded.value.finished.length !== CALLS || loaded.value.unfinished !== 0) throw new Error('Not every call is in the journal.');
  await stores.close();

  const cache = openDatabase(join(folder, 'cache.db'), { synchronous: 'NORMAL' });
  const work = openDatabase(join(folder, 'work.db'), { synchronous: 'FULL' });
  work.exec('DELETE FROM calls');
  const naive = await timed(() => {
    for (const n of numbers) {
      const found = cache.prepare<[string], { value: string }>("SELECT value FROM kept WHERE kind = 'answer' AND key = ?").get(keyOf(n));
      work.prepare('INSERT INTO calls VALUES (?, ?, ?, ?, ?, ?, ?)').run('naive', String(n), found?.value, JSON.stringify(usage), 0, 0, n);
    }
  });
  cache.close();
  work.close();
  report(
    seconds,
    `${CALLS} cached calls; one question and one transaction a call takes ${(naive / seconds).toFixed(1)} times as long; not cached, ${SIDE_BY_SIDE} at once: ${Math.round(CALLS / journalled)} calls/s begun and journalled`,
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
