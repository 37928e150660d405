import type { Unit } from '../../shared/model.ts';
import type { MatchFilter, MatchQuery, MatchRow } from '../../shared/protocol/results.ts';
import type { MatchGroup, MatchGroupRow, MatchSort, ReviewFilter } from '../../shared/protocol/reviews.ts';

/** A row of a list, its state in `review`, with the words it is found by and the units it names. */
export interface ListedRow {
  readonly row: MatchRow;
  readonly searchText: string;
  readonly own: { readonly unit: Unit; readonly place: number } | null;
  readonly targetPlace: number | null;
  /** Where the first unit of its section stands in its document. */
  readonly sectionPlace: number;
}

export const sectionOf = ({ path, title }: Unit): string | undefined => path?.[0] ?? title;

const RELATION_FILTERS: readonly string[] = ['missing', 'new', 'changed'];
const LOOKED_AT = ['missing', 'new', 'changed', 'split', 'merged', 'covered'];
const IMPACTS = ['none', 'low', 'medium', 'high'];

export function passes(row: MatchRow, filter: MatchFilter): boolean {
  if (filter === 'all') return true;
  return RELATION_FILTERS.includes(filter) ? row.relation === filter : row.outcome === filter;
}

const isOpen = ({ review }: MatchRow): boolean => (review?.state ?? 'open') === 'open';

export function isReviewed(row: MatchRow, filter: ReviewFilter): boolean {
  const { review, outcome, relation, confidence } = row;
  switch (filter) {
    case 'toReview':
      return isOpen(row) && (outcome === 'abstained' || outcome === 'failed' || LOOKED_AT.includes(relation ?? '')
        || (outcome === 'decided' && confidence !== null && confidence < 0.9));
    case 'open':
      return isOpen(row);
    case 'reviewAgain':
      return review?.standing === 'reviewAgain';
    case 'noted':
      return review?.note !== undefined;
    case 'exception':
      return review?.exception === 'open';
    default:
      return review?.state === filter;
  }
}

const SORT_VALUE: Readonly<Record<MatchSort, (row: ListedRow) => number | null>> = {
  document: () => null,
  confidence: ({ row }) => row.confidence,
  impact: ({ row }) => (row.impact === null ? null : IMPACTS.indexOf(row.impact)),
  target: ({ targetPlace }) => targetPlace,
};

function compareBy(sort: MatchSort, isDescending: boolean): (a: ListedRow, b: ListedRow) => number {
  return (a, b) => {
    const [x, y] = [SORT_VALUE[sort](a), SORT_VALUE[sort](b)];
    if (x === null || y === null) return (x === null ? 1 : 0) - (y === null ? 1 : 0);
    return isDescending ? y - x : x - y;
  };
}

const RELATIONS = ['changed', 'missing', 'new', 'split', 'merged', 'covered', 'reworded', 'same', 'abstained', 'failed', 'skipped'];
const RANKS: Readonly<Record<Exclude<MatchGroup, 'none' | 'section'>, readonly string[]>> = {
  relation: RELATIONS,
  impact: ['high', 'medium', 'low', 'none', 'abstained', 'failed', 'skipped'],
  review: ['review again', 'open', 'rejected', 'overridden', 'accepted'],
};

function labelOf({ row, own }: ListedRow, group: MatchGroup): string {
  if (group === 'relation') return row.relation ?? row.outcome;
  if (group === 'impact') return row.impact ?? row.outcome;
  if (group === 'review') return row.review?.standing === 'reviewAgain' ? 'review again' : (row.review?.state ?? 'open');
  if (group === 'section') return (own === null ? undefined : sectionOf(own.unit)) ?? 'Without a heading';
  return '';
}

/** Groups of a list in their order, each with its rows in the document's order. */
function grouped(rows: readonly ListedRow[], group: MatchGroup): readonly (readonly [label: string, rows: ListedRow[]])[] {
  const groups = new Map<string, ListedRow[]>();
  for (const one of rows) {
    const key = `${group === 'section' ? one.row.side : ''}\n${labelOf(one, group)}`;
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  const all = [...groups].map(([key, own]) => [key.slice(key.indexOf('\n') + 1), own] as const);
  if (group === 'section') {
    const placeOf = ([, [first]]: (typeof all)[number]): number => (first?.row.side === 'target' ? 1e9 : 0) + (first?.sectionPlace ?? 0);
    return all.sort((a, b) => placeOf(a) - placeOf(b));
  }
  return group === 'none' ? all : all.sort(([a], [b]) => RANKS[group].indexOf(a) - RANKS[group].indexOf(b));
}

/** What a query lists, in its order; `rows` come in the document's. */
export function listed(rows: readonly ListedRow[], query: MatchQuery): { readonly rows: readonly ListedRow[]; readonly groups: readonly MatchGroupRow[] } {
  const { filter, search, relation, impact, moved, review, reason, sort = 'document', descending = false, group = 'none' } = query;
  const found = rows.filter(({ row, searchText }) => passes(row, filter) && searchText.toLowerCase().includes(search.toLowerCase())
    && (relation === undefined || row.relation === relation) && (impact === undefined || row.impact === impact)
    && (moved === undefined || row.moved === moved) && (review === undefined || isReviewed(row, review))
    && (reason === undefined || (row.outcome !== 'decided' && (reason === '' || row.reason === reason))));
  const groups = grouped(found, group).map(([label, own]) => {
    if (sort === 'document') return [label, descending ? [...own].reverse() : own] as const;
    return [label, [...own].sort(compareBy(sort, descending))] as const;
  });
  let first = 0;
  const heads = groups.map(([label, own]) => ({ label, first: (first += own.length) - own.length, rows: own.length }));
  return { rows: groups.flatMap(([, own]) => own), groups: group === 'none' ? [] : heads };
}
