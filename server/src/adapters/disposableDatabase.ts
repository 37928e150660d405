import { rmSync } from 'node:fs';
import { whileBusy } from './guardedDatabase.ts';
import { openDatabase, sqliteCode, type Connection } from './openDatabase.ts';

export interface DisposableSchema {
  /** What is in a file of another version is thrown away. */
  readonly version: number;
  readonly tables: string;
}

function versionOf(connection: Connection): number {
  return Number(connection.pragma('user_version', { simple: true }));
}

/** Within the file, because another process may have it open. */
function makeAnew(connection: Connection, { version, tables }: DisposableSchema): void {
  connection
    .transaction(() => {
      if (versionOf(connection) === version) return;
      const found = connection.prepare<[], { name: string }>("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'").all();
      for (const { name } of found) connection.exec(`DROP TABLE "${name.replaceAll('"', '""')}"`);
      connection.exec(tables);
      connection.pragma(`user_version = ${version}`);
    })
    .immediate();
  // Cleared pages are given back to the disk in slices; the mode is set by writing the still empty file anew.
  connection.pragma('auto_vacuum = INCREMENTAL');
  connection.exec('VACUUM');
}

function isLost(thrown: unknown): boolean {
  return /^SQLITE_(CORRUPT|NOTADB|ERROR)/.test(sqliteCode(thrown) ?? '');
}

function openOnce(file: string | null, schema: DisposableSchema, nativeBinding: string | undefined): Connection {
  const connection = openDatabase(file, { synchronous: 'NORMAL', ...(nativeBinding === undefined ? {} : { nativeBinding }) });
  try {
    if (versionOf(connection) !== schema.version) makeAnew(connection, schema);
    return connection;
  } catch (thrown) {
    connection.close();
    throw thrown;
  }
}

/**
 * Opens a file whose content may be lost: one that is damaged or of another version is made anew. `file` is null for a
 * database in memory. Throws what SQLite says where it cannot be opened at all.
 */
export function openDisposable(file: string | null, schema: DisposableSchema, nativeBinding: string | undefined): Promise<Connection> {
  return whileBusy(() => {
    try {
      return openOnce(file, schema, nativeBinding);
    } catch (thrown) {
      if (file === null || !isLost(thrown)) throw thrown;
      for (const suffix of ['', '-wal', '-shm']) rmSync(`${file}${suffix}`, { force: true });
      return openOnce(file, schema, nativeBinding);
    }
  });
}
