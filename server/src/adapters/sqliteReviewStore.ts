import { fail, type Result } from '../../../shared/failure.ts';
import type { Finding, Match, Unit } from '../../../shared/model.ts';
import type { MatchRow } from '../../../shared/protocol/results.ts';
import type { RowReview } from '../../../shared/protocol/reviews.ts';
import type {
  CarriedTo, LineHead, ReviewableRow, ReviewedRun, ReviewLine, ReviewStep, ReviewStore, ReviewWrite, RunStore,
} from '../engine/ports.ts';
import type { GuardedDatabase } from './guardedDatabase.ts';
import { bulkOffer, matchFacets, matchGroups, matchIndex, openAbove } from './matchRowQueries.ts';
import type { Connection } from './openDatabase.ts';
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

function writeLines(connection: Connection, { lines, run }: ReviewWrite): void {
  if (lines.length === 0) return;
  connection
    .prepare('INSERT OR IGNORE INTO reviewedRuns (run, workflow, documents) VALUES (?, ?, ?)')
    .run(run.run, run.workflow, JSON.stringify(run.documents));
  const insert = connection.prepare(
    'INSERT INTO reviewLines (sequence, run, findingKey, action, step, madeIn, aboutStep, exception, line) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
  );
  for (const line of lines) {
    insert.run(line.sequence, line.run, line.findingKey, line.action, line.step, line.madeIn, line.about?.step ?? null, labelNumber(line), JSON.stringify(line));
  }
}

function writeStates(connection: Connection, { states, run, seen, lines, mark }: ReviewWrite): void {
  const put = connection.prepare(
    'INSERT OR REPLACE INTO rowStates (run, id, state, standing, noted, exception, review) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  const remove = connection.prepare('DELETE FROM rowStates WHERE run = ? AND id = ?');
  for (const [id, review] of states) {
    if (review === null) remove.run(run.run, id);
    else put.run(run.run, id, review.state, review.standing, review.note === undefined ? 0 : 1, review.exception ?? null, JSON.stringify(review));
  }
  connection
    .prepare('INSERT OR REPLACE INTO carriedReviews (run, sequence, mark) VALUES (?, ?, ?)')
    .run(run.run, lines.at(-1)?.sequence ?? seen, mark);
}

/** Reviews in a SQLite database, beside the runs they are about. */
export class SqliteReviewStore implements ReviewStore {
  readonly #database: GuardedDatabase;
  readonly #status: RunStore['status'];
  readonly #watch: StoreWatch;

  constructor(database: GuardedDatabase, status: RunStore['status']) {
    this.#database = database;
    this.#status = status;
    this.#watch = new StoreWatch(database);
  }

  onElsewhere(listener: (runIds: readonly string[]) => void): () => void {
    return this.#watch.listen(listener);
  }

  close(): void {
    this.#watch.close();
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

  stepLines(runId: string, step: string): Promise<Result<readonly ReviewLine[]>> {
    return this.#database.run((connection) =>
      linesOf(connection
        .prepare<[string, string], { line: string }>('SELECT line FROM reviewLines WHERE step = ? AND run = ? ORDER BY sequence')
        .all(step, runId)),
    );
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
    return this.#database.run((connection) =>
      connection
        .transaction(() => {
          if (newestLine(connection) !== write.seen) return false;
          writeLines(connection, write);
          writeStates(connection, write);
          return true;
        })
        .immediate(),
    );
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
        .prepare<[string, string], { id: string; row: string; detail: string }>(`SELECT id, row, detail FROM matchRows WHERE run = ? AND id ${AMONG}`)
        .all(runId, among)
        .map(({ id, row, detail }): ReviewableRow => ({
          id, row: parse<MatchRow>(row), finding: null,
          targets: (parse<Partial<Match>>(detail).targets ?? []).map(({ targetId }) => targetId),
        }));
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
          `SELECT id FROM matchRows INDEXED BY matchRowsInList WHERE run = ? AND variance IN ('design', 'regulatory') AND impact IN ('medium', 'high') ORDER BY side, step, place`,
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

