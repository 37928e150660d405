import { foldRow, type LineOnRow } from './foldRow.ts';

/** One of several rows of equal words in another run, of which it is not certain which this run still has. */
export interface Twin {
  /** The same for twins of one text, also over several runs of it. */
  readonly group: string;
  readonly member: string;
  /** How many of equal words there were, and how many of them there are here. */
  readonly before: number;
  readonly after: number;
}

/** A line of the trail on a row it may be about. */
export interface TwinLine {
  readonly on: LineOnRow;
  /** Null for a line that is surely about this row. */
  readonly twin: Twin | null;
  /** True on the row it would be about if twins were told apart by their neighbours and order. */
  readonly isLikely: boolean;
}

const NOTHING = '';

/** What was decided on one twin, as a text to compare; its targets belong to it. */
function saidOf(lines: readonly LineOnRow[]): string {
  const { decision, exception } = foldRow(lines);
  const isDecided = decision !== null && decision.state !== 'open';
  if (!isDecided && exception === null) return NOTHING;
  const words = (units: readonly { readonly contentHash: string }[] = []): string => units.map(({ contentHash }) => contentHash).sort().join(' ');
  return JSON.stringify([isDecided ? [decision.state, words(decision.targets), words(decision.override)] : [], exception?.state ?? '']);
}

function sentence({ before, after }: Twin): string {
  const what = after < before ? 'one of them is gone' : after > before ? 'another has the same words now' : 'they stand in another order now';
  return `Several provisions have these very words, and ${what}: it is not certain which of them was decided on. Decide again.`;
}

/** The lines of one group as the row has them. */
function linesOfGroup(lines: readonly (TwinLine & { readonly twin: Twin })[]): readonly LineOnRow[] {
  const members = new Map<string, LineOnRow[]>();
  for (const { on, twin } of lines) {
    const known = members.get(twin.member);
    if (known === undefined) members.set(twin.member, [on]);
    else known.push(on);
  }
  const said = new Map([...members].map(([member, own]) => [member, saidOf(own)]));
  const { before, after } = lines[0]?.twin ?? { before: 0, after: 0 };
  const distinct = new Set([...said.values(), ...(members.size < before ? [NOTHING] : [])]);
  // One that is new was never decided on, whatever the others carry.
  const isOneForAll = distinct.size === 1 && (after <= before || distinct.has(NOTHING));
  if (isOneForAll) return lines.filter(({ isLikely }) => isLikely).map(({ on }) => on);
  return lines.flatMap(({ on, twin }): readonly LineOnRow[] => {
    // What a twin took back asks for nothing, and must not hide what another carries.
    if (said.get(twin.member) === NOTHING) return [];
    return [on.standing.standing === 'stands' ? { ...on, standing: { standing: 'reviewAgain', reason: sentence(twin) } } : on];
  });
}

/**
 * The lines that are about a row. Where it is not certain which of equal twins a decision was about it has to be made
 * again, on every row it may have been about, unless all of them carried the same.
 */
export function linesOfTwins(lines: readonly TwinLine[]): readonly LineOnRow[] {
  const groups = new Map<string, (TwinLine & { readonly twin: Twin })[]>();
  for (const { on, twin, isLikely } of lines) {
    if (twin === null) continue;
    const known = groups.get(twin.group);
    if (known === undefined) groups.set(twin.group, [{ on, twin, isLikely }]);
    else known.push({ on, twin, isLikely });
  }
  if (groups.size === 0) return lines.map(({ on }) => on);
  const sure = lines.filter(({ twin }) => twin === null).map(({ on }) => on);
  return [...sure, ...[...groups.values()].flatMap(linesOfGroup)].sort((a, b) => a.line.sequence - b.line.sequence);
}
