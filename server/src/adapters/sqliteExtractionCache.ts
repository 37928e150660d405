import { rmSync } from 'node:fs';
import type { ExtractionCache, Log } from '../engine/ports.ts';
import { openDatabase, sqliteCode, type Connection } from './openDatabase.ts';
import { troubleOf } from './storeTrouble.ts';

/** cache.db is wiped when this changes. */
const CACHE_SCHEMA_VERSION = 1;
/** UTF-16 code units kept in all; what was written longest ago goes first. */
const MAX_KEPT = 200_000_000;

class OtherSchema extends Error {}

function prepare(connection: Connection): void {
  connection
    .transaction(() => {
      const version = Number(connection.pragma('user_version', { simple: true }));
      if (version === CACHE_SCHEMA_VERSION) return;
      if (version !== 0) throw new OtherSchema();
      connection.exec('CREATE TABLE extractions (ordinal INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, extraction TEXT NOT NULL)');
      connection.pragma(`user_version = ${CACHE_SCHEMA_VERSION}`);
    })
    .immediate();
}

function isLost(thrown: unknown): boolean {
  return thrown instanceof OtherSchema || /^SQLITE_(CORRUPT|NOTADB|ERROR)/.test(sqliteCode(thrown) ?? '');
}

function openOnce(file: string | null, binding: { readonly nativeBinding?: string }): Connection {
  const connection = openDatabase(file, { ...binding, synchronous: 'NORMAL' });
  try {
    prepare(connection);
    return connection;
  } catch (thrown) {
    connection.close();
    throw thrown;
  }
}

function openCache(file: string | null, binding: { readonly nativeBinding?: string }): Connection {
  try {
    return openOnce(file, binding);
  } catch (thrown) {
    if (file === null || !isLost(thrown)) throw thrown;
    for (const suffix of ['', '-wal', '-shm']) rmSync(`${file}${suffix}`, { force: true });
    return openOnce(file, binding);
  }
}

/** What was read from texts, in cache.db. It may be lost at any time: what it cannot do is logged and done without. */
export class SqliteExtractionCache implements ExtractionCache {
  readonly #connection: Connection | null;
  readonly #log: Log;
  readonly #maxKept: number;

  private constructor(connection: Connection | null, log: Log, maxKept: number) {
    this.#connection = connection;
    this.#log = log;
    this.#maxKept = maxKept;
  }

  /** `file` is null for a cache in memory. */
  static open(file: string | null, options: { readonly nativeBinding?: string; readonly log: Log; readonly maxKept?: number }): SqliteExtractionCache {
    const { log, maxKept = MAX_KEPT, ...binding } = options;
    try {
      return new SqliteExtractionCache(openCache(file, binding), log, maxKept);
    } catch (thrown) {
      log.warn(`The cache cannot be used and is done without: ${troubleOf(thrown)}.`);
      return new SqliteExtractionCache(null, log, maxKept);
    }
  }

  #attempt<T>(what: string, work: (connection: Connection) => T): T | null {
    if (this.#connection === null) return null;
    try {
      return work(this.#connection);
    } catch (thrown) {
      this.#log.warn(`The cache could not ${what}: ${troubleOf(thrown)}.`);
      return null;
    }
  }

  async get(key: string): Promise<string | null> {
    return this.#attempt('be read', (connection) => {
      const found = connection.prepare<[string], { extraction: string }>('SELECT extraction FROM extractions WHERE key = ?').get(key);
      return found?.extraction ?? null;
    });
  }

  async put(key: string, extraction: string): Promise<void> {
    this.#attempt('be written', (connection) => {
      connection
        .transaction(() => {
          connection.prepare('INSERT OR REPLACE INTO extractions (key, extraction) VALUES (?, ?)').run(key, extraction);
          connection
            .prepare(
              `DELETE FROM extractions WHERE ordinal IN (
                 SELECT ordinal FROM (SELECT ordinal, sum(length(extraction)) OVER (ORDER BY ordinal DESC) AS upTo FROM extractions)
                 WHERE upTo > ?)`,
            )
            .run(this.#maxKept);
        })
        .immediate();
    });
  }

  close(): void {
    this.#connection?.close();
  }
}
