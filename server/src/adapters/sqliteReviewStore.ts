import { setImmediate as turn } from 'node:timers/promises';
import { fail, type Result } from '../../../shared/failure.ts';
import type { Finding, Unit } from '../../../shared/model.ts';
import type { MatchRow } from '../../../shared/protocol/results.ts';
import type { RowReview } from '../../../shared/protocol/reviews.ts';
import type {
  CarriedTo, LineHead, ReviewableRow, ReviewedRun, ReviewLine, ReviewStep, ReviewStore, ReviewWrite, RunStore,
} from '../engine/ports.ts';
import type { GuardedDatabase } from './guardedDatabase.ts';
import { listedState } from './listedRows.ts';
import { bulkOffer, matchFacets, matchGroups, matchIndex, openAbove } from './matchRowQueries.ts';
import type { Connection } from './openDatabase.ts';
import { slicedWrite, type SlicedWork } from './slicedWrite.ts';
import { newestLine, StoreWatch } from './storeWatch.ts';

const parse = <T>(json: string): T => JSON.parse(json) as T;
const linesOf = (rows: readonly { line: string }[]): readonly ReviewLine[] => rows.map(({ line }) => parse<ReviewLine>(line));
/** Rows named in a JSON list. */
const AMONG = 'IN (SELECT value FROM json_each(?))';

/** `EX-14` -> 14. */
function labelNumber(line: ReviewLine): number | null {
  const [, digits] = /^EX-(\d+)$/.exec(line.exception?.label ?? '') ?? [];
  return digits === undefined ? null : Number(digits);
}

/** Lines and states from which a write is done in slices: fewer take some milliseconds. */
const MANY = 500;
/** Lines of a step that are read at once. */
const LINES_READ = 500;

function putRun(connection: Connection, { lines, run }: ReviewWrite): void {
  if (lines.length === 0) return;
  connection
    .prepare('INSERT OR IGNORE INTO reviewedRuns (run, workflow, documents) VALUES (?, ?, ?)')
    .run(run.run, run.workflow, JSON.stringify(run.documents));
}

function linePut(connection: Connection): (line: ReviewLine) => void {
  const insert = connection.prepare(
    'INSERT INTO reviewLines (sequence, run, findingKey, action, step, madeIn, aboutStep, exception, line) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
  );
  return (line) => {
    insert.run(line.sequence, line.run, line.findingKey, line.action, line.step, line.madeIn, line.about?.step ?? null, labelNumber(line), JSON.stringify(line));
  };
}

