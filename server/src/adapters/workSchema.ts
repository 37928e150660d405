import { renameSync, rmSync } from 'node:fs';
import { ROWS_A_TEXT, SIDE_SPOTS, spotOf } from './matchRowSpot.ts';
import type { Connection } from './openDatabase.ts';
import { writeSearchTexts } from './searchTexts.ts';
import { WORD_END } from './wordCodes.ts';

type Migration = string | ((connection: Connection) => void);

/** Searched words become numbers of words. */
function codeSearchTexts(connection: Connection): void {
  connection.exec(`
    CREATE TABLE searchWords (run TEXT NOT NULL, first INTEGER NOT NULL, words BLOB NOT NULL, PRIMARY KEY (run, first));
    CREATE TABLE searchCodes (run TEXT NOT NULL, spot INTEGER NOT NULL, rows BLOB NOT NULL, PRIMARY KEY (run, spot));
  `);
  // Their pages serve what is written next: the file does not grow.
  const remove = connection.prepare('DELETE FROM searchTexts WHERE run = ? AND spot = ?');
  const textAt = connection.prepare<[string, number], Buffer>('SELECT text FROM searchTexts WHERE run = ? AND spot = ?').pluck();
  for (const { run, spot } of connection.prepare<[], { run: string; spot: number }>('SELECT run, spot FROM searchTexts ORDER BY run, spot').all()) {
    const words = textAt.get(run, spot)?.toString().split(String.fromCharCode(WORD_END)) ?? [];
    remove.run(run, spot);
    writeSearchTexts(connection, run, spot, words);
  }
  connection.exec('DROP TABLE searchTexts');
}

