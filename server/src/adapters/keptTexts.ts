import { setImmediate as turn } from 'node:timers/promises';
import type { CacheStats } from '../engine/ports.ts';
import type { CacheFile } from './cacheFile.ts';
import { GroupedWrites, type GroupingOptions } from './groupedWrites.ts';
import type { Connection } from './openDatabase.ts';
import { prepared } from './preparedStatements.ts';

export interface KeptLimits {
  /** UTF-8 bytes of keys and values; what was written longest ago goes first. */
  readonly maxBytes: number;
  /** Milliseconds after which an entry is as good as gone. */
  readonly maxAgeMs: number;
  /** How writes that come close to each other are brought together. */
  readonly grouping: GroupingOptions;
}

interface Entry {
  readonly key: string;
  readonly value: string;
}

/** Keys of one question, and entries of one deletion: each a slice of a few milliseconds at most. */
const SLICE = 500;
/** Entries one write may push out; more go with the writes that follow. */
const MOST_EVICTED = 256;
/** Pages given back to the disk at once, 4 MB. */
const FREED_PAGES = 1_000;
const NOTHING: CacheStats = { entries: 0, bytes: 0, oldest: null, newest: null };

/** Texts of one kind in cache.db, by key, within limits. */
export class KeptTexts {
  readonly #file: CacheFile;
  readonly #kind: string;
  readonly #limits: KeptLimits;
  readonly #now: () => number;
  readonly #writes: GroupedWrites<Entry, undefined>;

  constructor(file: CacheFile, kind: string, limits: KeptLimits, now: () => number) {
    this.#file = file;
    this.#kind = kind;
    this.#limits = limits;
    this.#now = now;
    this.#writes = new GroupedWrites((entries) => this.#write(entries), limits.grouping);
  }

  /** One for each key, in order; null where there is none or it is too old. */
  async get(keys: readonly string[]): Promise<readonly (string | null)[]> {
    const found = new Map<string, string>();
    const since = this.#now() - this.#limits.maxAgeMs;
    for (let start = 0; start < keys.length; start += SLICE) {
      if (start > 0) await turn();
      const asked = JSON.stringify(keys.slice(start, start + SLICE));
      const rows = await this.#file.attempt('be read', [], (connection) =>
        prepared<[string, string, number], Entry>(connection, 'SELECT key, value FROM kept WHERE kind = ? AND key IN (SELECT value FROM json_each(?)) AND at >= ?')
          .all(this.#kind, asked, since),
      );
      for (const { key, value } of rows) found.set(key, value);
    }
    return keys.map((key) => found.get(key) ?? null);
  }

