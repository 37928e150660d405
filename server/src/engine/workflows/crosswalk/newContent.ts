import { isStopWord, stemOf } from './scoring/tokens.ts';
import type { WordDifference } from './wordDifference.ts';

/** Words that may come and go. */
const FILLERS: ReadonlySet<string> = new Set(
  'plan such said same applicable respective aforesaid herein hereof hereunder hereby thereof therein thereto foregoing namely following e.g i.e eg ie etc'
    .split(' ')
    .map(stemOf),
);

/** Ways of drafting that mean the same. Each word stands for its group. */
const SYNONYMS: readonly string[] = [
  'begin commence start', 'end terminate cease expire', 'buy purchase acquire', 'pay disburse remit', 'under pursuant accordance',
  'before prior', 'after following subsequent', 'provide furnish supply', 'notify inform advise', 'get obtain receive', 'keep retain maintain',
  'make perform conduct', 'use utilize employ', 'help assist', 'need require', 'make sure ensure', 'finish complete', 'set establish',
  'set forth described stated specified prescribed', 'about regarding concerning relating', 'because since', 'request ask',
  'entire whole full', 'allow permit', 'amount sum', 'document record', 'contain include', 'change modify amend alter', 'show demonstrate',
  'send transmit deliver', 'choose select elect', 'part portion', 'section article provision paragraph subsection', 'calculate compute determine',
];
const GROUP: ReadonlyMap<string, string> = new Map(
  SYNONYMS.flatMap((group) => group.split(' ').map((word) => [stemOf(word), group] as const)),
);

/**
 * What one text says and the other does not, as a sentence, or null where only the wording differs. Words that only
 * moved, inflections, fillers and common drafting synonyms say nothing new; any other word that is put in, left out or
 * replaced may. Words left out of the comparison are blank in `source` and `target`; `quoted` has them all.
 */
export function newContent(
  difference: WordDifference,
  source: readonly string[],
  target: readonly string[],
  quoted: { readonly source: readonly string[]; readonly target: readonly string[] },
): string | null {
  const left = difference.hunks.map((hunk) => content(source, hunk.source));
  const right = difference.hunks.map((hunk) => content(target, hunk.target));
  const onlySource = less(left.flat(), right.flat());
  const onlyTarget = less(right.flat(), left.flat());
  for (const [k, hunk] of difference.hunks.entries()) {
    const here = (left[k] as string[]).some((word) => onlySource.has(word));
    const there = (right[k] as string[]).some((word) => onlyTarget.has(word));
    const words = { source: said(quoted.source, hunk.source), target: said(quoted.target, hunk.target) };
    if (here && there) return `"${words.source}" in the source stands against "${words.target}" in the target.`;
    if (here || there) return `Only the ${here ? 'source' : 'target'} says "${here ? words.source : words.target}".`;
  }
  return null;
}

function said(words: readonly string[], [start, end]: readonly [number, number]): string {
  return `${words.slice(start, Math.min(end, start + SHOWN)).join(' ')}${end - start > SHOWN ? ' …' : ''}`;
}

/** Words quoted in an explanation. */
const SHOWN = 12;

function content(words: readonly string[], [start, end]: readonly [number, number]): string[] {
  const stems: string[] = [];
  for (let k = start; k < end; k++) {
    const word = words[k] as string;
    if (word.length < 2 || isStopWord(word)) continue;
    const stem = stemOf(word);
    if (FILLERS.has(stem)) continue;
    stems.push(GROUP.get(stem) ?? stem);
  }
  return stems;
}

/** Words of `words` that `others` does not have as often. */
function less(words: readonly string[], others: readonly string[]): ReadonlySet<string> {
  const counts = new Map<string, number>();
  for (const word of others) counts.set(word, (counts.get(word) ?? 0) + 1);
  const only = new Set<string>();
  for (const word of words) {
    const left = counts.get(word) ?? 0;
    if (left > 0) counts.set(word, left - 1);
    else only.add(word);
  }
  return only;
}

/** True where every content word of `own` stands in `other`, in some form, as often. */
export function keepsContent(own: readonly string[], other: readonly string[]): boolean {
  return less(content(own, [0, own.length]), content(other, [0, other.length])).size === 0;
}