/** One entry a version; never changed once released, only added to. */
export const WORK_MIGRATIONS: readonly Migration[] = [
  `
  CREATE TABLE texts (hash TEXT PRIMARY KEY, text TEXT NOT NULL);
  CREATE TABLE runs (
    id TEXT PRIMARY KEY, startedAt INTEGER NOT NULL, snapshot TEXT NOT NULL, request TEXT NOT NULL,
    owner TEXT, heartbeatAt INTEGER NOT NULL
  );
  CREATE INDEX runsByTime ON runs (startedAt, id);
  CREATE TABLE runDocuments (run TEXT NOT NULL, document TEXT NOT NULL, PRIMARY KEY (document, run)) WITHOUT ROWID;
  CREATE TABLE journal (
    run TEXT NOT NULL, step TEXT NOT NULL, ordinal INTEGER NOT NULL, value TEXT NOT NULL, finishedAt INTEGER NOT NULL,
    PRIMARY KEY (run, step)
  );
  CREATE TABLE units (
    run TEXT NOT NULL, document TEXT NOT NULL, side TEXT NOT NULL, place INTEGER NOT NULL, key TEXT NOT NULL,
    unit TEXT NOT NULL, PRIMARY KEY (run, key)
  );
  CREATE INDEX unitsByPlace ON units (run, document, place);
  CREATE TABLE matchRows (
    run TEXT NOT NULL, side TEXT NOT NULL, step INTEGER NOT NULL, place INTEGER NOT NULL, id TEXT NOT NULL,
    outcome TEXT NOT NULL, relation TEXT, search TEXT NOT NULL, row TEXT NOT NULL, detail TEXT NOT NULL,
    PRIMARY KEY (run, id)
  );
  CREATE INDEX matchRowsByPlace ON matchRows (run, side, step, place, outcome, relation);
  CREATE INDEX matchRowsByOutcome ON matchRows (run, outcome, side, step, place);
  CREATE INDEX matchRowsByRelation ON matchRows (run, relation, side, step, place);
  CREATE TABLE findings (
    run TEXT NOT NULL, step INTEGER NOT NULL, place INTEGER NOT NULL, analyzer TEXT NOT NULL, search TEXT NOT NULL,
    finding TEXT NOT NULL
  );
  CREATE INDEX findingsByPlace ON findings (run, step, place);
  CREATE INDEX findingsByAnalyzer ON findings (run, analyzer, step, place);
  `,
  `
  CREATE TABLE reviewLines (
    sequence INTEGER PRIMARY KEY, run TEXT NOT NULL, findingKey TEXT NOT NULL, action TEXT NOT NULL, step TEXT NOT NULL,
    madeIn TEXT NOT NULL, aboutStep TEXT, exception INTEGER, line TEXT NOT NULL
  );
  CREATE INDEX reviewLinesOfRow ON reviewLines (run, findingKey, sequence);
  CREATE INDEX reviewLinesOfRun ON reviewLines (run, sequence, findingKey);
  CREATE INDEX reviewLinesOfWindow ON reviewLines (madeIn, run, sequence, step, action, aboutStep);
  CREATE INDEX reviewLinesOfStep ON reviewLines (step);
  CREATE INDEX exceptionNumbers ON reviewLines (exception) WHERE exception IS NOT NULL;
  CREATE TABLE reviewedRuns (run TEXT PRIMARY KEY, workflow TEXT NOT NULL, documents TEXT NOT NULL);
  CREATE TABLE carriedReviews (run TEXT PRIMARY KEY, sequence INTEGER NOT NULL, mark INTEGER NOT NULL);
  CREATE TABLE rowStates (
    run TEXT NOT NULL, id TEXT NOT NULL, state TEXT NOT NULL, standing TEXT NOT NULL, noted INTEGER NOT NULL,
    exception TEXT, review TEXT NOT NULL, PRIMARY KEY (run, id)
  );
  CREATE INDEX rowStatesInList ON rowStates (run, id, state, standing, noted, exception);
  ALTER TABLE matchRows ADD COLUMN moved INTEGER AS (json_extract(row, '$.moved')) VIRTUAL;
  ALTER TABLE matchRows ADD COLUMN variance TEXT AS (json_extract(row, '$.variance')) VIRTUAL;
  ALTER TABLE matchRows ADD COLUMN impact TEXT AS (json_extract(row, '$.impact')) VIRTUAL;
  ALTER TABLE matchRows ADD COLUMN confidence REAL AS (json_extract(row, '$.confidence')) VIRTUAL;
  ALTER TABLE matchRows ADD COLUMN target TEXT AS (iif(side = 'target', id, json_extract(row, '$.target.id'))) VIRTUAL;
  ALTER TABLE units ADD COLUMN section TEXT AS (coalesce(json_extract(unit, '$.path[0]'), json_extract(unit, '$.title'))) VIRTUAL;
  ALTER TABLE findings ADD COLUMN key TEXT AS (json_extract(finding, '$.key')) VIRTUAL;
  CREATE INDEX matchRowsInList ON matchRows (run, side, step, place, id, outcome, relation, moved, variance, impact, confidence, target);
  CREATE INDEX unitsInList ON units (run, key, place, section);
  CREATE INDEX findingsByKey ON findings (run, key);
  `,
  `
  CREATE TABLE calls (
    run TEXT NOT NULL, call TEXT NOT NULL, outcome TEXT NOT NULL, usage TEXT NOT NULL, costUsd REAL NOT NULL,
    attempts INTEGER NOT NULL, finishedAt INTEGER NOT NULL, PRIMARY KEY (run, call)
  );
  CREATE TABLE begunCalls (run TEXT NOT NULL, call TEXT NOT NULL, PRIMARY KEY (run, call)) WITHOUT ROWID;
  `,
  `
  CREATE TABLE listedRows (
    run TEXT NOT NULL, spot INTEGER NOT NULL, id TEXT NOT NULL, outcome TEXT NOT NULL, reason TEXT, relation TEXT, moved INTEGER NOT NULL,
    variance TEXT, impact TEXT, confidence REAL, targetPlace INTEGER, section INTEGER,
    state TEXT, standing TEXT, noted INTEGER, exception TEXT, PRIMARY KEY (run, spot)
  ) WITHOUT ROWID;
  CREATE TABLE searchTexts (run TEXT NOT NULL, spot INTEGER NOT NULL, text BLOB NOT NULL, PRIMARY KEY (run, spot));
  CREATE INDEX unitsBySection ON units (run, document, section, place);
  INSERT INTO listedRows
    SELECT m.run, ${spotOf('m')}, m.id, m.outcome, json_extract(m.row, '$.reason'), m.relation, m.moved, m.variance, m.impact, m.confidence,
      counterpart.place,
      (m.side = 'target') * ${SIDE_SPOTS} + (SELECT min(f.place) FROM units AS f INDEXED BY unitsBySection
        WHERE f.run = own.run AND f.document = own.document AND f.section IS own.section),
      s.state, s.standing, s.noted, s.exception
    FROM matchRows AS m
      LEFT JOIN units AS own ON own.run = m.run AND own.key = m.id
      LEFT JOIN units AS counterpart ON counterpart.run = m.run AND counterpart.key = m.target
      LEFT JOIN rowStates AS s ON s.run = m.run AND s.id = m.id;
  CREATE INDEX listedRowsById ON listedRows (run, id);
  INSERT INTO searchTexts
    SELECT run, min(${spotOf('matchRows')}), CAST(group_concat(replace(search, char(${WORD_END}), ' '), char(${WORD_END}) ORDER BY place) AS BLOB)
    FROM matchRows GROUP BY run, side, step, place / ${ROWS_A_TEXT};
  DROP INDEX IF EXISTS matchRowsInList;
  DROP INDEX IF EXISTS matchRowsByOutcome;
  DROP INDEX IF EXISTS matchRowsByRelation;
  DROP INDEX IF EXISTS rowStatesInList;
  `,
  codeSearchTexts,
  `
  ALTER TABLE findings ADD COLUMN kind TEXT AS (json_extract(finding, '$.kind')) VIRTUAL;
  ALTER TABLE findings ADD COLUMN outcome TEXT AS (json_extract(finding, '$.outcome')) VIRTUAL;
  CREATE INDEX findingsInList ON findings (run, analyzer, kind, outcome, step, place);
  `,
  'CREATE TABLE attempts (run TEXT NOT NULL, number INTEGER NOT NULL, metric TEXT NOT NULL, PRIMARY KEY (run, number)) WITHOUT ROWID',
];

