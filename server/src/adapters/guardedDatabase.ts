import { setTimeout as sleep } from 'node:timers/promises';
import { fail, FailureError, ok, type Result } from '../../../shared/failure.ts';
import type { Connection } from './openDatabase.ts';
import { isBusy, isUnexpected, troubleSentence } from './storeTrouble.ts';

/** Another process may hold the write lock; it is tried again for this long. */
export const BUSY_LIMIT_MS = 5_000;
const BUSY_WAIT_MS = { least: 5, most: 60 };

function waitWhileBusy(): Promise<void> {
  return sleep(BUSY_WAIT_MS.least + Math.random() * (BUSY_WAIT_MS.most - BUSY_WAIT_MS.least));
}

/** Tries again while the file is busy, without blocking the event loop. Throws what `work` throws in the end. */
export async function whileBusy<T>(work: () => T): Promise<T> {
  const limit = performance.now() + BUSY_LIMIT_MS;
  for (;;) {
    try {
      return work();
    } catch (thrown) {
      if (!isBusy(thrown) || performance.now() > limit) throw thrown;
      await waitWhileBusy();
    }
  }
}

/** A connection that is asked asynchronously; what SQLite cannot do is a failure, not an exception. */
export class GuardedDatabase {
  readonly #connection: Connection;
  readonly #tell: (words: string) => void;
  #closed = false;

  /** `tell` hears in SQLite's own words of what nobody foresaw; a failure says it in ours. */
  constructor(connection: Connection, tell: (words: string) => void = () => undefined) {
    this.#connection = connection;
    this.#tell = tell;
  }

  /** Runs `work` synchronously, in one go. `storeUnavailable`: nothing was changed. */
  async run<T>(work: (connection: Connection) => T): Promise<Result<T>> {
    try {
      return await whileBusy(() => {
        if (this.#closed) return fail('storeUnavailable', 'The store is closed. Run "Collate: Restart Server".', 'later');
        return ok(work(this.#connection));
      });
    } catch (thrown) {
      if (thrown instanceof FailureError) return { ok: false, failure: thrown.failure };
      if (!isUnexpected(thrown)) return fail('storeUnavailable', troubleSentence(thrown), 'later');
      this.#tell(`The store failed: ${thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown)}`);
      return fail('internal', troubleSentence(thrown));
    }
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#connection.close();
  }
}
