import { randomUUID } from 'node:crypto';
import { link, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

/** A lock this old was left behind: what is done under one takes milliseconds. In milliseconds. */
export const STALE_MS = 10_000;
/** How long another process is waited for, in milliseconds; longer than a lock takes to grow stale. */
const WAIT_LIMIT_MS = 15_000;
const WAIT_MS = { least: 5, most: 40 };

/** Another process keeps the lock and does not let go. */
export class LockedError extends Error {
  override readonly name = 'LockedError';
}

const codeOf = (thrown: unknown): string => (thrown instanceof Error && 'code' in thrown ? String(thrown.code) : '');

async function take(lock: string, token: string): Promise<boolean> {
  try {
    await writeFile(lock, token, { flag: 'wx' });
    return true;
  } catch (thrown) {
    if (codeOf(thrown) !== 'EEXIST') throw thrown;
    return false;
  }
}

/** Takes away a lock that was left behind. Two may find it at once: who gets hold of a newer one than was seen puts it back. */
async function takeAway(lock: string, token: string): Promise<void> {
  const seen = await stat(lock).catch(() => null);
  if (seen === null || Date.now() - seen.mtimeMs < STALE_MS) return;
  const aside = `${lock}.${token}`;
  try {
    await rename(lock, aside);
  } catch {
    return;
  }
  const taken = await stat(aside).catch(() => null);
  if (taken !== null && (taken.mtimeMs !== seen.mtimeMs || taken.ino !== seen.ino)) await link(aside, lock).catch(() => undefined);
  await rm(aside, { force: true });
}

/** Does a work while no other process that asks for the same lock does. Throws a LockedError after some seconds. */
export async function whileLocked<T>(lock: string, work: () => Promise<T>): Promise<T> {
  const token = randomUUID();
  const limit = performance.now() + WAIT_LIMIT_MS;
  while (!(await take(lock, token))) {
    if (performance.now() > limit) throw new LockedError(lock);
    await takeAway(lock, token);
    await sleep(WAIT_MS.least + Math.random() * (WAIT_MS.most - WAIT_MS.least));
  }
  try {
    return await work();
  } finally {
    // One that took too long may be another's by now.
    const owner = await readFile(lock, 'utf8').catch(() => '');
    if (owner === token) await rm(lock, { force: true });
  }
}
