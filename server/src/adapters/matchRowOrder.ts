import type { MatchGroup, MatchSort } from '../../../shared/protocol/reviews.ts';

/** Rows of one group stand together, groups in the order of `rank`. SQL over a row `m` and, where it is needed, its state. */
export interface GroupSql {
  readonly rank: string;
  readonly label: string;
  readonly join: string;
  readonly needsStates: boolean;
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
const OWN_UNIT = 'LEFT JOIN units AS own INDEXED BY unitsInList ON own.run = m.run AND own.key = m.id';

const GROUPS: Readonly<Record<Exclude<MatchGroup, 'none'>, GroupSql>> = {
  relation: { rank: rankOf(undecided('relation'), [...RELATIONS, ...NOT_DECIDED]), label: undecided('relation'), join: '', needsStates: false },
  impact: { rank: rankOf(undecided('impact'), [...IMPACTS, ...NOT_DECIDED]), label: undecided('impact'), join: '', needsStates: false },
  review: { rank: rankOf(reviewed, REVIEWS), label: rankLabel(reviewed), join: '', needsStates: true },
  section: {
    // Two sections of one name are one group, where the first of them stands.
    rank: "min(format('%d%09d', m.side = 'target', coalesce(own.place, 0))) OVER (PARTITION BY m.side, own.section)",
    label: "coalesce(own.section, 'Without a heading')",
    join: OWN_UNIT,
    needsStates: false,
  },
};

function rankLabel(column: string): string {
  return `iif(${column} = 'reviewAgain', 'review again', ${column})`;
}

export function groupOf(group: MatchGroup): GroupSql | null {
  return group === 'none' ? null : GROUPS[group];
}

const PLACES = ['m.side', 'm.step', 'm.place'];
const BY_PLACE = PLACES.join(', ');

/** Rows without a value come last, whichever way the others go; rows of one value stand in the document's order. */
function lastWithout(value: string, direction: string): string {
  return `${value} IS NULL, ${value} ${direction}, ${BY_PLACE}`;
}

export function orderOf(sort: MatchSort, isDescending: boolean): { readonly by: string; readonly join: string } {
  const direction = isDescending ? 'DESC' : 'ASC';
  switch (sort) {
    case 'document':
      return { by: PLACES.map((place) => `${place} ${direction}`).join(', '), join: '' };
    case 'confidence':
      return { by: lastWithout('m.confidence', direction), join: '' };
    case 'impact':
      return { by: lastWithout("CASE m.impact WHEN 'none' THEN 0 WHEN 'low' THEN 1 WHEN 'medium' THEN 2 WHEN 'high' THEN 3 END", direction), join: '' };
    case 'target':
      return { by: lastWithout('counterpart.place', direction), join: 'LEFT JOIN units AS counterpart INDEXED BY unitsInList ON counterpart.run = m.run AND counterpart.key = m.target' };
  }
}
