import type { Impact, Page, Relation } from '../../../shared/model.ts';
import type { MatchCounts, MatchFilter, MatchQuery, MatchRow } from '../../../shared/protocol/results.ts';
import type { BulkOffer, MatchFacets, MatchGroupRow, ReviewFilter, RowReview } from '../../../shared/protocol/reviews.ts';
import { SURE } from '../../../shared/reviewQueue.ts';
import type { Connection } from './openDatabase.ts';
import { groupOf, orderOf } from './matchRowOrder.ts';
import { rememberedList } from './rememberedLists.ts';
import { spotsWith } from './searchTexts.ts';

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

/** Rows nobody has decided on, or whose decision has to be made again. */
const OPEN = "coalesce(state, 'open') = 'open'";
/** In SQL, what `isToReview` says. */
const WANTS_A_PERSON = `(outcome IN ('abstained', 'failed') OR relation IN ('missing', 'new', 'changed', 'split', 'merged', 'covered')
  OR (outcome = 'decided' AND confidence < ${String(SURE)}))`;

/** How a row stands with its reviewer, in SQL over a row and its state. */
const REVIEWED: Readonly<Record<ReviewFilter, string>> = {
  toReview: `(${OPEN} AND ${WANTS_A_PERSON})`,
  open: OPEN,
  accepted: "state = 'accepted'",
  rejected: "state = 'rejected'",
  overridden: "state = 'overridden'",
  reviewAgain: "standing = 'reviewAgain'",
  noted: 'noted = 1',
  exception: "exception = 'open'",
};

const RELATIONS: readonly Relation[] = ['same', 'reworded', 'changed', 'split', 'merged', 'covered', 'missing', 'new'];
const IMPACTS: readonly Impact[] = ['none', 'low', 'medium', 'high'];

/** All a list is filtered and ordered by, in few bytes a row: the JSON the rows are shown from is read of one page. */
const ROWS = 'listedRows AS m';

/** More rows than these are picked from the list itself: SQLite would look up every one of them. */
const MANY_FOUND = 2_000;

interface Selection {
  /** FROM and WHERE. */
  readonly from: string;
  readonly values: Readonly<Record<string, string | number>>;
}

function selection(connection: Connection, query: MatchQuery): Selection {
  const { runId, filter, search, relation, impact, moved, review, reason } = query;
  const values: Record<string, string | number> = { run: runId };
  const where = ['m.run = $run', CONDITIONS[filter]];
  if (search !== '') {
    where.push('spot IN (SELECT value FROM json_each($found))');
    values['found'] = JSON.stringify(spotsWith(connection, runId, search));
  }
  if (relation !== undefined) {
    where.push('relation = $relation');
    values['relation'] = relation;
  }
  if (impact !== undefined) {
    where.push('impact = $impact');
    values['impact'] = impact;
  }
  if (moved !== undefined) where.push(`moved = ${moved ? '1' : '0'}`);
  if (review !== undefined) where.push(REVIEWED[review]);
  if (reason !== undefined) {
    where.push("outcome <> 'decided'");
    if (reason !== '') {
      where.push('reason = $reason');
      values['reason'] = reason;
    }
  }
  return { from: `FROM ${ROWS} WHERE ${where.join(' AND ')}`, values };
}

/** The spots a query lists, in the order asked for; in the document's own, source rows stand before target rows. */
function listed(connection: Connection, query: MatchQuery): Float64Array {
  const { runId, search, sort = 'document', descending = false, group = 'none' } = query;
  return rememberedList(connection, JSON.stringify({ ...query, offset: 0, limit: 0 }), () => {
    const rank = groupOf(group)?.rank;
    const order = [...(rank === undefined ? [] : [rank]), orderOf(sort, descending)].join(', ');
    const found = search === '' ? [] : spotsWith(connection, runId, search);
    const isCommon = found.length > MANY_FOUND;
    const { from, values } = selection(connection, isCommon ? { ...query, search: '' } : query);
    const spots = connection.prepare<[object], number>(`SELECT spot ${from} ORDER BY ${order}`).pluck().all(values);
    if (!isCommon) return spots;
    const among = new Set(found);
    return spots.filter((spot) => among.has(spot));
  });
}