function statePut(connection: Connection, run: string): (id: string, review: RowReview | null) => void {
  const put = connection.prepare(
    'INSERT OR REPLACE INTO rowStates (run, id, state, standing, noted, exception, review) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  const remove = connection.prepare('DELETE FROM rowStates WHERE run = ? AND id = ?');
  const list = listedState(connection, run);
  return (id, review) => {
    list(id, review);
    if (review === null) remove.run(run, id);
    else put.run(run, id, review.state, review.standing, review.note === undefined ? 0 : 1, review.exception ?? null, JSON.stringify(review));
  };
}

function putCarried(connection: Connection, { run, lines, seen, mark }: ReviewWrite): void {
  connection
    .prepare('INSERT OR REPLACE INTO carriedReviews (run, sequence, mark) VALUES (?, ?, ?)')
    .run(run.run, lines.at(-1)?.sequence ?? seen, mark);
}

function writeStates(connection: Connection, write: ReviewWrite): void {
  const put = statePut(connection, write.run.run);
  for (const [id, review] of write.states) put(id, review);
  putCarried(connection, write);
}

/** A write as parts of one row each; all of it, or nothing where there are lines the writer has not seen. */
function partsOf(write: ReviewWrite): SlicedWork {
  const lines = write.lines.values();
  const states = write.states.entries();
  let putLine: (line: ReviewLine) => void;
  let putState: (id: string, review: RowReview | null) => void;
  return {
    begin: (connection) => {
      if (newestLine(connection) !== write.seen) return false;
      putRun(connection, write);
      putLine = linePut(connection);
      putState = statePut(connection, write.run.run);
      return true;
    },
    next: () => {
      const line = lines.next();
      if (line.done !== true) {
        putLine(line.value);
        return true;
      }
      const state = states.next();
      if (state.done === true) return false;
      putState(...state.value);
      return true;
    },
    end: (connection) => putCarried(connection, write),
  };
}

/** Reviews in a SQLite database, beside the runs they are about. */
export class SqliteReviewStore implements ReviewStore {
  readonly #database: GuardedDatabase;
  readonly #status: RunStore['status'];
  readonly #watch: StoreWatch;
  readonly #openSecond: (() => GuardedDatabase) | null;
  /** A connection of its own for large writes, which others may not come between. */
  #second: GuardedDatabase | null = null;
  #large: Promise<unknown> = Promise.resolve();

  /** `openSecond` gives another connection to the same file, where there is one that takes writes. */
  constructor(database: GuardedDatabase, status: RunStore['status'], openSecond: (() => GuardedDatabase) | null = null) {
    this.#database = database;
    this.#openSecond = openSecond;
    this.#status = status;
    this.#watch = new StoreWatch(database);
  }

  onElsewhere(listener: (runIds: readonly string[]) => void): () => void {
    return this.#watch.listen(listener);
  }

  close(): void {
    this.#watch.close();
    this.#second?.close();
  }

  refusal(): string | null {
    return this.#status.mode === 'file' ? null : this.#status.message;
  }

  newest(): Promise<Result<number>> {
    return this.#database.run(newestLine);
  }

  reviewedRuns(): Promise<Result<readonly ReviewedRun[]>> {
    return this.#database.run((connection) =>
      connection
        .prepare<[], { run: string; workflow: ReviewedRun['workflow']; documents: string }>('SELECT run, workflow, documents FROM reviewedRuns')
        .all()
        .map(({ run, workflow, documents }) => ({ run, workflow, documents: parse<ReviewedRun['documents']>(documents) })),
    );
  }

  heads(runId: string, after: number): Promise<Result<readonly LineHead[]>> {
    return this.#database.run((connection) => {
      // The index alone tells which lines are the newest of their rows.
      const found = connection
        .prepare<[string, number], { line: string }>(
          `SELECT line FROM reviewLines WHERE sequence IN
           (SELECT max(sequence) FROM reviewLines WHERE run = ? AND sequence > ? GROUP BY findingKey) ORDER BY sequence`,
        )
        .all(runId, after);
      return linesOf(found).map(({ findingKey, kind, unit }) => ({ findingKey, kind, unit }));
    });
  }

  lines(runId: string, findingKeys: readonly string[]): Promise<Result<readonly ReviewLine[]>> {
    return this.#database.run((connection) =>
      linesOf(connection
        .prepare<[string, string], { line: string }>(`SELECT line FROM reviewLines WHERE run = ? AND findingKey ${AMONG} ORDER BY sequence`)
        .all(runId, JSON.stringify(findingKeys))),
    );
  }

  async stepLines(runId: string, step: string): Promise<Result<readonly ReviewLine[]>> {
    const all: ReviewLine[] = [];
    for (;;) {
      const read = await this.#database.run((connection) =>
        linesOf(connection
          .prepare<[string, string, number, number], { line: string }>('SELECT line FROM reviewLines WHERE step = ? AND run = ? AND sequence > ? ORDER BY sequence LIMIT ?')
          .all(step, runId, all.at(-1)?.sequence ?? 0, LINES_READ)));
      if (!read.ok) return read;
      all.push(...read.value);
      // Lines are only ever added, so that others may have a turn between.
      if (read.value.length < LINES_READ) return { ok: true, value: all };
      await turn();
    }
  }

  steps(runId: string, madeIn: string): Promise<Result<readonly ReviewStep[]>> {
    return this.#database.run((connection) =>
      connection
        .prepare<[string, string], ReviewStep>(
          `SELECT step, iif(action IN ('undo', 'redo'), action, 'act') AS action, max(aboutStep) AS about
           FROM reviewLines WHERE madeIn = ? AND run = ? GROUP BY step ORDER BY min(sequence)`,
        )
        .all(madeIn, runId),
    );
  }

  lastException(): Promise<Result<number>> {
    return this.#database.run(
      (connection) => connection.prepare<[], { last: number }>('SELECT coalesce(max(exception), 0) AS last FROM reviewLines WHERE exception IS NOT NULL').get()?.last ?? 0,
    );
  }

  carriedTo(runId: string): Promise<Result<CarriedTo | null>> {
    return this.#database.run(
      (connection) => connection.prepare<[string], CarriedTo>('SELECT sequence, mark FROM carriedReviews WHERE run = ?').get(runId) ?? null,
    );
  }

  write(write: ReviewWrite): Promise<Result<boolean>> {
    const refused = this.refusal();
    if (refused !== null && write.lines.length > 0) return Promise.resolve(fail('storeUnavailable', refused, 'later'));
    if (write.lines.length + write.states.size >= MANY && this.#openSecond !== null) return this.#writeMany(write, this.#openSecond);
    return this.#database.run((connection) =>
      connection
        .transaction(() => {
          if (newestLine(connection) !== write.seen) return false;
          putRun(connection, write);
          const put = linePut(connection);
          for (const line of write.lines) put(line);
          writeStates(connection, write);
          return true;
        })
        .immediate(),
    );
  }

  #writeMany(write: ReviewWrite, open: () => GuardedDatabase): Promise<Result<boolean>> {
    const written = this.#large.then(async () => {
      try {
        this.#second ??= open();
      } catch {
        // Where no second connection can be had, what is wrong is told by the first.
        return null;
      }
      const done = await slicedWrite(this.#second, partsOf(write));
      // To the watch a second connection is another process: these lines are this one's own.
      if (done.ok && done.value) this.#watch.saw(write.lines.at(-1)?.sequence ?? write.seen);
      return done;
    });
    this.#large = written.catch(() => undefined);
    return written.then((done) => done ?? this.#database.run((connection) =>
      connection.transaction(() => {
        const parts = partsOf(write);
        if (!parts.begin(connection)) return false;
        while (parts.next(connection)) continue;
        parts.end(connection);
        return true;
      }).immediate()));
  }

  /** States of a run that is not in the file the trail is in. */
  putStates(write: ReviewWrite): Promise<Result<boolean>> {
    return this.#database.run((connection) =>
      connection
        .transaction(() => {
          writeStates(connection, write);
          return true;
        })
        .immediate(),
    );
  }

  states(runId: string, ids: readonly string[] | null): Promise<Result<ReadonlyMap<string, RowReview>>> {
    return this.#database.run((connection) => {
      const among = ids === null ? '' : ` AND id ${AMONG}`;
      const values = ids === null ? [runId] : [runId, JSON.stringify(ids)];
      const found = connection.prepare<string[], { id: string; review: string }>(`SELECT id, review FROM rowStates WHERE run = ?${among}`).all(...values);
      return new Map(found.map(({ id, review }) => [id, parse<RowReview>(review)]));
    });
  }

  rows(runId: string, ids: readonly string[]): Promise<Result<readonly ReviewableRow[]>> {
    return this.#database.run((connection) => {
      const among = JSON.stringify(ids);
      const matches = connection
        .prepare<[string, string], { id: string; row: string; targets: string }>(
          // Taken out by SQLite: a detail is many times as long.
          `SELECT id, row, (SELECT json_group_array(json_extract(value, '$.targetId')) FROM json_each(detail, '$.targets')) AS targets
           FROM matchRows WHERE run = ? AND id ${AMONG}`,
        )
        .all(runId, among)
        .map(({ id, row, targets }): ReviewableRow => ({ id, row: parse<MatchRow>(row), finding: null, targets: parse<readonly string[]>(targets) }));
      const findings = connection
        .prepare<[string, string], { key: string; finding: string }>(`SELECT key, finding FROM findings WHERE run = ? AND key ${AMONG}`)
        .all(runId, among)
        .map(({ key, finding }): ReviewableRow => ({ id: key, row: null, finding: parse<Finding>(finding), targets: [] }));
      return [...matches, ...findings];
    });
  }

  units(runId: string, keys: readonly string[]): Promise<Result<readonly Unit[]>> {
    return this.#database.run((connection) =>
      connection
        .prepare<[string, string], { unit: string }>(`SELECT unit FROM units WHERE run = ? AND key ${AMONG}`)
        .all(runId, JSON.stringify(keys))
        .map(({ unit }) => parse<Unit>(unit)),
    );
  }

  exceptional(runId: string): Promise<Result<readonly string[]>> {
    return this.#database.run((connection) =>
      connection
        .prepare<[string], { id: string }>(
          `SELECT id FROM listedRows WHERE run = ? AND variance IN ('design', 'regulatory') AND impact IN ('medium', 'high') ORDER BY spot`,
        )
        .all(runId)
        .map(({ id }) => id),
    );
  }

  facets(runId: string): ReturnType<ReviewStore['facets']> {
    return this.#database.run((connection) => matchFacets(connection, runId));
  }

  groups(query: Parameters<ReviewStore['groups']>[0]): ReturnType<ReviewStore['groups']> {
    return this.#database.run((connection) => matchGroups(connection, query));
  }

  index(query: Parameters<ReviewStore['index']>[0], id: string): Promise<Result<number>> {
    return this.#database.run((connection) => matchIndex(connection, query, id));
  }

  offer(runId: string, atLeast: number): ReturnType<ReviewStore['offer']> {
    return this.#database.run((connection) => bulkOffer(connection, runId, atLeast));
  }

  openAbove(runId: string, atLeast: number): Promise<Result<readonly string[]>> {
    return this.#database.run((connection) => openAbove(connection, runId, atLeast));
  }
}

