/**
 * A process that begins and finishes calls of a run as fast as it can, side by side, and says of each when the journal
 * has it. Killed by whoever started it.
 */
import { openStores } from '../../../server/src/adapters/openStores.ts';
import { callOf, type CallEvent, type KilledCalls } from './killedCallsSpec.ts';

const { folder, snapshot, sideBySide } = JSON.parse(process.argv[2] ?? '') as KilledCalls;
const say = (message: string): void => void process.stderr.write(`${message}\n`);
const stores = await openStores({ folder, log: { debug: say, info: say, warn: say, error: say } });
const created = await stores.runs.createRun(snapshot, '{}', 'killed');
if (!created.ok) throw new Error(created.failure.message);

let last = 0;
/** One write for each event, whole before the next: what was said before the kill has been said. */
const tell = (event: CallEvent, call: string): void => void process.stdout.write(`${event} ${call}\n`);

async function work(): Promise<void> {
  for (;;) {
    const call = String(++last).padStart(6, '0');
    tell('begins', call);
    const begun = await stores.calls.begin(snapshot.id, 'killed', [call]);
    if (!begun.ok) throw new Error(begun.failure.message);
    tell('began', call);
    await new Promise((resolve) => setImmediate(resolve));
    tell('appends', call);
    const appended = await stores.calls.append(snapshot.id, 'killed', [callOf(call)]);
    if (!appended.ok) throw new Error(appended.failure.message);
    tell('finished', call);
  }
}

await Promise.all(Array.from({ length: sideBySide }, work));
