import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '../server/src/adapters/openDatabase.ts';
import { openStores } from '../server/src/adapters/openStores.ts';
import type { MatchQuery } from '../shared/protocol/results.ts';
import { report } from './benches.ts';
import { fillStore, storeRows, storeStates, wordOf } from './storeRows.ts';

// The lists of a run of 50,000 rows in a file of the disk: the slowest of them, and each beside the plain query that reads
// the rows' JSON, in the same process.

const ROWS = 50_000;
const REPEATS = 5;
const PAGE = 100;
const runId = 'run';
const everything: MatchQuery = { runId, offset: 0, limit: PAGE, filter: 'all', search: '' };
const half = ROWS / 2;

/** What the panel asks, and the same in SQL that knows no index but the key. */
const LISTS: readonly (readonly [name: string, query: Partial<MatchQuery>, where: string, order: string, searches?: (at: number) => string])[] = [
  ['document', { offset: half }, '1', 'm.side, step, m.place'],
  ['search, many', {}, `instr(search, '${wordOf(3)}') > 0`, 'm.side, step, m.place', (at) => wordOf(3 + at)],
  ['search, few', {}, `instr(search, '${wordOf(17)} ${wordOf(2)}') > 0`, 'm.side, step, m.place', (at) => `${wordOf(17)} ${wordOf(2 + at)}`],
  ['search, none', {}, "instr(search, 'nowhere to be found') > 0", 'm.side, step, m.place', (at) => `nowhere to be found ${String(at)}`],
  ['search, two letters', {}, "instr(search, 'xo') > 0", 'm.side, step, m.place', (at) => ['xo', 'mo', 'ka', 'fi', 'ra'][at] ?? ''],
  ['sort by target', { sort: 'target', offset: half }, '1', 'u.place'],
  ['sort by target, descending', { sort: 'target', descending: true, offset: half }, '1', 'u.place DESC'],
  ['sort by confidence', { sort: 'confidence', offset: half }, '1', "json_extract(row, '$.confidence')"],
  ['sort by impact', { sort: 'impact', descending: true, offset: half }, '1', "json_extract(row, '$.impact')"],
  ['group by section', { group: 'section', offset: half }, '1', "min(own.place) OVER (PARTITION BY m.side, json_extract(own.unit, '$.path[0]'))"],
  ['group by review', { group: 'review', offset: half }, '1', 'state'],
  ['to review', { review: 'toReview', offset: 5_000 }, "coalesce(state, 'open') = 'open' AND (outcome <> 'decided' OR json_extract(row, '$.confidence') < 0.9)", 'm.side, step, m.place'],
  ['to review by confidence', { review: 'toReview', sort: 'confidence', offset: 5_000 }, "coalesce(state, 'open') = 'open' AND (outcome <> 'decided' OR json_extract(row, '$.confidence') < 0.9)", "json_extract(row, '$.confidence')"],
  ['to review by target', { review: 'toReview', sort: 'target', offset: 5_000 }, "coalesce(state, 'open') = 'open' AND (outcome <> 'decided' OR json_extract(row, '$.confidence') < 0.9)", 'u.place'],
  ['to review by section, searched', { review: 'toReview', group: 'section' }, `instr(search, '${wordOf(3)}') > 0 AND coalesce(state, 'open') = 'open'`, "min(own.place) OVER (PARTITION BY m.side, json_extract(own.unit, '$.path[0]'))", (at) => wordOf(9 + at)],
];

const folder = mkdtempSync(join(tmpdir(), 'collate-bench-'));
const quiet = () => undefined;
const stores = await openStores({ folder, log: { debug: quiet, info: quiet, warn: quiet, error: quiet } });
try {
  const store = stores.runs;
  const rows = storeRows(ROWS);
  // Time on the processor, not on the wall: what else the machine does is not the store's work.
  const now = (): number => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1_000;
  };
  const started = now();
  await fillStore(store, runId, rows);
  const filled = now() - started;
  await store.reviews.write({ seen: 0, run: { run: runId, workflow: 'crosswalk', documents: [] }, lines: [], states: storeStates(rows), mark: 1 });
  const naive = openDatabase(join(folder, 'work.db'), { synchronous: 'FULL' });

  const timed = async (work: (at: number) => unknown): Promise<number> => {
    const times: number[] = [];
    for (let at = 0; at < REPEATS; at++) {
      // Somebody wrote: nothing that was worked out before holds.
      naive.exec('UPDATE carriedReviews SET mark = mark + 1');
      const before = now();
      await work(at);
      times.push(now() - before);
    }
    return times.sort((a, b) => a - b)[Math.floor(REPEATS / 2)] ?? 0;
  };
  const told: string[] = [];
  let slowest = 0;
  const tell = (name: string, took: number, plain: number | null): void => {
    slowest = Math.max(slowest, took);
    told.push(`${name} ${took.toFixed(0)}${plain === null ? '' : ` (${plain.toFixed(0)})`}`);
  };
  for (const [name, narrowing, where, order, searches] of LISTS) {
    const query: MatchQuery = { ...everything, ...narrowing };
    const took = await timed(async (at) => {
      // Other words each time: what was searched before is remembered.
      const page = await store.matchRows({ ...query, search: searches?.(at) ?? '' });
      if (!page.ok) throw new Error(page.failure.message);
    });
    const from = 'FROM matchRows AS m NOT INDEXED LEFT JOIN rowStates AS s ON s.run = m.run AND s.id = m.id LEFT JOIN units AS own ON own.run = m.run AND own.key = m.id LEFT JOIN units AS u ON u.run = m.run AND u.key = m.target';
    const before = now();
    naive.prepare(`SELECT count(*) ${from} WHERE m.run = ? AND ${where}`).get(runId);
    naive.prepare(`SELECT m.row ${from} WHERE m.run = ? AND ${where} ORDER BY ${order} LIMIT ${String(PAGE)} OFFSET ${String(query.offset)}`).all(runId);
    tell(name, took, now() - before);
  }
  tell('facets', await timed(() => store.reviews.facets(runId)), null);
  tell('counts', await timed(() => store.matchCounts(runId)), null);
  tell('sections', await timed(() => store.reviews.groups({ ...everything, group: 'section' })), null);
  tell('sections to review', await timed(() => store.reviews.groups({ ...everything, group: 'section', review: 'toReview' })), null);
  const id = rows.matches?.[Math.floor(ROWS * 0.8)]?.row.id ?? '';
  tell('place of a row', await timed(() => store.reviews.index({ ...everything, sort: 'target' }, id)), null);
  tell('place among sections', await timed(() => store.reviews.index({ ...everything, group: 'section' }, id)), null);
  naive.close();
  report(slowest / 1000, `${ROWS} rows, kept in ${(filled / 1000).toFixed(1)} s of the processor; processor milliseconds of each list (of the plain query): ${told.join(', ')}`);
} finally {
  await stores.close();
  rmSync(folder, { recursive: true, force: true });
}
