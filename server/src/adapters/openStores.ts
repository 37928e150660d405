import { accessSync, closeSync, constants, existsSync, mkdirSync, openSync, readFileSync, readSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { KeptCalls, ExtractionCache, KeptAnswers, Log, RunStore, SharedAllowance } from '../engine/ports.ts';
import { CacheFile } from './cacheFile.ts';
import { GuardedDatabase, whileBusy } from './guardedDatabase.ts';
import { openDatabase, type Connection } from './openDatabase.ts';
import { LateAllowance } from './lateAllowance.ts';
import { OverlayRunStore } from './overlayRunStore.ts';
import { SqliteAllowance } from './sqliteAllowance.ts';
import { SqliteAnswerCache } from './sqliteAnswerCache.ts';
import { SqliteExtractionCache } from './sqliteExtractionCache.ts';
import { SqliteRunStore } from './sqliteRunStore.ts';
import { DAMAGED, isUnwritable, reasonIn, troubleOf } from './storeTrouble.ts';
import { migrateWork, WORK_SCHEMA_VERSION } from './workSchema.ts';
import { writingThread } from './writingThread.ts';

export interface StoreOptions {
  /** Folder of work.db and cache.db; made when it is not there. */
  readonly folder: string;
  /** Folder of limits.db, one for all stores of a user; made when a limit is first asked about. Absent or unusable: `folder`. */
  readonly limitsFolder?: string;
  readonly nativeBinding?: string;
  /** The bundle of the writing thread. Absent: its source. */
  readonly writingEntry?: string;
  readonly log: Log;
}

export interface Stores {
  readonly runs: RunStore;
  /** Calls of the runs in `runs`. */
  readonly calls: KeptCalls;
  readonly extractions: ExtractionCache;
  readonly answers: KeptAnswers;
  readonly allowance: SharedAllowance;
  close(): Promise<void>;
}

const WRITING_SOURCE = join(import.meta.dirname, '..', 'writing', 'main.ts');
/** Checking a whole file takes about a second per 200 MB; a larger one is checked as it is read. */
const MAX_CHECKED_BYTES = 64 * 1024 * 1024;
/** A store that can only be read is read from a copy in memory, up to this size. */
const MAX_COPIED_BYTES = 256 * 1024 * 1024;
/** Bytes 18 and 19 of the header say "write-ahead log", which a database in memory cannot have. */
const HEADER_VERSIONS = { start: 18, end: 20, rollback: 1 };
/** How every SQLite file begins. */
const HEADER_WORDS = 'SQLite format 3\0';

function inMemoryStatus(folder: string, reason: string): RunStore['status'] {
  return {
    mode: 'memory',
    message: `Runs are kept only until this process ends: ${reason}. The store is ${folder}; free or repair it, or name another folder, then start again.`,
  };
}

function native(options: StoreOptions): { readonly nativeBinding?: string } {
  return options.nativeBinding === undefined ? {} : { nativeBinding: options.nativeBinding };
}

function emptyInMemory(options: StoreOptions): Connection {
  const connection = openDatabase(null, { ...native(options), synchronous: 'FULL' });
  migrateWork(connection, null);
  return connection;
}

/** On a read-only disk Node says "no such file" of a folder made with its parents; made alone, it says what is wrong. */
function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (thrown) {
    if (!(thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT')) throw thrown;
    let first = folder;
    while (!existsSync(dirname(first)) && dirname(first) !== first) first = dirname(first);
    mkdirSync(first);
    throw thrown;
  }
}

function prepareFolder(folder: string): void {
  makeFolder(folder);
  accessSync(folder, constants.W_OK);
  const ignore = join(folder, '.gitignore');
  if (!existsSync(ignore)) writeFileSync(ignore, '*\n');
}

function hasLog(file: string): boolean {
  return (statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0;
}

/** The first bytes of a file, or null where it cannot be read. */
function beginning(file: string, length: number): Buffer | null {
  try {
    const descriptor = openSync(file, 'r');
    try {
      const bytes = Buffer.alloc(length);
      return bytes.subarray(0, readSync(descriptor, bytes));
    } finally {
      closeSync(descriptor);
    }
  } catch {
    // Not there, a folder, no permission: SQLite says it when it opens the file.
    return null;
  }
}

/** SQLite deletes the log beside a file without a header, and with it what could still be saved: it is never let near one. */
function checkHeader(file: string): void {
  const words = beginning(file, HEADER_WORDS.length)?.toString('latin1') ?? HEADER_WORDS;
  const isNew = words === '' && !hasLog(file);
  if (!isNew && words !== HEADER_WORDS) throw new Error(DAMAGED);
}

function check(connection: Connection, file: string): void {
  if (statSync(file).size > MAX_CHECKED_BYTES) return;
  if (connection.pragma('quick_check(1)', { simple: true }) !== 'ok') throw new Error(DAMAGED);
}

/** The file, open for reading; `trouble` says why it takes no writes. Throws where it cannot be opened. */
function openWork(file: string, options: StoreOptions): { readonly connection: Connection; readonly trouble: string | null } {
  checkHeader(file);
  const connection = openDatabase(file, { ...native(options), synchronous: 'FULL' });
  try {
    check(connection, file);
    migrateWork(connection, file);
    return { connection, trouble: writeTrouble(connection) };
  } catch (thrown) {
    connection.close();
    throw thrown;
  }
}

/** A file that takes no writes opens well, and fails when it is written: one write finds out. */
function writeTrouble(connection: Connection): string | null {
  try {
    connection.transaction(() => connection.pragma(`user_version = ${WORK_SCHEMA_VERSION}`)).immediate();
    return null;
  } catch (thrown) {
    if (!isUnwritable(thrown)) throw thrown;
    return troubleOf(thrown);
  }
}

/** A file in a folder that cannot be written, as a read-only copy in memory; null where it has none to show. */
function readOnlyCopy(file: string, options: StoreOptions): Connection | null {
  try {
    const found = statSync(file, { throwIfNoEntry: false });
    if (found?.isFile() !== true || hasLog(file) || found.size > MAX_COPIED_BYTES) return null;
    const bytes = readFileSync(file);
    bytes.subarray(HEADER_VERSIONS.start, HEADER_VERSIONS.end).fill(HEADER_VERSIONS.rollback);
    const copy = openDatabase(bytes, { ...native(options), synchronous: 'FULL' });
    const isUsable = copy.pragma('quick_check(1)', { simple: true }) === 'ok' && copy.pragma('user_version', { simple: true }) === WORK_SCHEMA_VERSION;
    if (!isUsable) {
      copy.close();
      return null;
    }
    copy.pragma('query_only = ON');
    return copy;
  } catch (thrown) {
    options.log.warn(`Earlier runs cannot be shown: ${troubleOf(thrown)}.`);
    return null;
  }
}

type JournalledRuns = RunStore & { readonly calls: KeptCalls };

async function openRuns(options: StoreOptions): Promise<JournalledRuns> {
  const { folder, log } = options;
  const file = join(folder, 'work.db');
  const guarded = (connection: Connection): GuardedDatabase => new GuardedDatabase(connection, (words) => log.error(words));
  const memory = (status: RunStore['status']): SqliteRunStore => new SqliteRunStore(guarded(emptyInMemory(options)), status);
  const overlay = (connection: Connection, trouble: string | null): JournalledRuns => {
    const inFile: RunStore['status'] = { mode: 'file', message: `Runs are kept in ${folder}.` };
    const inMemory = (reason: string): RunStore['status'] => {
      const status = inMemoryStatus(folder, reason);
      log.warn(status.message);
      return status;
    };
    const elsewhere = writingThread(options.writingEntry ?? WRITING_SOURCE, file, options.nativeBinding ?? null, (words) => log.error(words));
    const store = new SqliteRunStore(guarded(connection), inFile, trouble === null ? elsewhere : null);
    const status = trouble === null ? inFile : inMemory(trouble);
    const during = inMemoryStatus(folder, '');
    return new OverlayRunStore(store, memory(during), status, (failure) => inMemory(reasonIn(failure)));
  };

  let cannotPrepare: unknown;
  try {
    prepareFolder(folder);
  } catch (thrown) {
    cannotPrepare = thrown;
  }
  try {
    if (cannotPrepare !== undefined) throw cannotPrepare;
    const { connection, trouble } = await whileBusy(() => openWork(file, options));
    return overlay(connection, trouble);
  } catch (thrown) {
    const reason = troubleOf(thrown);
    const isReadable = cannotPrepare !== undefined || (isUnwritable(thrown) && reason !== DAMAGED);
    const copy = isReadable ? readOnlyCopy(file, options) : null;
    if (copy !== null) return overlay(copy, reason);
    const status = inMemoryStatus(folder, reason);
    log.warn(status.message);
    return memory(status);
  }
}

function limitsIn(folder: string, log: Log): string | null {
  try {
    makeFolder(folder);
    accessSync(folder, constants.W_OK);
    return join(folder, 'limits.db');
  } catch (thrown) {
    log.warn(`The limits of models are not shared with other stores: ${troubleOf(thrown)}.`);
    return null;
  }
}

/** Opens all stores. Without a usable folder work goes on in memory, and the status says why and what to do. */
export async function openStores(options: StoreOptions): Promise<Stores> {
  const runs = await openRuns(options);
  const fileOf = (name: string): string | null => (runs.status.mode === 'file' ? join(options.folder, name) : null);
  const cache = await CacheFile.open(fileOf('cache.db'), options);
  const extractions = new SqliteExtractionCache(cache);
  const answers = new SqliteAnswerCache(cache);
  const { limitsFolder } = options;
  const allowance = new LateAllowance(() => SqliteAllowance.open((limitsFolder === undefined ? null : limitsIn(limitsFolder, options.log)) ?? fileOf('limits.db'), options));
  return {
    runs,
    calls: runs.calls,
    extractions,
    answers,
    allowance,
    close: async () => {
      await runs.close();
      await Promise.all([extractions.flush(), answers.flush()]);
      cache.close();
      await allowance.close();
    },
  };
}
