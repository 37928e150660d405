import type { GuardedDatabase } from './guardedDatabase.ts';
import type { Connection } from './openDatabase.ts';

/** How often the file is asked whether another process wrote to it, in milliseconds. Asking reads a few bytes. */
export const WATCH_MS = 1_000;

type Listener = (runIds: readonly string[]) => void;

/** The newest line of the trail; 0 where it is empty. */
export function newestLine(connection: Connection): number {
  return connection.prepare<[], { newest: number }>('SELECT coalesce(max(sequence), 0) AS newest FROM reviewLines').get()?.newest ?? 0;
}

/** Notices lines that other processes add to the trail, while anybody listens. Keeps no process alive. */
export class TrailWatch {
  readonly #database: GuardedDatabase;
  readonly #listeners = new Set<Listener>();
  #timer: NodeJS.Timeout | null = null;
  /** SQLite's counter of commits by other connections; null before the first look. */
  #version: number | null = null;
  #newest = 0;
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
    const looked = await this.#database.run((connection) => {
      const version = Number(connection.pragma('data_version', { simple: true }));
      if (version === this.#version) return [];
      const isFirst = this.#version === null;
      const before = this.#newest;
      this.#version = version;
      this.#newest = newestLine(connection);
      if (isFirst || this.#newest <= before) return [];
      return connection.prepare<[number], { run: string }>('SELECT DISTINCT run FROM reviewLines WHERE sequence > ?').all(before).map(({ run }) => run);
    });
    this.#isLooking = false;
    if (looked.ok && looked.value.length > 0) for (const listener of this.#listeners) listener(looked.value);
  }

  /** Lines up to here are known, whoever wrote them. */
  saw(sequence: number): void {
    this.#newest = Math.max(this.#newest, sequence);
  }

  close(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
    this.#version = null;
  }
}
