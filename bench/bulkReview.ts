import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { nativeBindingIn } from '../server/src/adapters/nativeBinding.ts';
import { nodeYield } from '../server/src/adapters/nodeClock.ts';
import { openDatabase } from '../server/src/adapters/openDatabase.ts';
import { openStores, type StoreOptions } from '../server/src/adapters/openStores.ts';
import { createEngine } from '../server/src/engine/index.ts';
import type { Result } from '../shared/failure.ts';
import { claims } from '../shared/reviewQueue.ts';
import { fakePorts } from '../test/fakes/fakePorts.ts';
import { report, type BenchRow } from './benches.ts';
import { fillStore, storeRows } from './storeRows.ts';

// Accepting 10,000 rows at once and taking it back, in a file of the disk, with the longest time nothing else got a turn.
// Baseline beside it: as many plain INSERTs of the same JSON in one transaction.

const ROWS = 15_000;
const REVIEWED = 10_000;
const runId = 'run';

/** Milliseconds a turn of the event loop may take: more is felt while typing. */
const ASKED_BLOCKED_MS = 25;
const DIST = fileURLToPath(new URL('../dist', import.meta.url));

interface Measured {
  readonly took: number;
  readonly blocked: number;
}

const milliseconds = ({ user, system }: NodeJS.CpuUsage): number => (user + system) / 1_000;

/** Processor milliseconds of a work on all threads, and the longest its own thread worked without a turn for others. */
async function measured(work: () => Promise<unknown>): Promise<Measured> {
  const own = (): number => milliseconds(process.threadCpuUsage());
  let [blocked, last, isDone] = [0, own(), false];
  const beat = (): void => {
    const at = own();
    blocked = Math.max(blocked, at - last);
    last = at;
    // Not at every turn: while a thread writes this one would do nothing else.
    if (!isDone) setTimeout(beat, 1);
  };
  setTimeout(beat, 1);
  const started = process.cpuUsage();
  await work();
  isDone = true;
  blocked = Math.max(blocked, own() - last);
  return { took: milliseconds(process.cpuUsage(started)), blocked };
}

const folder = mkdtempSync(join(tmpdir(), 'collate-bench-'));
const quiet = () => undefined;
// The writing thread starts from its bundle, as it does for users; from its source it takes three times as long.
const writingEntry = join(DIST, 'writing.cjs');
const nativeBinding = nativeBindingIn(join(DIST, 'native'));
if (!existsSync(writingEntry) || nativeBinding === null) throw new Error('This bench needs `npm run build`.');
const options: StoreOptions = { folder, writingEntry, nativeBinding, log: { debug: quiet, info: quiet, warn: quiet, error: quiet } };
const stores = await openStores(options);
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

  // A window that has to learn of all of it at once.
  const elsewhere = await openStores(options);
  const other = createEngine({ ...fakePorts({ store: elsewhere.runs, extractions: elsewhere.extractions, owner: 'other' }), yieldToHost: nodeYield }).runs.reviews;
  const learnt = await measured(() => done(other.facets(runId)));
  await elsewhere.close();

  const plain = openDatabase(join(folder, 'plain.db'), { synchronous: 'FULL' });
  plain.exec('CREATE TABLE lines (sequence INTEGER PRIMARY KEY, line TEXT)');
  const baseline = await measured(async () => {
    const insert = plain.prepare('INSERT INTO lines (line) VALUES (?)');
    plain.transaction(() => {
      for (let at = 0; at < REVIEWED; at++) insert.run(line);
    })();
  });
  plain.close();
  const works = { accepted: accept, undone: undo, 'done again': redo, 'told to another window': learnt };
  const told = Object.entries(works).map(([name, { took }]) => `${name} ${took.toFixed(0)} ms`).join('; ');
  const rows = Object.entries(works).map(([name, { blocked }]): BenchRow => ({
    name: `${name}, without a turn for others`, reached: `${blocked.toFixed(0)} ms`, asked: `<= ${String(ASKED_BLOCKED_MS)} ms`, isMissed: blocked > ASKED_BLOCKED_MS,
  }));
  report(Math.max(...Object.values(works).map(({ took }) => took)) / 1_000, `${REVIEWED} rows, on the processor: ${told}; plain INSERTs ${baseline.took.toFixed(0)} ms`, { rows });
} finally {
  await stores.close();
  rmSync(folder, { recursive: true, force: true });
}
