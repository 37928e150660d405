import { OUTCOMES, type Finding, type Page } from '../../../shared/model.ts';
import { FINDERS, type FindingFacets, type FindingQuery, type FindingRow } from '../../../shared/protocol/results.ts';
import type { RowReview } from '../../../shared/protocol/reviews.ts';
import type { Connection } from './openDatabase.ts';

/** The methods of models are their names; rules have one. */
const FINDER = `CASE json_extract(finding, '$.method') WHEN 'rules' THEN 'rules' ELSE 'model' END`;

/** One page of a run's findings, in the order they were found in; one that begins with a finding is empty where the list has it not. */
export function findingPage(connection: Connection, { runId, analyzer, search, kind, outcome, finder, from: first, limit, ...query }: FindingQuery): Page<FindingRow> {
  const values: Record<string, string> = { run: runId };
  const where = ['run = $run'];
  const narrow = (condition: string, name: string, value: string): void => {
    where.push(condition);
    values[name] = value;
  };
  if (analyzer !== '') narrow('analyzer = $analyzer', 'analyzer', analyzer);
  if (kind !== undefined) narrow('kind = $kind', 'kind', kind);
  if (outcome !== undefined) narrow('outcome = $outcome', 'outcome', outcome);
  if (finder !== undefined) narrow(`${FINDER} = $finder`, 'finder', finder);
  if (search !== '') narrow('instr(search, $search) > 0', 'search', search.toLowerCase());
  const from = `FROM findings WHERE ${where.join(' AND ')}`;
  const count = (more = '', key?: string): number => connection.prepare<[object], number>(`SELECT count(*) ${from}${more}`).pluck().get({ ...values, ...(key === undefined ? {} : { key }) }) ?? 0;
  const total = count();
  if (first !== undefined && count(' AND key = $key', first) === 0) return { total, offset: 0, rows: [] };
  const before = ' AND (step, place) < (SELECT step, place FROM findings WHERE run = $run AND key = $key)';
  const offset = first === undefined ? query.offset : count(before, first);
  const rows = connection
    .prepare<[object], { finding: string; review: string | null }>(
      `SELECT finding, (SELECT review FROM rowStates AS s WHERE s.run = $run AND s.id = key) AS review ${from}
       ORDER BY step, place LIMIT $limit OFFSET $offset`,
    )
    .all({ ...values, limit, offset });
  return {
    total, offset,
    rows: rows.map(({ finding, review }) => ({ ...(JSON.parse(finding) as Finding), ...(review === null ? {} : { review: JSON.parse(review) as RowReview }) })),
  };
}

/** How many findings there are of each kind and outcome, and by whom. */
export function findingFacets(connection: Connection, runId: string, analyzer: string): FindingFacets {
  const counted = connection
    .prepare<[object], { kind: string; outcome: string; finder: string; findings: number }>(
      `SELECT kind, outcome, ${FINDER} AS finder, count(*) AS findings FROM findings WHERE run = $run${analyzer === '' ? '' : ' AND analyzer = $analyzer'} GROUP BY kind, outcome, finder ORDER BY kind`,
    )
    .all({ run: runId, ...(analyzer === '' ? {} : { analyzer }) });
  const sum = (of: typeof counted): number => of.reduce((all, { findings }) => all + findings, 0);
  const kinds = [...new Set(counted.map(({ kind }) => kind))];
  return {
    kinds: Object.fromEntries(kinds.map((kind) => [kind, sum(counted.filter((one) => one.kind === kind))])),
    outcomes: Object.fromEntries(OUTCOMES.map((outcome) => [outcome, sum(counted.filter((one) => one.outcome === outcome))])) as FindingFacets['outcomes'],
    finders: Object.fromEntries(FINDERS.map((finder) => [finder, sum(counted.filter((one) => one.finder === finder))])) as FindingFacets['finders'],
  };
}