  /** Resolves when they are written, or cannot be. */
  async put(entries: readonly Entry[]): Promise<void> {
    await Promise.all(entries.map((entry) => this.#writes.add(entry)));
  }

  stats(): Promise<CacheStats> {
    return this.#file.attempt('be read', NOTHING, (connection) => {
      const totals = connection.prepare<[string], { entries: number; bytes: number }>('SELECT entries, bytes FROM totals WHERE kind = ?').get(this.#kind);
      if (totals === undefined || totals.entries === 0) return NOTHING;
      const end = (order: 'ASC' | 'DESC'): number | null =>
        connection.prepare<[string], { at: number }>(`SELECT at FROM kept WHERE kind = ? ORDER BY sequence ${order} LIMIT 1`).get(this.#kind)?.at ?? null;
      return { ...totals, oldest: end('ASC'), newest: end('DESC') };
    });
  }

  /** Deletes all and gives the space back to the disk, a slice at a time; how many entries went. */
  async clear(): Promise<number> {
    await this.#writes.flush();
    const generationBefore = await this.#raiseGeneration();
    if (generationBefore === null) return 0;
    let cleared = 0;
    for (;;) {
      const gone = await this.#file.attempt('be cleared', 0, (connection) => connection.transaction(() => this.#deleteOldest(connection, SLICE, () => true)).immediate());
      cleared += gone;
      if (gone < SLICE) break;
      await turn();
    }
    await this.#shrink();
    return cleared;
  }

  /** Another number once the texts have been cleared. */
  generation(): Promise<number> {
    return this.#file.attempt('be read', 0, (connection) =>
      prepared<[string], { generation: number }>(connection, 'SELECT generation FROM totals WHERE kind = ?').get(this.#kind)?.generation ?? 0,
    );
  }

  /** Another number once another connection has written to the file. */
  version(): Promise<number> {
    return this.#file.attempt('be read', 0, (connection) => Number(connection.pragma('data_version', { simple: true })));
  }

  /** Writes what waits. */
  flush(): Promise<void> {
    return this.#writes.flush();
  }

  #raiseGeneration(): Promise<true | null> {
    return this.#file.attempt<true | null>('be cleared', null, (connection) =>
      connection
        .transaction((): true => {
          this.#count(connection, 0, 0);
          connection.prepare('UPDATE totals SET generation = generation + 1 WHERE kind = ?').run(this.#kind);
          return true;
        })
        .immediate(),
    );
  }

  async #shrink(): Promise<void> {
    const free = (connection: Connection): number => Number(connection.pragma('freelist_count', { simple: true }));
    for (;;) {
      const isMore = await this.#file.attempt('be made smaller', false, (connection) => {
        const before = free(connection);
        connection.pragma(`incremental_vacuum(${FREED_PAGES})`);
        return free(connection) > 0 && free(connection) < before;
      });
      if (!isMore) break;
      await turn();
    }
    await this.#file.attempt('be made smaller', undefined, (connection) => void connection.pragma('wal_checkpoint(TRUNCATE)'));
  }

  async #write(entries: readonly Entry[]): Promise<readonly undefined[]> {
    await this.#file.attempt('be written', undefined, (connection) => connection.transaction(() => this.#insert(connection, entries)).immediate());
    return entries.map(() => undefined);
  }

  #insert(connection: Connection, entries: readonly Entry[]): void {
    const remove = prepared<[string, string], { bytes: number }>(connection, 'DELETE FROM kept WHERE kind = ? AND key = ? RETURNING bytes');
    const insert = prepared(connection, 'INSERT INTO kept (kind, key, value, bytes, at) VALUES (?, ?, ?, ?, ?)');
    const at = this.#now();
    let count = 0;
    let bytes = 0;
    for (const { key, value } of entries) {
      const replaced = remove.get(this.#kind, key);
      const size = Buffer.byteLength(key) + Buffer.byteLength(value);
      insert.run(this.#kind, key, value, size, at);
      count += replaced === undefined ? 1 : 0;
      bytes += size - (replaced?.bytes ?? 0);
    }
    let total = this.#count(connection, count, bytes);
    const since = at - this.#limits.maxAgeMs;
    this.#deleteOldest(connection, MOST_EVICTED, (oldest) => {
      if (total <= this.#limits.maxBytes && oldest.at >= since) return false;
      total -= oldest.bytes;
      return true;
    });
  }

  /** Adds to the totals; the bytes there are then. */
  #count(connection: Connection, entries: number, bytes: number): number {
    const counted = prepared<[string, number, number], { bytes: number }>(
      connection,
        `INSERT INTO totals (kind, entries, bytes, generation) VALUES (?, ?, ?, 0)
         ON CONFLICT (kind) DO UPDATE SET entries = entries + excluded.entries, bytes = bytes + excluded.bytes RETURNING bytes`,
    ).get(this.#kind, entries, bytes);
    return counted?.bytes ?? 0;
  }

  /** Deletes the oldest for as long as `isToGo`, and no more than `most`; how many went. */
  #deleteOldest(connection: Connection, most: number, isToGo: (oldest: { readonly bytes: number; readonly at: number }) => boolean): number {
    const oldest = connection
      .prepare<[string, number], { sequence: number; bytes: number; at: number }>('SELECT sequence, bytes, at FROM kept WHERE kind = ? ORDER BY sequence LIMIT ?')
      .iterate(this.#kind, most);
    let last: number | null = null;
    let count = 0;
    let bytes = 0;
    for (const one of oldest) {
      if (!isToGo(one)) break;
      last = one.sequence;
      count += 1;
      bytes += one.bytes;
    }
    if (last === null) return 0;
    connection.prepare('DELETE FROM kept WHERE kind = ? AND sequence <= ?').run(this.#kind, last);
    this.#count(connection, -count, -bytes);
    return count;
  }
}
