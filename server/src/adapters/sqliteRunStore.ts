import { FailureError, type Result } from '../../../shared/failure.ts';
import type { Match, Metric, NewTarget, Page, RunSnapshot, Unit } from '../../../shared/model.ts';
import type { FindingQuery, MatchRow } from '../../../shared/protocol/results.ts';
import type { RowReview } from '../../../shared/protocol/reviews.ts';
import type { JournalEntry, RunOwner, RunStore, StepRows } from '../engine/ports.ts';
import { findingFacets, findingPage } from './findingQueries.ts';
import type { GuardedDatabase } from './guardedDatabase.ts';
import { placeListedRows, writeListedRows } from './listedRows.ts';
import { countMatchRows, matchRowPage } from './matchRowQueries.ts';
import { spotAt } from './matchRowSpot.ts';
import type { Connection } from './openDatabase.ts';
import { SqliteCallJournal, takenUp } from './sqliteCallJournal.ts';
import { forgetSearches, writeSearchTexts } from './searchTexts.ts';
import { forgetWordCodes } from './searchWords.ts';
import { SqliteReviewStore } from './sqliteReviewStore.ts';
import type { WriteElsewhere } from './writingThread.ts';

interface RunRecord {
  readonly snapshot: string;
  readonly request: string;
}

/** Tables of a run with the column that names it; `texts` are shared by runs and stay where they are. */
const RUN_TABLES = [
  ['runs', 'id'], ['runDocuments', 'run'], ['journal', 'run'], ['units', 'run'], ['matchRows', 'run'], ['findings', 'run'],
  ['rowStates', 'run'], ['carriedReviews', 'run'], ['calls', 'run'], ['begunCalls', 'run'], ['attempts', 'run'], ['listedRows', 'run'], ['searchWords', 'run'], ['searchCodes', 'run'],
] as const;

/** Everything the store has of one run, table by table. */
export type RunCopy = readonly { readonly table: string; readonly rows: readonly Readonly<Record<string, unknown>>[] }[];

function writeDocuments(connection: Connection, snapshot: RunSnapshot): void {
  const insert = connection.prepare('INSERT OR IGNORE INTO runDocuments (run, document) VALUES (?, ?)');
  for (const { key } of snapshot.documents) insert.run(snapshot.id, key);
}

/** For an UPDATE that names the run and its owner: no row means that the run is another's by now. */
function mustBeOwned(changes: number, runId: string): void {
  if (changes !== 1) throw new FailureError(takenUp(runId));
}

/** Of attempts that a snapshot counts: all without a number, else those that have ended. */
function forgetAttempts(connection: Connection, runId: string, counted?: number): void {
  if (counted === undefined) connection.prepare('DELETE FROM attempts WHERE run = ?').run(runId);
  else connection.prepare('DELETE FROM attempts WHERE run = ? AND number BETWEEN 1 AND ?').run(runId, counted);
}

interface KeptRow {
  readonly step: number;
  readonly place: number;
  readonly row: MatchRow;
  readonly searchText: string;
  readonly detail: Match | NewTarget;
}

/** Rows that stand one behind the other, together. */
function stretches(rows: readonly KeptRow[]): readonly (readonly KeptRow[])[] {
  const all: KeptRow[][] = [];
  for (const row of rows) {
    const last = all.at(-1)?.at(-1);
    if (last !== undefined && last.step === row.step && last.place + 1 === row.place) all.at(-1)?.push(row);
    else all.push([row]);
  }
  return all;
}

