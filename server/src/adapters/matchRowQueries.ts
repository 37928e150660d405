import type { Impact, Page, Relation } from '../../../shared/model.ts';
import type { MatchCounts, MatchFilter, MatchQuery, MatchRow } from '../../../shared/protocol/results.ts';
import type { BulkOffer, MatchFacets, MatchGroupRow, ReviewFilter, RowReview } from '../../../shared/protocol/reviews.ts';
import { SURE } from '../../../shared/reviewQueue.ts';
import type { Connection } from './openDatabase.ts';
import { groupOf, orderOf, type GroupSql } from './matchRowOrder.ts';

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

/** The index has all a list is filtered and ordered by. The planner would read the JSON of every row instead: thirty times as long. */
const ROWS = 'matchRows AS m INDEXED BY matchRowsInList';
const WITH_STATES = `${ROWS} LEFT JOIN rowStates AS s INDEXED BY rowStatesInList ON s.run = m.run AND s.id = m.id`;

interface Selection {
  /** FROM and WHERE. */
  readonly from: string;
  readonly values: Readonly<Record<string, string | number>>;
}

function selection(query: MatchQuery, group: GroupSql | null, orderJoin: string): Selection {
  const { runId, filter, search, relation, impact, moved, review, reason } = query;
  const needsStates = review !== undefined || group?.needsStates === true;
  const values: Record<string, string | number> = { run: runId };
  const where = ['m.run = $run', CONDITIONS[filter]];
  if (search !== '') {
    where.push('instr(search, $search) > 0');
    values['search'] = search.toLowerCase();
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
    // The index tells the outcome: only the JSON of rows without an answer is read.
    where.push("outcome <> 'decided'");
    if (reason !== '') {
      where.push("json_extract(m.row, '$.reason') = $reason");
      values['reason'] = reason;
    }
  }
  const tables = `${needsStates ? WITH_STATES : ROWS} ${orderJoin} ${group?.join ?? ''}`;
  return { from: `FROM ${tables} WHERE ${where.join(' AND ')}`, values };
}

interface Listed extends Selection {
  readonly order: string;
  readonly group: GroupSql | null;
}

function listed(query: MatchQuery): Listed {
  const group = groupOf(query.group ?? 'none');
  const { by, join } = orderOf(query.sort ?? 'document', query.descending === true);
  return { ...selection(query, group, join), order: [...(group === null ? [] : [group.rank]), by].join(', '), group };
}

/** One page of rows in the order asked for; in the document's own, source rows stand before target rows. */
export function matchRowPage(connection: Connection, query: MatchQuery): Page<MatchRow> {
  const { from, values, order } = listed(query);
  const counted = selection(query, null, '');
  const total = connection.prepare<[object], { total: number }>(`SELECT count(*) AS total ${counted.from}`).get(counted.values)?.total ?? 0;
  // Ordered by its key alone: a sort that carries the rows' JSON along takes ten times as long.
  const ids = connection
    .prepare<[object], { id: string }>(`SELECT m.id AS id ${from} ORDER BY ${order} LIMIT $limit OFFSET $offset`)
    .all({ ...values, limit: query.limit, offset: query.offset });
  const rowOf = connection.prepare<[string, string], { row: string; review: string | null }>(
    `SELECT m.row AS row, s.review AS review FROM matchRows AS m LEFT JOIN rowStates AS s ON s.run = m.run AND s.id = m.id WHERE m.run = ? AND m.id = ?`,
  );
  const rows = ids.flatMap(({ id }): readonly MatchRow[] => {
    const found = rowOf.get(query.runId, id);
    if (found === undefined) return [];
    const row = JSON.parse(found.row) as MatchRow;
    return [found.review === null ? row : { ...row, review: JSON.parse(found.review) as RowReview }];
  });
  return { total, offset: query.offset, rows };
}

/** Place of a row in the list of a query; -1 where the query leaves it out. */
export function matchIndex(connection: Connection, query: MatchQuery, id: string): number {
  const { from, values, order } = listed(query);
  let place = 0;
  for (const { id: listedId } of connection.prepare<[object], { id: string }>(`SELECT m.id AS id ${from} ORDER BY ${order}`).iterate(values)) {
    if (listedId === id) return place;
    place += 1;
  }
  return -1;
}

export function matchGroups(connection: Connection, query: MatchQuery): readonly MatchGroupRow[] {
  const { from, values, group } = listed(query);
  if (group === null) return [];
  const groups = connection
    .prepare<[object], { label: string; rows: number }>(`SELECT label, count(*) AS rows FROM (SELECT ${group.rank} AS rank, ${group.label} AS label ${from}) GROUP BY rank, label ORDER BY rank`)
    .all(values);
  let first = 0;
  return groups.map(({ label, rows }) => {
    const own = { label, first, rows };
    first += rows;
    return own;
  });
}

const sum = (condition: string, name: string): string => `coalesce(sum(${condition}), 0) AS "${name}"`;

function counts<K extends string>(connection: Connection, from: string, conditions: Readonly<Record<K, string>>, runId: string): Record<K, number> {
  const sums = Object.entries<string>(conditions).map(([name, condition]) => sum(condition, name));
  const found = connection.prepare<[string], Record<K, number>>(`SELECT ${sums.join(', ')} FROM ${from} WHERE m.run = ?`).get(runId);
  if (found === undefined) throw new Error('SQLite gave no row for an aggregate');
  return found;
}

export function countMatchRows(connection: Connection, runId: string): MatchCounts {
  return counts(connection, ROWS, CONDITIONS, runId);
}

function equals<K extends string>(column: string, names: readonly K[]): Record<K, string> {
  return Object.fromEntries(names.map((name) => [name, `${column} = '${name}'`])) as Record<K, string>;
}

export function matchFacets(connection: Connection, runId: string): MatchFacets {
  return {
    review: counts(connection, WITH_STATES, REVIEWED, runId),
    impact: counts(connection, ROWS, equals('impact', IMPACTS), runId),
    relation: counts(connection, ROWS, equals('relation', RELATIONS), runId),
    moved: counts(connection, ROWS, { moved: 'moved = 1' }, runId).moved,
  };
}

/** Rows that accepting all at or above a confidence is about. */
const ABOVE = `${OPEN} AND outcome = 'decided' AND confidence >= ?`;

export function bulkOffer(connection: Connection, runId: string, atLeast: number): BulkOffer {
  const found = connection
    .prepare<[string, number], { rows: number; expectedWrong: number }>(`SELECT count(*) AS rows, coalesce(avg(1 - confidence), 0) AS expectedWrong FROM ${WITH_STATES} WHERE m.run = ? AND ${ABOVE}`)
    .get(runId, atLeast);
  return { atLeast, rows: found?.rows ?? 0, expectedWrong: found?.expectedWrong ?? 0 };
}

export function openAbove(connection: Connection, runId: string, atLeast: number): readonly string[] {
  return connection
    .prepare<[string, number], { id: string }>(`SELECT m.id AS id FROM ${WITH_STATES} WHERE m.run = ? AND ${ABOVE} ORDER BY side, step, m.place`)
    .all(runId, atLeast)
    .map(({ id }) => id);
}
