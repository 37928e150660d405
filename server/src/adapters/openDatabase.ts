import Database from 'better-sqlite3';

/** N-API version of better-sqlite3's prebuilt binaries; on an older Node they crash the process instead of throwing. */
const NAPI_NEEDED = 10;
/** The call blocks the event loop for as long as it waits, so it waits little and the caller tries again. */
const BUSY_TIMEOUT_MS = 5;
const IN_MEMORY = ':memory:';

export type Connection = Database.Database;
export type Statement<Bound extends unknown[] = unknown[], Row = unknown> = Database.Statement<Bound, Row>;

export interface DatabaseOptions {
  /** The prebuilt binding of this platform, where it does not lie where the package expects it. */
  readonly nativeBinding?: string;
  /** `FULL` survives a power cut, `NORMAL` a killed process. */
  readonly synchronous: 'FULL' | 'NORMAL';
}

/** Opens a database file, a serialised copy, or (`null`) an empty database in memory. Throws what SQLite says. */
export function openDatabase(file: string | Buffer | null, options: DatabaseOptions): Connection {
  if (Number(process.versions.napi) < NAPI_NEEDED) {
    throw new Error(`the store needs Node 22.14 or later; this is ${process.version}`);
  }
  const binding = options.nativeBinding === undefined ? {} : { nativeBinding: options.nativeBinding };
  const database = new Database(file ?? IN_MEMORY, { timeout: BUSY_TIMEOUT_MS, ...binding });
  try {
    if (typeof file === 'string') database.pragma('journal_mode = WAL');
    database.pragma(`synchronous = ${options.synchronous}`);
  } catch (thrown) {
    database.close();
    throw thrown;
  }
  return database;
}

/** SQLite's own result code of anything thrown, as `SQLITE_FULL`; null when it is not SQLite's. */
export function sqliteCode(thrown: unknown): string | null {
  return thrown instanceof Database.SqliteError ? thrown.code : null;
}
