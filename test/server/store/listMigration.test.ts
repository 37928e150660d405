import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { StepRows } from '../../../server/src/engine/ports.ts';
import { openDatabase } from '../../../server/src/adapters/openDatabase.ts';
import { migrateWork, WORK_MIGRATIONS, WORK_SCHEMA_VERSION } from '../../../server/src/adapters/workSchema.ts';
import type { MatchQuery } from '../../../shared/protocol/results.ts';
import { fillStore, storeRows, storeSnapshot, storeStates, wordOf } from '../../../bench/storeRows.ts';
import { value } from '../../engine/runs/scenarios.ts';
import { openIn, temporaryFolder } from './storeFolder.ts';

/** The schema that kept the searched words beside the rows, and the one that kept them in texts. */
const BEFORE_LISTS = 3;
const BEFORE_CODES = 4;
const ROWS = 600;
const runId = 'run';

/** A file as an earlier version left it. */
function writeOld(file: string, rows: StepRows, version: number): void {
  const old = openDatabase(file, { synchronous: 'FULL' });
  migrateWork(old, null, WORK_MIGRATIONS.slice(0, BEFORE_LISTS));
  old.transaction(() => {
    old.prepare("INSERT INTO runs (id, startedAt, snapshot, request, owner, heartbeatAt) VALUES (?, 1, ?, '{}', NULL, 1)").run(runId, JSON.stringify(storeSnapshot(runId, rows)));
    const unit = old.prepare('INSERT INTO units (run, document, side, place, key, unit) VALUES (?, ?, ?, ?, ?, ?)');
    for (const { documentKey, side, units } of rows.units ?? []) units.forEach((one, place) => unit.run(runId, documentKey, side, place, one.key, JSON.stringify(one)));
    const insert = old.prepare('INSERT INTO matchRows (run, side, step, place, id, outcome, relation, search, row, detail) VALUES (?, ?, 0, ?, ?, ?, ?, ?, ?, ?)');
    const kept = [
      ...(rows.matches ?? []).map(({ row, searchText, match }, place) => ({ row, searchText, detail: match, place })),
      ...(rows.newTargets ?? []).map(({ row, searchText, newTarget }, place) => ({ row, searchText, detail: newTarget, place })),
    ];
    for (const { row, searchText, detail, place } of kept) insert.run(runId, row.side, place, row.id, row.outcome, row.relation, searchText.toLowerCase(), JSON.stringify(row), JSON.stringify(detail));
    const state = old.prepare('INSERT INTO rowStates (run, id, state, standing, noted, exception, review) VALUES (?, ?, ?, ?, 0, NULL, ?)');
    for (const [id, review] of storeStates(rows)) state.run(runId, id, review.state, review.standing, JSON.stringify(review));
  })();
  migrateWork(old, null, WORK_MIGRATIONS.slice(0, version));
  old.close();
}

it.each([BEFORE_LISTS, BEFORE_CODES])('a file of schema %i lists the same as one that is written now, and a copy of it is kept', async (version) => {
  const rows = storeRows(ROWS);
  const fresh = await openIn(temporaryFolder());
  await fillStore(fresh.runs, runId, rows);
  value(await fresh.runs.reviews.write({ seen: 0, run: { run: runId, workflow: 'crosswalk', documents: [] }, lines: [], states: storeStates(rows), mark: 1 }));
  const folder = temporaryFolder();
  const file = join(folder, 'work.db');
  writeOld(file, rows, version);
  const opened = await openIn(folder);
  expect(opened.runs.status.mode).toBe('file');
  expect(existsSync(`${file}.version-${String(version)}.backup`)).toBe(true);
  expect(WORK_SCHEMA_VERSION).toBeGreaterThan(version);
  const queries: readonly Partial<MatchQuery>[] = [
    {}, { search: wordOf(3) }, { search: `${wordOf(1)} ${wordOf(2)}` }, { sort: 'target' }, { sort: 'confidence', descending: true },
    { group: 'section' }, { group: 'review', review: 'toReview' }, { filter: 'changed', search: 'xo' },
  ];
  for (const narrowing of queries) {
    const query: MatchQuery = { runId, offset: 0, limit: 200, filter: 'all', search: '', ...narrowing };
    const page = value(await fresh.runs.matchRows(query));
    expect(page.rows.length).toBeGreaterThan(0);
    expect(value(await opened.runs.matchRows(query))).toEqual(page);
    expect(value(await opened.runs.reviews.groups(query))).toEqual(value(await fresh.runs.reviews.groups(query)));
  }
  expect(value(await opened.runs.reviews.facets(runId))).toEqual(value(await fresh.runs.reviews.facets(runId)));
}, 60_000);