function writeRows(connection: Connection, runId: string, step: number, rows: StepRows): void {
  const unitInsert = connection.prepare('INSERT INTO units (run, document, side, place, key, unit) VALUES (?, ?, ?, ?, ?, ?)');
  for (const { documentKey, side, units } of rows.units ?? []) {
    for (const [place, unit] of units.entries()) unitInsert.run(runId, documentKey, side, place, unit.key, JSON.stringify(unit));
  }
  if ((rows.units ?? []).length > 0) placeListedRows(connection, runId);
  // The words rows are found by stand apart; the column is of an earlier schema.
  const rowInsert = connection.prepare(
    "INSERT INTO matchRows (run, side, step, place, id, outcome, relation, search, row, detail) VALUES (?, ?, ?, ?, ?, ?, ?, '', ?, ?)",
  );
  const insertRows = (of: MatchRow['side'], kept: readonly KeptRow[]): void => {
    for (const { step: at, place, row, detail } of kept) {
      const { side, id, outcome, relation } = row;
      rowInsert.run(runId, side, at, place, id, outcome, relation, JSON.stringify(row), JSON.stringify(detail));
    }
    writeListedRows(connection, runId, kept);
    for (const stretch of stretches(kept)) {
      const [first] = stretch;
      if (first !== undefined) writeSearchTexts(connection, runId, spotAt(of, first.step, first.place), stretch.map(({ searchText }) => searchText));
    }
  };
  // A row with a place of its own may be written by any step.
  insertRows('source', (rows.matches ?? []).map(({ match, row, searchText, place }, at) => ({ row, searchText, detail: match, ...(place === undefined ? { step, place: at } : { step: 0, place }) })));
  insertRows('target', (rows.newTargets ?? []).map(({ newTarget, row, searchText }, place) => ({ row, searchText, detail: newTarget, step, place })));
  const findingInsert = connection.prepare('INSERT INTO findings (run, step, place, analyzer, search, finding) VALUES (?, ?, ?, ?, ?, ?)');
  for (const [at, finding] of (rows.findings ?? []).entries()) {
    const search = `${finding.title}\n${finding.text}`.toLowerCase();
    const place = rows.findingPlaces?.[at];
    findingInsert.run(runId, ...(place === undefined ? [step, at] : [0, place]), finding.analyzer ?? '', search, JSON.stringify(finding));
  }
}

const parse = <T>(json: string): T => JSON.parse(json) as T;

function reviewIn(json: string | null): { readonly review?: RowReview } {
  return json === null ? {} : { review: parse<RowReview>(json) };
}

/** Deletes the texts that no other run names; while one is at work it may be about to. */
function deleteTexts(connection: Connection, { snapshot, request }: RunRecord): void {
  if (connection.prepare('SELECT 1 FROM runs WHERE owner IS NOT NULL LIMIT 1').get() !== undefined) return;
  const read = parse<RunSnapshot>(snapshot).documents.map(({ hash }) => hash);
  const given = parse<{ readonly inputs?: readonly { readonly textHash?: string }[] }>(request).inputs ?? [];
  const isNamed = connection.prepare('SELECT 1 FROM runs WHERE instr(snapshot, $hash) > 0 OR instr(request, $hash) > 0 LIMIT 1');
  const remove = connection.prepare('DELETE FROM texts WHERE hash = ?');
  for (const hash of new Set([...read, ...given.flatMap(({ textHash }) => textHash ?? [])])) {
    if (isNamed.get({ hash }) === undefined) remove.run(hash);
  }
}

/** Runs in a SQLite database. Every write is one transaction; a failure has changed nothing. */
export class SqliteRunStore implements RunStore {
  readonly #database: GuardedDatabase;
  readonly status: RunStore['status'];
  readonly reviews: SqliteReviewStore;
  readonly calls: SqliteCallJournal;

  /** `elsewhere` writes to the same file, where it takes writes. */
  constructor(database: GuardedDatabase, status: RunStore['status'], elsewhere: WriteElsewhere | null = null) {
    this.#database = database;
    this.status = status;
    this.reviews = new SqliteReviewStore(database, status, elsewhere);
    this.calls = new SqliteCallJournal(database);
  }

  isKept(): boolean {
    return this.status.mode === 'file';
  }