/** One page of rows in the order asked for. */
export function matchRowPage(connection: Connection, query: MatchQuery): Page<MatchRow> {
  const spots = listed(connection, query);
  const rowOf = connection.prepare<[string, number], { row: string; review: string | null }>(
    `SELECT m.row AS row, s.review AS review FROM listedRows AS l JOIN matchRows AS m ON m.run = l.run AND m.id = l.id
     LEFT JOIN rowStates AS s ON s.run = m.run AND s.id = m.id WHERE l.run = ? AND l.spot = ?`,
  );
  const rows = [...spots.subarray(query.offset, query.offset + query.limit)].flatMap((spot): readonly MatchRow[] => {
    const found = rowOf.get(query.runId, spot);
    if (found === undefined) return [];
    const row = JSON.parse(found.row) as MatchRow;
    return [found.review === null ? row : { ...row, review: JSON.parse(found.review) as RowReview }];
  });
  return { total: spots.length, offset: query.offset, rows };
}

/** Place of a row in the list of a query; -1 where the query leaves it out. */
export function matchIndex(connection: Connection, query: MatchQuery, id: string): number {
  const spot = connection.prepare<[string, string], number>('SELECT spot FROM listedRows INDEXED BY listedRowsById WHERE run = ? AND id = ?').pluck().get(query.runId, id);
  return spot === undefined ? -1 : listed(connection, query).indexOf(spot);
}

export function matchGroups(connection: Connection, query: MatchQuery): readonly MatchGroupRow[] {
  const group = groupOf(query.group ?? 'none');
  if (group === null) return [];
  const { from, values } = selection(connection, query);
  // What a group is called is asked of one of its rows.
  const groups = connection
    .prepare<[object], { label: string; rows: number }>(
      `SELECT ${group.label} AS label, rows FROM (SELECT ${group.rank} AS rank, min(spot) AS first, count(*) AS rows ${from} GROUP BY 1) AS g
       CROSS JOIN listedRows AS o ON o.run = $run AND o.spot = g.first ORDER BY rank`,
    )
    .all(values);
  let first = 0;
  return groups.map(({ label, rows }) => {
    const own = { label, first, rows };
    first += rows;
    return own;
  });
}

/** Counts of rows by any number of conditions, named by the group they are told in and their own name: one pass. */
function counts(connection: Connection, conditions: Readonly<Record<string, Readonly<Record<string, string>>>>, runId: string): Record<string, Record<string, number>> {
  const all = Object.entries(conditions).flatMap(([group, own]) => Object.entries(own).map(([name, condition]) => [group, name, condition] as const));
  const found = connection.prepare<[string], number[]>(`SELECT ${all.map(([, , condition]) => `coalesce(sum(${condition}), 0)`).join(', ')} FROM ${ROWS} WHERE m.run = ?`).raw().get(runId);
  if (found === undefined) throw new Error('SQLite gave no row for an aggregate');
  const counted: Record<string, Record<string, number>> = {};
  all.forEach(([group, name], at) => ((counted[group] ??= {})[name] = found[at] ?? 0));
  return counted;
}

export function countMatchRows(connection: Connection, runId: string): MatchCounts {
  return counts(connection, { all: CONDITIONS }, runId)['all'] as Record<MatchFilter, number>;
}

function equals<K extends string>(column: string, names: readonly K[]): Record<K, string> {
  return Object.fromEntries(names.map((name) => [name, `${column} = '${name}'`])) as Record<K, string>;
}

export function matchFacets(connection: Connection, runId: string): MatchFacets {
  const counted = counts(connection, { review: REVIEWED, impact: equals('impact', IMPACTS), relation: equals('relation', RELATIONS), moved: { moved: 'moved = 1' } }, runId);
  return { ...(counted as unknown as Omit<MatchFacets, 'moved'>), moved: counted['moved']?.['moved'] ?? 0 };
}

/** Rows that accepting all at or above a confidence is about. */
const ABOVE = `${OPEN} AND outcome = 'decided' AND confidence >= ?`;

export function bulkOffer(connection: Connection, runId: string, atLeast: number): BulkOffer {
  const found = connection
    .prepare<[string, number], { rows: number; expectedWrong: number }>(`SELECT count(*) AS rows, coalesce(avg(1 - confidence), 0) AS expectedWrong FROM ${ROWS} WHERE m.run = ? AND ${ABOVE}`)
    .get(runId, atLeast);
  return { atLeast, rows: found?.rows ?? 0, expectedWrong: found?.expectedWrong ?? 0 };
}

export function openAbove(connection: Connection, runId: string, atLeast: number): readonly string[] {
  return connection
    .prepare<[string, number], { id: string }>(`SELECT m.id AS id FROM ${ROWS} WHERE m.run = ? AND ${ABOVE} ORDER BY spot`)
    .all(runId, atLeast)
    .map(({ id }) => id);
}
