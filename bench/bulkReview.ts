import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nodeYield } from '../server/src/adapters/nodeClock.ts';
import { openDatabase } from '../server/src/adapters/openDatabase.ts';
import { openStores } from '../server/src/adapters/openStores.ts';
import { createEngine } from '../server/src/engine/index.ts';
import type { Result } from '../shared/failure.ts';
import { claims } from '../shared/reviewQueue.ts';
import { fakePorts } from '../test/fakes/fakePorts.ts';
import { report } from './benches.ts';
import { fillStore, storeRows } from './storeRows.ts';

// Accepting 10,000 rows at once and taking it back, in a file of the disk, with the longest time nothing else got a turn.
// Baseline beside it: as many plain INSERTs of the same JSON in one transaction.

const ROWS = 15_000;
const REVIEWED = 10_000;
const runId = 'run';

/** Processor milliseconds of a work, and the longest of them without a turn for others. */
async function measured(work: () => Promise<unknown>): Promise<{ readonly took: number; readonly blocked: number }> {
  const now = (): number => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1_000;
  };
  let [blocked, last, isDone] = [0, now(), false];
  const beat = (): void => {
    const at = now();
    blocked = Math.max(blocked, at - last);
    last = at;
    if (!isDone) setImmediate(beat);
  };
  setImmediate(beat);
  const started = now();
  await work();
  isDone = true;
  blocked = Math.max(blocked, now() - last);
  return { took: now() - started, blocked };
}

const folder = mkdtempSync(join(tmpdir(), 'collate-bench-'));
const quiet = () => undefined;
const stores = await openStores({ folder, log: { debug: quiet, info: quiet, warn: quiet, error: quiet } });
try {
  // Not kept in memory: collecting it is not what is measured.
  const { ids, line } = await (async () => {
    const rows = storeRows(ROWS);
    await fillStore(stores.runs, runId, rows);
    const claimed = (rows.matches ?? []).map(({ row }) => row).filter(claims).slice(0, REVIEWED);
    return { ids: claimed.map(({ id }) => id), line: JSON.stringify(claimed[0]) };
  })();
  const { reviews } = createEngine({ ...fakePorts({ store: stores.runs, extractions: stores.extractions, owner: 'bench' }), yieldToHost: nodeYield }).runs;
  if (ids.length < REVIEWED) throw new Error('There are too few rows.');
  // The first look at a run opens its exceptions; that is not what is measured.
  await reviews.facets(runId);
  const done = async (act: Promise<Result<unknown>>): Promise<void> => {
    const result = await act;
    if (!result.ok) throw new Error(result.failure.message);
  };
  const accept = await measured(() => done(reviews.act(runId, ids, { kind: 'accept' }, 'dana')));
  const undo = await measured(() => done(reviews.undo(runId, 'dana')));
  const redo = await measured(() => done(reviews.redo(runId, 'dana')));

  const plain = openDatabase(join(folder, 'plain.db'), { synchronous: 'FULL' });
  plain.exec('CREATE TABLE lines (sequence INTEGER PRIMARY KEY, line TEXT)');
  const baseline = await measured(async () => {
    const insert = plain.prepare('INSERT INTO lines (line) VALUES (?)');
    plain.transaction(() => {
      for (let at = 0; at < REVIEWED; at++) insert.run(line);
    })();
  });
  plain.close();
  const told = (name: string, { took, blocked }: { readonly took: number; readonly blocked: number }): string => `${name} ${took.toFixed(0)} ms, ${blocked.toFixed(0)} ms at a time`;
  report(Math.max(accept.took, undo.took, redo.took) / 1_000, `${REVIEWED} rows, on the processor: ${told('accepted', accept)}; ${told('undone', undo)}; ${told('done again', redo)}; plain INSERTs ${baseline.took.toFixed(0)} ms`);
} finally {
  await stores.close();
  rmSync(folder, { recursive: true, force: true });
}
