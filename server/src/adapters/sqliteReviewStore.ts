import { setImmediate as turn } from 'node:timers/promises';
import { fail, type Result } from '../../../shared/failure.ts';
import type { Finding, Unit } from '../../../shared/model.ts';
import type { MatchRow } from '../../../shared/protocol/results.ts';
import type { RowReview } from '../../../shared/protocol/reviews.ts';
import type {
  CarriedTo, LineHead, ReviewableRow, ReviewedRun, ReviewLine, ReviewStep, ReviewStore, ReviewWrite, RunStore,
} from '../engine/ports.ts';
import type { GuardedDatabase } from './guardedDatabase.ts';
import { bulkOffer, matchFacets, matchGroups, matchIndex, openAbove } from './matchRowQueries.ts';
import type { Connection } from './openDatabase.ts';
import { newestLine, recordsOf, writeReviews, writeStates } from './reviewWrites.ts';
import { StoreWatch } from './storeWatch.ts';
import type { WriteElsewhere } from './writingThread.ts';

const parse = <T>(json: string): T => JSON.parse(json) as T;
const linesOf = (rows: readonly { line: string }[]): readonly ReviewLine[] => rows.map(({ line }) => parse<ReviewLine>(line));
/** Rows named in a JSON list. */
const AMONG = 'IN (SELECT value FROM json_each(?))';

/** Lines and states from which a write is done on a thread: fewer take some milliseconds. */
const MANY = 500;
/** Lines that are read at once, and places of lines: a few milliseconds. */
const LINES_READ = 500;
const HEADS_READ = 5_000;

/** All targets of rows that have several: a row names the first. Taken out by SQLite, since a detail is many times as long. */
function targetsOf(connection: Connection, run: string, ids: readonly string[]): ReadonlyMap<string, readonly string[]> {
  if (ids.length === 0) return new Map();
  const found = connection
    .prepare<[string, string], { id: string; targets: string }>(
      `SELECT id, (SELECT json_group_array(json_extract(value, '$.targetId')) FROM json_each(detail, '$.targets')) AS targets
       FROM matchRows WHERE run = ? AND id ${AMONG}`,
    )
    .all(run, JSON.stringify(ids));
  return new Map(found.map(({ id, targets }) => [id, parse<readonly string[]>(targets)]));
}

/** Reviews in a SQLite database, beside the runs they are about. */
export class SqliteReviewStore implements ReviewStore {
  readonly #database: GuardedDatabase;
  readonly #status: RunStore['status'];
  readonly #watch: StoreWatch;
  /** For large writes; null where no other connection can write to it. */
  readonly #elsewhere: WriteElsewhere | null;
  #large: Promise<unknown> = Promise.resolve();

  constructor(database: GuardedDatabase, status: RunStore['status'], elsewhere: WriteElsewhere | null = null) {
    this.#database = database;
    this.#elsewhere = elsewhere;
    this.#status = status;
    this.#watch = new StoreWatch(database);
  }

  onElsewhere(listener: (runIds: readonly string[]) => void): () => void {
    return this.#watch.listen(listener);
  }

  /** Resolves when what is being written is. */
  async close(): Promise<void> {
    this.#watch.close();
    await this.#large;
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

  async heads(runId: string, after: number): Promise<Result<readonly LineHead[]>> {
    // The index alone tells which lines are the newest of their rows.
    const newest = new Map<string, number>();
    const told = await this.#inSlices(HEADS_READ, after, (connection, since) =>
      connection
        .prepare<[string, number, number], { sequence: number; findingKey: string }>('SELECT sequence, findingKey FROM reviewLines WHERE run = ? AND sequence > ? ORDER BY sequence LIMIT ?')
        .all(runId, since, HEADS_READ));
    if (!told.ok) return told;
    for (const { sequence, findingKey } of told.value) newest.set(findingKey, sequence);
    const sequences = [...newest.values()].sort((a, b) => a - b);
    const read = await this.#inSlices(LINES_READ, 0, (connection, since) => {
      const from = since === 0 ? 0 : sequences.indexOf(since) + 1;
      return linesOf(connection
        .prepare<[string], { line: string }>(`SELECT line FROM reviewLines WHERE sequence ${AMONG} ORDER BY sequence`)
        .all(JSON.stringify(sequences.slice(from, from + LINES_READ))));
    });
    return read.ok ? { ok: true, value: read.value.map(({ findingKey, kind, unit }) => ({ findingKey, kind, unit })) } : read;
  }

  /** Reads `size` lines at once, those behind a sequence. Lines are only ever added, so that others may have a turn between. */
  async #inSlices<T extends { readonly sequence: number }>(size: number, after: number, read: (connection: Connection, since: number) => readonly T[]): Promise<Result<readonly T[]>> {
    const all: T[] = [];
    for (let since = after; ; since = all.at(-1)?.sequence ?? after) {
      const slice = await this.#database.run((connection) => read(connection, since));
      if (!slice.ok) return slice;
      all.push(...slice.value);
      if (slice.value.length < size) return { ok: true, value: all };
      await turn();
    }
  }

  lines(runId: string, findingKeys: readonly string[]): Promise<Result<readonly ReviewLine[]>> {
    return this.#database.run((connection) =>
      linesOf(connection
        .prepare<[string, string], { line: string }>(`SELECT line FROM reviewLines WHERE run = ? AND findingKey ${AMONG} ORDER BY sequence`)
        .all(runId, JSON.stringify(findingKeys))),
    );
  }

  stepLines(runId: string, step: string): Promise<Result<readonly ReviewLine[]>> {
    return this.#inSlices(LINES_READ, 0, (connection, since) =>
      linesOf(connection
        .prepare<[string, string, number, number], { line: string }>('SELECT line FROM reviewLines WHERE step = ? AND run = ? AND sequence > ? ORDER BY sequence LIMIT ?')
        .all(step, runId, since, LINES_READ)));
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
    const isLarge = write.lines.length + write.states.size >= MANY;
    return isLarge && this.#elsewhere !== null ? this.#writeLarge(write, this.#elsewhere) : this.#writeHere(write);
  }

  #writeHere(write: ReviewWrite): Promise<Result<boolean>> {
    const records = recordsOf(write);
    return this.#database.run((connection) => writeReviews(connection, records));
  }

  #writeLarge(write: ReviewWrite, elsewhere: WriteElsewhere): Promise<Result<boolean>> {
    const written = this.#large.then(async () => {
      // Where no thread can be had; one that had written it all when it broke has moved the newest line.
      const done = await elsewhere(write).catch(() => this.#writeHere(write));
      // To the watch another connection is another process: these lines are this one's own.
      if (done.ok && done.value) this.#watch.saw(write.lines.at(-1)?.sequence ?? write.seen);
      return done;
    });
    this.#large = written.catch(() => undefined);
    return written;
  }

  /** States of a run that is not in the file the trail is in. */
  putStates(write: ReviewWrite): Promise<Result<boolean>> {
    return this.#database.run((connection) =>
      connection
        .transaction(() => {
          writeStates(connection, recordsOf(write));
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
      const rows = connection
        .prepare<[string, string], { id: string; row: string }>(`SELECT id, row FROM matchRows WHERE run = ? AND id ${AMONG}`)
        .all(runId, among)
        .map(({ id, row }) => ({ id, row: parse<MatchRow>(row) }));
      const several = targetsOf(connection, runId, rows.filter(({ row: { target } }) => (target?.more ?? 0) > 0).map(({ id }) => id));
      const matches = rows.map(({ id, row }): ReviewableRow => ({ id, row, finding: null, targets: several.get(id) ?? (row.target === null ? [] : [row.target.id]) }));
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

