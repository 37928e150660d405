import { setImmediate as turn } from 'node:timers/promises';
import { FailureError, failureOf, ok, type Failure, type Result } from '../../../shared/failure.ts';
import type { Metric } from '../../../shared/model.ts';
import type { KeptCalls, JournalledCall } from '../engine/ports.ts';
import { GroupedWrites } from './groupedWrites.ts';
import type { GuardedDatabase } from './guardedDatabase.ts';
import { LogOnDisk, type SyncFile } from './logOnDisk.ts';
import type { Connection } from './openDatabase.ts';
import { prepared } from './preparedStatements.ts';

/** A call is not held up for others: what waits when the event loop comes round is a group. */
const GROUPING = { waitMs: 0, most: 500 };
/** Calls read at once; a few milliseconds. */
const SLICE = 256;

/** Of a run that another owner has taken up, or that is gone. */
export function takenUp(runId: string): Failure {
  return { code: 'refused', message: `Run ${runId} was taken up in another window or terminal.`, retry: 'never' };
}

interface Write {
  readonly runId: string;
  readonly owner: string;
  /** Its id where it begins. */
  readonly call: string | JournalledCall | Attempt;
}

/** See RunStore.addAttempt and beginAttempt: what has not ended has a number below zero. */
interface Attempt {
  readonly number: number;
  readonly metric: Metric;
  readonly begun?: number | undefined;
}

type Row = Omit<JournalledCall, 'usage'> & { readonly usage: string };

function isOwner(connection: Connection): (runId: string, owner: string) => boolean {
  const select = prepared<[string], { owner: string | null }>(connection, 'SELECT owner FROM runs WHERE id = ?');
  const owners = new Map<string, string | null>();
  return (runId, owner) => {
    if (!owners.has(runId)) owners.set(runId, select.get(runId)?.owner ?? null);
    return owners.get(runId) === owner;
  };
}

/** Writes of several runs in one transaction; one that is refused leaves the others as they are. */
function writeAll(connection: Connection, writes: readonly Write[]): readonly Result<void>[] {
  const owns = isOwner(connection);
  const begin = prepared(connection, 'INSERT OR IGNORE INTO begunCalls (run, call) VALUES (?, ?)');
  const finish = prepared(connection, 'INSERT OR REPLACE INTO calls (run, call, outcome, usage, costUsd, attempts, finishedAt) VALUES (?, ?, ?, ?, ?, ?, ?)');
  const unmark = prepared(connection, 'DELETE FROM begunCalls WHERE run = ? AND call = ?');
  const attempted = prepared(connection, 'INSERT OR REPLACE INTO attempts (run, number, metric) VALUES (?, ?, ?)');
  const ended = prepared(connection, 'DELETE FROM attempts WHERE run = ? AND number = ?');
  return writes.map(({ runId, owner, call }) => {
    if (!owns(runId, owner)) return { ok: false, failure: takenUp(runId) };
    if (typeof call === 'string') {
      begin.run(runId, call);
      return ok(undefined);
    }
    if ('number' in call) {
      attempted.run(runId, call.number, JSON.stringify(call.metric));
      if (call.begun !== undefined) ended.run(runId, -call.begun);
      return ok(undefined);
    }
    finish.run(runId, call.call, call.outcome, JSON.stringify(call.usage), call.costUsd, call.attempts, call.finishedAt);
    unmark.run(runId, call.call);
    return ok(undefined);
  });
}

/** Finished calls in the database of their runs. */
export class SqliteCallJournal implements KeptCalls {
  readonly #database: GuardedDatabase;
  readonly #writes: GroupedWrites<Write, Result<void>>;
  #log: LogOnDisk | null = null;

  /** `sync`: how the disk is waited for. Absent: as the system does it. */
  constructor(database: GuardedDatabase, sync?: SyncFile) {
    this.#database = database;
    this.#writes = new GroupedWrites(async (writes) => {
      const written = await database.run((connection) => {
        this.#log ??= new LogOnDisk(connection, sync);
        return this.#log.commit(() => connection.transaction(() => writeAll(connection, writes)).immediate());
      });
      return written.ok ? written.value : writes.map(() => written);
    }, GROUPING);
  }

  begin(runId: string, owner: string, calls: readonly string[]): Promise<Result<void>> {
    return this.#write(runId, owner, calls);
  }

  append(runId: string, owner: string, calls: readonly JournalledCall[]): Promise<Result<void>> {
    return this.#write(runId, owner, calls);
  }

  /** Written in turn with the calls: an attempt is there before the answers it brought. */
  attempt(runId: string, owner: string, attempt: Attempt): Promise<Result<void>> {
    return this.#write(runId, owner, [attempt]);
  }

  async forgetBegun(runId: string, owner: string): Promise<Result<void>> {
    await this.#writes.flush();
    return this.#database.run((connection) => {
      if (!isOwner(connection)(runId, owner)) throw new FailureError(takenUp(runId));
      connection.prepare('DELETE FROM begunCalls WHERE run = ?').run(runId);
    });
  }

  async load(runId: string): ReturnType<KeptCalls['load']> {
    // What is written is counted in the order it was asked for.
    await this.#writes.flush();
    const finished: JournalledCall[] = [];
    for (let after = ''; ; ) {
      const rows = await this.#database.run((connection) =>
        connection
          .prepare<[string, string, number], Row>(
            'SELECT call, outcome, usage, costUsd, attempts, finishedAt FROM calls WHERE run = ? AND call > ? ORDER BY call LIMIT ?',
          )
          .all(runId, after, SLICE),
      );
      if (!rows.ok) return rows;
      for (const row of rows.value) finished.push({ ...row, usage: JSON.parse(row.usage) as JournalledCall['usage'] });
      const last = rows.value.at(-1);
      if (last === undefined || rows.value.length < SLICE) break;
      after = last.call;
      await turn();
    }
    const unfinished = await this.#database.run(
      (connection) => connection.prepare<[string], { count: number }>('SELECT count(*) AS count FROM begunCalls WHERE run = ?').get(runId)?.count ?? 0,
    );
    return unfinished.ok ? ok({ finished, unfinished: unfinished.value }) : unfinished;
  }

  async #write(runId: string, owner: string, calls: readonly Write['call'][]): Promise<Result<void>> {
    const written = await Promise.all(calls.map((call) => this.#writes.add({ runId, owner, call })));
    return written.find(({ ok: isWritten }) => !isWritten) ?? this.#onDisk();
  }

  async #onDisk(): Promise<Result<void>> {
    try {
      await this.#log?.written();
      return ok(undefined);
    } catch (thrown) {
      return { ok: false, failure: failureOf(thrown) };
    }
  }

  /** Writes what waits. What is written to the database after it is on disk after it. */
  flush(): Promise<void> {
    return this.#writes.flush();
  }

  /** Before the database is closed. */
  async close(): Promise<void> {
    await this.flush();
    await this.#log?.close();
  }
}
