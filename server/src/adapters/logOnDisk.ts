import { open, type FileHandle } from 'node:fs/promises';
import { FailureError } from '../../../shared/failure.ts';
import type { Connection } from './openDatabase.ts';
import { DISK_ERROR } from './storeTrouble.ts';

/** Resolves when what was written to an open file is on the disk. */
export type SyncFile = (handle: FileHandle) => Promise<void>;

const syncData: SyncFile = (handle) => handle.datasync();

/**
 * Commits that wait for the disk on a thread of the pool: what `synchronous=FULL` does, while the event loop goes on. SQLite
 * appends a commit to its log, and it lasts from when the log is on disk; a crash before that takes it back whole, and none
 * before it. Where SQLite keeps no log (in memory, on a file system that has none) it waits itself.
 */
export class LogOnDisk {
  readonly #connection: Connection;
  readonly #sync: SyncFile;
  readonly #hasLog: boolean;
  #handle: FileHandle | null = null;
  /** Commits so far, and how many of them are on disk. */
  #commits = 0;
  #onDisk = 0;
  #newest: { readonly commits: number; readonly written: Promise<void> } = { commits: 0, written: Promise.resolve() };

  /** Of a connection that is `synchronous=FULL`. */
  constructor(connection: Connection, sync: SyncFile = syncData) {
    this.#connection = connection;
    this.#sync = sync;
    this.#hasLog = !connection.memory && connection.pragma('journal_mode', { simple: true }) === 'wal';
  }

  /** Runs `work`, which is one transaction. Everybody sees what it wrote; it lasts when `written` has resolved. */
  commit<T>(work: () => T): T {
    if (!this.#hasLog) return work();
    this.#connection.pragma('synchronous = NORMAL');
    try {
      const done = work();
      this.#commits += 1;
      return done;
    } finally {
      this.#connection.pragma('synchronous = FULL');
    }
  }

  /** Resolves when all that was committed by now is on disk; many commits share one wait. Rejects with a FailureError. */
  written(): Promise<void> {
    const { commits, written } = this.#newest;
    if (commits < this.#commits) this.#newest = { commits: this.#commits, written: this.#after(written, this.#commits) };
    return this.#newest.written;
  }

  async #after(before: Promise<void>, commits: number): Promise<void> {
    // Whether the disk took what was before is said to those who wait for that.
    await before.catch(() => undefined);
    if (this.#onDisk >= commits) return;
    const covered = this.#commits;
    try {
      // One that cannot be opened is tried again the next time.
      this.#handle ??= await open(`${this.#connection.name}-wal`, 'r+');
      await this.#sync(this.#handle);
    } catch {
      throw new FailureError({ code: 'storeUnavailable', message: DISK_ERROR, retry: 'later' });
    }
    this.#onDisk = covered;
  }

  /** Before the connection is closed, which deletes the log. */
  async close(): Promise<void> {
    await this.#newest.written.catch(() => undefined);
    await this.#handle?.close();
    this.#handle = null;
  }
}
