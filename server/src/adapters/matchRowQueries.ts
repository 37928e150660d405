import type { Page } from '../../../shared/model.ts';
import type { MatchCounts, MatchFilter, MatchQuery, MatchRow } from '../../../shared/protocol/results.ts';
import type { Connection } from './openDatabase.ts';

/** SQL of each filter chip; constants only, never text from outside. */
const CONDITIONS: Readonly<Record<MatchFilter, string>> = {
  all: '1',
  decided: "outcome = 'decided'",
  abstained: "outcome = 'abstained'",
  skipped: "outcome = 'skipped'",
  failed: "outcome = 'failed'",
  missing: "relation = 'missing'",
  new: "relation = 'new'",
  changed: "relation = 'changed'",
};

/** One page of rows: source rows before target rows, each in input order. The search is for the words as they stand. */
export function matchRowPage(connection: Connection, query: MatchQuery): Page<MatchRow> {
  const searched = query.search === '' ? '' : ' AND instr(search, $search) > 0';
  const from = `FROM matchRows WHERE run = $run AND ${CONDITIONS[query.filter]}${searched}`;
  const values = { run: query.runId, ...(query.search === '' ? {} : { search: query.search.toLowerCase() }) };
  const total = connection.prepare<[object], { total: number }>(`SELECT count(*) AS total ${from}`).get(values)?.total ?? 0;
  const rows = connection
    .prepare<[object], { row: string }>(`SELECT row ${from} ORDER BY side, step, place LIMIT $limit OFFSET $offset`)
    .all({ ...values, limit: query.limit, offset: query.offset });
  return { total, offset: query.offset, rows: rows.map(({ row }) => JSON.parse(row) as MatchRow) };
}

export function countMatchRows(connection: Connection, runId: string): MatchCounts {
  const sums = Object.entries(CONDITIONS).map(([name, condition]) => `coalesce(sum(${condition}), 0) AS "${name}"`);
  const counts = connection.prepare<[string], MatchCounts>(`SELECT ${sums.join(', ')} FROM matchRows WHERE run = ?`).get(runId);
  if (counts === undefined) throw new Error('SQLite gave no row for an aggregate');
  return counts;
}
