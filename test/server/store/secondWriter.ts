import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { LockingProcess } from './lockingProcess.ts';

const LOCKING = join(import.meta.dirname, 'lockingProcess.ts');

/** Runs `work` while another process writes to the files. */
export async function withSecondWriter<T>(parameters: LockingProcess, work: () => Promise<T>): Promise<T> {
  const child = spawn(process.execPath, [LOCKING, JSON.stringify(parameters)], { stdio: ['pipe', 'pipe', 'inherit'] });
  const closed = once(child, 'close');
  try {
    await once(child.stdout, 'data');
    return await work();
  } finally {
    child.stdin.end();
    await closed;
  }
}

/** The longest that a call of a store kept the event loop, from its start to its first wait. Milliseconds. */
export class Blocking {
  longest = 0;

  /** Measures what runs synchronously of each database call; what waits for a timer blocks nothing. */
  measure<T>(work: () => T): T {
    const started = performance.now();
    try {
      return work();
    } finally {
      this.longest = Math.max(this.longest, performance.now() - started);
    }
  }
}
