import type { Log } from '../engine/ports.ts';
import { openDisposable, type DisposableSchema } from './disposableDatabase.ts';
import { GuardedDatabase } from './guardedDatabase.ts';
import type { Connection } from './openDatabase.ts';
import { troubleOf } from './storeTrouble.ts';

/** Sizes are kept beside the entries, so that a limit costs no look at all of them. */
const CACHE: DisposableSchema = {
  version: 2,
  tables: `
    CREATE TABLE kept (
      sequence INTEGER PRIMARY KEY, kind TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL, bytes INTEGER NOT NULL,
      at INTEGER NOT NULL, UNIQUE (kind, key)
    );
    CREATE INDEX keptByAge ON kept (kind, sequence, bytes, at);
    CREATE TABLE totals (kind TEXT PRIMARY KEY, entries INTEGER NOT NULL, bytes INTEGER NOT NULL, generation INTEGER NOT NULL);
  `,
};

/** cache.db. It may be lost at any time: what it cannot do is logged and done without. */
export class CacheFile {
  readonly #database: GuardedDatabase | null;
  readonly #log: Log;

  private constructor(database: GuardedDatabase | null, log: Log) {
    this.#database = database;
    this.#log = log;
  }

  /** `file` is null for a cache in memory. */
  static async open(file: string | null, { log, nativeBinding }: { readonly nativeBinding?: string; readonly log: Log }): Promise<CacheFile> {
    try {
      return new CacheFile(new GuardedDatabase(await openDisposable(file, CACHE, nativeBinding), (words) => log.error(words)), log);
    } catch (thrown) {
      log.warn(`The cache cannot be used and is done without: ${troubleOf(thrown)}.`);
      return new CacheFile(null, log);
    }
  }

  /** Runs `work` in one go; `otherwise` where the file cannot. `what` completes "The cache could not". */
  async attempt<T>(what: string, otherwise: T, work: (connection: Connection) => T): Promise<T> {
    if (this.#database === null) return otherwise;
    const done = await this.#database.run(work);
    if (done.ok) return done.value;
    this.#log.warn(`The cache could not ${what}: ${done.failure.message}`);
    return otherwise;
  }

  close(): void {
    this.#database?.close();
  }
}
