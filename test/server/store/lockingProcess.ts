/**
 * A second writer: holds the write lock of files most of the time, a stretch after the other, until its input ends.
 * Prints a line when it has begun. Started by a test and by a bench.
 */
import { openDatabase } from '../../../server/src/adapters/openDatabase.ts';

export interface LockingProcess {
  readonly files: readonly string[];
  /** Milliseconds a lock is held, and left alone. */
  readonly heldMs: number;
  readonly freeMs: number;
}

const { files, heldMs, freeMs } = JSON.parse(process.argv[2] ?? '') as LockingProcess;
const connections = files.map((file) => openDatabase(file, { synchronous: 'NORMAL' }));
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
let isOver = false;
process.stdin.on('end', () => (isOver = true)).resume();

async function lockAgainAndAgain(connection: (typeof connections)[number]): Promise<void> {
  while (!isOver) {
    try {
      connection.exec('BEGIN IMMEDIATE');
    } catch {
      // The other one writes.
      await pause(1);
      continue;
    }
    await pause(heldMs);
    connection.exec('COMMIT');
    await pause(freeMs);
  }
  connection.close();
}

process.stdout.write('begun\n');
await Promise.all(connections.map(lockAgainAndAgain));
