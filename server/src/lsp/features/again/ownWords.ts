import type { MatchDetail, MatchRow } from '../../../../../shared/protocol/results.ts';
import { differenceTitle, excerpt, saidBy, tellingDifferences } from '../../../engine/index.ts';

/** Longest value or reason repeated in a message, in characters. */
const MAX_VALUE = 60;
const MAX_REASON = 160;

/** What a run says of a row, after `was` and `is now`. */
function saidOf({ outcome, relation }: MatchRow): string {
  if (relation !== null) return relation;
  return { decided: 'decided', abstained: 'left for review', failed: 'without an answer', skipped: 'skipped', waiting: 'not looked at' }[outcome];
}

function counterpartOf({ target }: MatchRow): string {
  if (target === null) return '';
  const name = excerpt([target.number, target.title].filter((part) => part !== '').join(' '), MAX_VALUE);
  return target.more > 0 ? `${name} and ${target.more} more` : name;
}

/** `period: "3 years" → "5 years", and 2 more differences`; empty where nothing differs. */
function differenceWords({ row, differences }: MatchDetail): string {
  if (row.outcome !== 'decided') return excerpt(row.reason ?? '', MAX_REASON);
  if (row.relation === 'same' || row.relation === 'reworded') return '';
  const [first, ...more] = tellingDifferences(differences);
  if (first === undefined) return '';
  const side = (which: 'source' | 'target'): string => {
    const said = excerpt(saidBy(first, which), MAX_VALUE);
    return said === '' ? 'nothing' : `"${said}"`;
  };
  const rest = more.length === 0 ? '' : `, and ${more.length} more ${more.length === 1 ? 'difference' : 'differences'}`;
  return `${differenceTitle(first.kind).toLowerCase()}: ${side('source')} \u2192 ${side('target')}${rest}`;
}

/** `was reworded, is now changed (period: "3 years" → "5 years")`, `still changed, now with 4.3 Loans`. */
export function ownWords(before: MatchRow | null, now: MatchDetail): string {
  const is = saidOf(now.row);
  const counterpart = counterpartOf(now.row);
  const detail = differenceWords(now);
  const elsewhere = before !== null && counterpart !== '' && before.target !== null && counterpartOf(before) !== counterpart;
  const said = before === null ? `is ${is}` : saidOf(before) === is ? `still ${is}` : `was ${saidOf(before)}, is now ${is}`;
  return `${said}${elsewhere ? `, now with ${counterpart}` : ''}${detail === '' ? '' : ` (${detail})`}`;
}
