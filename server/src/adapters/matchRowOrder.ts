import type { MatchGroup, MatchSort } from '../../../shared/protocol/reviews.ts';

/** Rows of one group stand together, groups in the order of `rank`. SQL over a row of `listedRows`. */
export interface GroupSql {
  readonly rank: string;
  readonly label: string;
}

/** The place of each value in a list; what is not in it comes last. */
function rankOf(column: string, values: readonly string[]): string {
  return `CASE ${column} ${values.map((value, at) => `WHEN '${value}' THEN ${String(at)}`).join(' ')} ELSE ${String(values.length)} END`;
}

const IMPACTS = ['high', 'medium', 'low', 'none'];
const NOT_DECIDED = ['abstained', 'failed', 'skipped'];
/** What needs a look first. */
const RELATIONS = ['changed', 'missing', 'new', 'split', 'merged', 'covered', 'reworded', 'same'];
const REVIEWS = ['reviewAgain', 'open', 'rejected', 'overridden', 'accepted'];

const undecided = (column: string): string => `coalesce(${column}, outcome)`;
const reviewed = "iif(standing = 'reviewAgain', 'reviewAgain', coalesce(state, 'open'))";

/** Two sections of one name are one group, where the first of them stands. */
const SECTION = 'coalesce(section, -1)';

const GROUPS: Readonly<Record<Exclude<MatchGroup, 'none'>, GroupSql>> = {
  relation: { rank: rankOf(undecided('relation'), [...RELATIONS, ...NOT_DECIDED]), label: undecided('relation') },
  impact: { rank: rankOf(undecided('impact'), [...IMPACTS, ...NOT_DECIDED]), label: undecided('impact') },
  review: { rank: rankOf(reviewed, REVIEWS), label: rankLabel(reviewed) },
  section: {
    rank: SECTION,
    // Asked once a group, of any of its rows.
    label: `coalesce((SELECT own.section FROM units AS own INDEXED BY unitsInList WHERE own.run = $run AND own.key = id), 'Without a heading')`,
  },
};

function rankLabel(column: string): string {
  return `iif(${column} = 'reviewAgain', 'review again', ${column})`;
}

export function groupOf(group: MatchGroup): GroupSql | null {
  return group === 'none' ? null : GROUPS[group];
}

/** Rows without a value come last, whichever way the others go; rows of one value stand in the document's order. */
function lastWithout(value: string, direction: string): string {
  return `${value} IS NULL, ${value} ${direction}, spot`;
}

export function orderOf(sort: MatchSort, isDescending: boolean): string {
  const direction = isDescending ? 'DESC' : 'ASC';
  switch (sort) {
    case 'document':
      return `spot ${direction}`;
    case 'confidence':
      return lastWithout('confidence', direction);
    case 'impact':
      return lastWithout("CASE impact WHEN 'none' THEN 0 WHEN 'low' THEN 1 WHEN 'medium' THEN 2 WHEN 'high' THEN 3 END", direction);
    case 'target':
      return lastWithout('targetPlace', direction);
  }
}
