import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStores } from '../server/src/adapters/openStores.ts';
import { snapshotOf } from '../test/server/lsp/fakeEngine.ts';
import { faultsOf, killAfter } from '../test/server/store/killedCallsSpec.ts';
import { report } from './benches.ts';

// A process that begins and finishes calls as fast as it can gets SIGKILL at 100 random places; the journal is read after each.
// Fails where a call that was said to be finished is not there, or the number in flight is wrong.

const KILLS = 100;
/** Things the process says before it is killed, at most: some 500 calls. */
const MOST_EVENTS = 2_000;
const SIDE_BY_SIDE = 32;
const quiet = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

const started = performance.now();
let finished = 0;
let inFlight = 0;
for (let kill = 0; kill < KILLS; kill += 1) {
  const folder = mkdtempSync(join(tmpdir(), 'collate-bench-'));
  try {
    const events = 1 + Math.floor(Math.random() * MOST_EVENTS);
    const said = await killAfter(events, { folder, snapshot: snapshotOf({ id: 'run' }), sideBySide: SIDE_BY_SIDE });
    const stores = await openStores({ folder, log: quiet });
    const loaded = await stores.calls.load('run');
    await stores.close();
    if (!loaded.ok) throw new Error(loaded.failure.message);
    const faults = faultsOf(said, loaded.value, SIDE_BY_SIDE);
    if (faults.length > 0) throw new Error(`killed after ${events} events: ${faults.join('; ')}`);
    finished += loaded.value.finished.length;
    inFlight += loaded.value.unfinished;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
report((performance.now() - started) / 1000, `${KILLS} kills, ${finished} finished calls, none of them lost; ${inFlight} in flight, each of them told`);
