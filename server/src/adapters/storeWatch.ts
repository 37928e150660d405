import type { GuardedDatabase } from './guardedDatabase.ts';
import type { Connection } from './openDatabase.ts';
import { newestLine } from './reviewWrites.ts';

/** How often the file is asked whether another process wrote to it, in milliseconds. Asking reads a few bytes. */
export const WATCH_MS = 1_000;
/** Newest runs whose beginning and end are noticed. */
const WATCHED_RUNS = 20;

type Listener = (runIds: readonly string[]) => void;

function reviewedSince(connection: Connection, line: number): readonly string[] {
  return connection.prepare<[number], { run: string }>('SELECT DISTINCT run FROM reviewLines WHERE sequence > ?').all(line).map(({ run }) => run);
}

/** The newest runs, and whether somebody is at work on them. */
function newestRuns(connection: Connection): ReadonlyMap<string, boolean> {
  const rows = connection
    .prepare<[number], { id: string; atWork: number }>('SELECT id, owner IS NOT NULL AS atWork FROM runs ORDER BY startedAt DESC, id DESC LIMIT ?')
    .all(WATCHED_RUNS);
  return new Map(rows.map(({ id, atWork }) => [id, atWork === 1]));
}

/** Runs that came, went, or stand otherwise. */
function movedBetween(before: ReadonlyMap<string, boolean>, now: ReadonlyMap<string, boolean>): readonly string[] {
  return [...new Set([...before.keys(), ...now.keys()])].filter((id) => before.get(id) !== now.get(id));
}

interface Seen {
  /** SQLite's counter of commits by other connections. */
  readonly version: number;
  readonly line: number;
  readonly runs: ReadonlyMap<string, boolean>;
}

/** Notices what other processes say of rows and which runs they begin, end or delete, while anybody listens. Keeps no process alive. */
export class StoreWatch {
  readonly #database: GuardedDatabase;
  readonly #listeners = new Set<Listener>();
  #timer: NodeJS.Timeout | null = null;
  /** Null before the first look. */
  #seen: Seen | null = null;
  #isLooking = false;

  constructor(database: GuardedDatabase) {
    this.#database = database;
  }

  listen(listener: Listener): () => void {
    this.#listeners.add(listener);
    if (this.#timer === null) {
      this.#timer = setInterval(() => void this.look(), WATCH_MS);
      this.#timer.unref();
      void this.look();
    }
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) this.close();
    };
  }

  async look(): Promise<void> {
    if (this.#isLooking) return;
    this.#isLooking = true;
    // A file that cannot be read is told of by whoever asks for its rows; the next look tries again.
    const looked = await this.#database.run((connection): readonly string[] => {
      const version = Number(connection.pragma('data_version', { simple: true }));
      const before = this.#seen;
      if (version === before?.version) return [];
      const now: Seen = { version, line: newestLine(connection), runs: newestRuns(connection) };
      this.#seen = now;
      if (before === null) return [];
      const reviewed = now.line > before.line ? reviewedSince(connection, before.line) : [];
      return [...new Set([...reviewed, ...movedBetween(before.runs, now.runs)])];
    });
    this.#isLooking = false;
    if (looked.ok && looked.value.length > 0) for (const listener of this.#listeners) listener(looked.value);
  }

  /** Lines up to here are known, whoever wrote them. */
  saw(sequence: number): void {
    if (this.#seen !== null) this.#seen = { ...this.#seen, line: Math.max(this.#seen.line, sequence) };
  }

  close(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
    this.#seen = null;
  }
}