export const WORK_SCHEMA_VERSION = WORK_MIGRATIONS.length;

function versionOf(database: Connection): number {
  return Number(database.pragma('user_version', { simple: true }));
}

/** A consistent copy of the whole file beside it. An older copy of the same version is replaced once this one is whole. */
function backUp(database: Connection, file: string, version: number): void {
  const backup = `${file}.version-${version}.backup`;
  const unfinished = `${backup}.unfinished`;
  rmSync(unfinished, { force: true });
  database.prepare('VACUUM INTO ?').run(unfinished);
  renameSync(unfinished, backup);
}

/**
 * Brings work.db to the newest schema; a file with data is copied first. Throws a part of a sentence for a file that a
 * newer version wrote. `file` is null for a database in memory.
 */
export function migrateWork(database: Connection, file: string | null, migrations: readonly Migration[] = WORK_MIGRATIONS): void {
  const known = migrations.length;
  const version = versionOf(database);
  if (version > known) {
    throw new Error(`work.db was written by a newer version of Collate (its schema is ${version}, this one knows ${known}). Update Collate to open it; the file is left as it is`);
  }
  if (version === known) return;
  if (version > 0 && file !== null) backUp(database, file, version);
  database
    .transaction(() => {
      // Another process may have migrated while this one waited for the lock.
      for (const step of migrations.slice(versionOf(database))) {
        if (typeof step === 'string') database.exec(step);
        else step(database);
      }
      database.pragma(`user_version = ${known}`);
    })
    .immediate();
}
