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