  #write<T>(work: (connection: Connection) => T): Promise<Result<T>> {
    return this.#database.run((connection) => connection.transaction(() => work(connection)).immediate());
  }

  saveText(hash: string, text: string): Promise<Result<void>> {
    return this.#write((connection) => {
      connection.prepare('INSERT OR IGNORE INTO texts (hash, text) VALUES (?, ?)').run(hash, text);
    });
  }

  text(hash: string): Promise<Result<string | null>> {
    return this.#database.run(
      (connection) => connection.prepare<[string], { text: string }>('SELECT text FROM texts WHERE hash = ?').get(hash)?.text ?? null,
    );
  }

  createRun(snapshot: RunSnapshot, request: string, owner: string): Promise<Result<void>> {
    return this.#write((connection) => {
      connection
        .prepare('INSERT INTO runs (id, startedAt, snapshot, request, owner, heartbeatAt) VALUES (?, ?, ?, ?, ?, ?)')
        .run(snapshot.id, snapshot.startedAt, JSON.stringify(snapshot), request, owner, snapshot.startedAt);
    });
  }

  claimRun(snapshot: RunSnapshot, owner: string, seen: RunOwner | null, at: number): Promise<Result<boolean>> {
    return this.#write((connection) => {
      forgetWordCodes(connection, snapshot.id);
      const { changes } = connection
        .prepare(
          `UPDATE runs SET snapshot = $snapshot, owner = $owner, heartbeatAt = $at
           WHERE id = $id AND owner IS $seen AND ($seen IS NULL OR heartbeatAt = $seenAt)`,
        )
        .run({ snapshot: JSON.stringify(snapshot), owner, at, id: snapshot.id, seen: seen?.owner ?? null, seenAt: seen?.heartbeatAt ?? null });
      if (changes === 1) forgetAttempts(connection, snapshot.id);
      return changes === 1;
    });
  }

  async commitStep(runId: string, owner: string, entry: JournalEntry, rows: StepRows, snapshot: RunSnapshot): Promise<Result<void>> {
    // An attempt that is written after the snapshot that counts it would be counted once more.
    await this.calls.flush();
    return this.#write((connection) => {
      const { changes } = connection
        .prepare('UPDATE runs SET snapshot = ?, heartbeatAt = ? WHERE id = ? AND owner = ?')
        .run(JSON.stringify(snapshot), entry.finishedAt, runId, owner);
      mustBeOwned(changes, runId);
      connection
        .prepare('INSERT INTO journal (run, step, ordinal, value, finishedAt) VALUES (?, ?, ?, ?, ?)')
        .run(runId, entry.step, entry.ordinal, entry.value, entry.finishedAt);
      writeRows(connection, runId, entry.ordinal, rows);
      forgetAttempts(connection, runId, rows.countedAttempts ?? 0);
      writeDocuments(connection, snapshot);
    });
  }

  endRun(snapshot: RunSnapshot, owner: string): Promise<Result<void>> {
    return this.#write((connection) => {
      const { changes } = connection
        .prepare('UPDATE runs SET snapshot = ?, owner = NULL WHERE id = ? AND owner = ?')
        .run(JSON.stringify(snapshot), snapshot.id, owner);
      mustBeOwned(changes, snapshot.id);
      forgetWordCodes(connection, snapshot.id);
      forgetAttempts(connection, snapshot.id);
      writeDocuments(connection, snapshot);
    });
  }

  addAttempt(runId: string, owner: string, number: number, metric: Metric, begun?: number): Promise<Result<void>> {
    return this.calls.attempt(runId, owner, { number, metric, begun });
  }

  beginAttempt(runId: string, owner: string, begun: number, metric: Metric): Promise<Result<void>> {
    return this.calls.attempt(runId, owner, { number: -begun, metric });
  }

  attempts(runId: string): Promise<Result<readonly Metric[]>> {
    return this.#database.run((connection) =>
      connection
        .prepare<[string], { metric: string }>('SELECT metric FROM attempts WHERE run = ? ORDER BY number')
        .all(runId)
        .map(({ metric }) => parse<Metric>(metric)),
    );
  }

  heartbeat(runId: string, owner: string, at: number): Promise<Result<void>> {
    return this.#write((connection) => {
      connection.prepare('UPDATE runs SET heartbeatAt = ? WHERE id = ? AND owner = ?').run(at, runId, owner);
    });
  }

  owner(runId: string): Promise<Result<RunOwner | null>> {
    return this.#database.run(
      (connection) =>
        connection
          .prepare<[string], RunOwner>('SELECT owner, heartbeatAt FROM runs WHERE id = ? AND owner IS NOT NULL')
          .get(runId) ?? null,
    );
  }

  run(runId: string): Promise<Result<{ readonly snapshot: RunSnapshot; readonly request: string } | null>> {
    return this.#database.run((connection) => {
      const record = connection.prepare<[string], RunRecord>('SELECT snapshot, request FROM runs WHERE id = ?').get(runId);
      return record === undefined ? null : { snapshot: parse<RunSnapshot>(record.snapshot), request: record.request };
    });
  }

  runs(offset: number, limit: number): Promise<Result<Page<RunSnapshot>>> {
    return this.#database.run((connection) => {
      const total = connection.prepare<[], { total: number }>('SELECT count(*) AS total FROM runs').get()?.total ?? 0;
      const rows = connection
        .prepare<[number, number], { snapshot: string }>('SELECT snapshot FROM runs ORDER BY startedAt DESC, id DESC LIMIT ? OFFSET ?')
        .all(limit, offset);
      return { total, offset, rows: rows.map(({ snapshot }) => parse<RunSnapshot>(snapshot)) };
    });
  }

  latest(documentKey: string): Promise<Result<RunSnapshot | null>> {
    return this.#database.run((connection) => {
      const found = connection
        .prepare<[string], { snapshot: string }>(
          'SELECT snapshot FROM runs WHERE id IN (SELECT run FROM runDocuments WHERE document = ?) ORDER BY startedAt DESC, id DESC LIMIT 1',
        )
        .get(documentKey);
      return found === undefined ? null : parse<RunSnapshot>(found.snapshot);
    });
  }

  journal(runId: string): Promise<Result<readonly JournalEntry[]>> {
    return this.#database.run((connection) =>
      connection
        .prepare<[string], JournalEntry>('SELECT step, ordinal, value, finishedAt FROM journal WHERE run = ? ORDER BY ordinal')
        .all(runId),
    );
  }

  units(runId: string, documentKey: string): Promise<Result<readonly Unit[]>> {
    return this.#database.run((connection) =>
      connection
        .prepare<[string, string], { unit: string }>('SELECT unit FROM units WHERE run = ? AND document = ? ORDER BY place')
        .all(runId, documentKey)
        .map(({ unit }) => parse<Unit>(unit)),
    );
  }

  unit(runId: string, unitKey: string): Promise<Result<{ readonly unit: Unit; readonly documentKey: string } | null>> {
    return this.#database.run((connection) => {
      const found = connection
        .prepare<[string, string], { unit: string; document: string }>('SELECT unit, document FROM units WHERE run = ? AND key = ?')
        .get(runId, unitKey);
      return found === undefined ? null : { unit: parse<Unit>(found.unit), documentKey: found.document };
    });
  }

  matchRows(query: Parameters<RunStore['matchRows']>[0]): ReturnType<RunStore['matchRows']> {
    return this.#database.run((connection) => matchRowPage(connection, query));
  }

  matchCounts(runId: string): ReturnType<RunStore['matchCounts']> {
    return this.#database.run((connection) => countMatchRows(connection, runId));
  }

  match(runId: string, id: string): ReturnType<RunStore['match']> {
    return this.#database.run((connection) => {
      const found = connection
        .prepare<[string, string], { side: string; row: string; detail: string; review: string | null }>(
          `SELECT m.side AS side, m.row AS row, m.detail AS detail, s.review AS review
           FROM matchRows AS m LEFT JOIN rowStates AS s ON s.run = m.run AND s.id = m.id WHERE m.run = ? AND m.id = ?`,
        )
        .get(runId, id);
      if (found === undefined) return null;
      const row = { ...parse<MatchRow>(found.row), ...reviewIn(found.review) };
      return found.side === 'source'
        ? { row, match: parse<Match>(found.detail), newTarget: null }
        : { row, match: null, newTarget: parse<NewTarget>(found.detail) };
    });
  }

  #details<T>(runId: string, side: 'source' | 'target'): Promise<Result<readonly T[]>> {
    return this.#database.run((connection) =>
      connection
        .prepare<[string, string], { detail: string }>('SELECT detail FROM matchRows WHERE run = ? AND side = ? ORDER BY step, place')
        .all(runId, side)
        .map(({ detail }) => parse<T>(detail)),
    );
  }

  matches(runId: string): Promise<Result<readonly Match[]>> {
    return this.#details<Match>(runId, 'source');
  }

  newTargets(runId: string): Promise<Result<readonly NewTarget[]>> {
    return this.#details<NewTarget>(runId, 'target');
  }

  findings(query: FindingQuery): ReturnType<RunStore['findings']> {
    return this.#database.run((connection) => findingPage(connection, query));
  }

  findingFacets(runId: string, analyzer: string): ReturnType<RunStore['findingFacets']> {
    return this.#database.run((connection) => findingFacets(connection, runId, analyzer));
  }

  deleteRun(runId: string, seen: RunOwner | null): Promise<Result<boolean>> {
    return this.#write((connection) => {
      const record = connection
        .prepare<[string], RunRecord & { owner: string | null; heartbeatAt: number }>('SELECT snapshot, request, owner, heartbeatAt FROM runs WHERE id = ?')
        .get(runId);
      if (record === undefined || record.owner !== (seen?.owner ?? null) || (seen !== null && record.heartbeatAt !== seen.heartbeatAt)) return false;
      const isReviewed = connection.prepare('SELECT 1 FROM reviewedRuns WHERE run = ?').get(runId) !== undefined;
      for (const [table, id] of RUN_TABLES) {
        // What was said stays, and is carried over by the units it was said of.
        if (table !== 'units' || !isReviewed) connection.prepare(`DELETE FROM ${table} WHERE ${id} = ?`).run(runId);
      }
      deleteTexts(connection, record);
      forgetSearches(connection);
      forgetWordCodes(connection, runId);
      return true;
    });
  }

  /** All of a run but its texts, or null where there is none. */
  copyOf(runId: string): Promise<Result<RunCopy | null>> {
    return this.#database.run((connection) => {
      const copy = RUN_TABLES.map(([table, id]) => {
        // Without the columns that are made from others: nobody may write those.
        const columns = connection.prepare<[string], { name: string }>('SELECT name FROM pragma_table_info(?)').all(table).map(({ name }) => name);
        return { table, rows: connection.prepare<[string], Record<string, unknown>>(`SELECT ${columns.join(', ')} FROM ${table} WHERE ${id} = ?`).all(runId) };
      });
      return copy[0]?.rows.length === 0 ? null : copy;
    });
  }

  addCopy(copy: RunCopy): Promise<Result<void>> {
    return this.#write((connection) => {
      for (const { table, rows } of copy) {
        const columns = Object.keys(rows[0] ?? {});
        if (columns.length === 0) continue;
        const insert = connection.prepare(`INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map((name) => `$${name}`).join(', ')})`);
        for (const row of rows) insert.run(row);
      }
    });
  }

  async close(): Promise<void> {
    await this.reviews.close();
    await this.calls.close();
    this.#database.close();
  }
}
