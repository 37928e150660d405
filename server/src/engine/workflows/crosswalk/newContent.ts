import { inflectionOf } from './inflection.ts';
import type { WordDifference } from './wordDifference.ts';

/**
 * Words that say nothing by themselves. Fewer than matching leaves out: "from" and "to", "all", "only" or "more than" are
 * nothing to find a counterpart by, and may be all that differs. Of the letters only these: "Class A" is not "Class B".
 * Duties and denials are compared as facts.
 */
const WEIGHTLESS: ReadonlySet<string> = new Set(
  ('the a an i s of in for by on at as with upon that this these those which who it its their they there such shall may will must should can would ' +
    'do does is are be been was were has have also then so means mean').split(' '),
);
/** "Prior to" and "pursuant to" are one word each. */
const WITH_TO: ReadonlySet<string> = new Set(['prior', 'pursuant', 'subsequent', 'according']);

/** Words that may come and go. */
const FILLERS: ReadonlySet<string> = new Set(
  'plan such said same applicable respective aforesaid herein hereof hereunder hereby thereof therein thereto foregoing namely following e.g i.e eg ie etc'
    .split(' ')
    .map(inflectionOf),
);

/** Ways of drafting that mean the same. Each word stands for its group. */
const SYNONYMS: readonly string[] = [
  'begin commence start', 'end terminate cease expire close conclude', 'buy purchase acquire', 'pay disburse remit', 'under pursuant accordance',
  'before prior preceding previous', 'after following subsequent', 'provide furnish supply', 'notify inform advise', 'get obtain receive', 'keep retain maintain',
  'make perform conduct', 'use utilize employ', 'help assist', 'need require', 'make sure ensure', 'finish complete', 'set establish',
  'set forth described stated specified prescribed', 'about regarding concerning relating', 'because since', 'request ask',
  'entire whole full', 'allow permit', 'remainder balance rest', 'attain reach', 'credit allocate', 'submit file', 'discharge dismissal', 'appoint designate name', 'amount sum', 'document record', 'contain include', 'change modify amend alter', 'show demonstrate',
  'send transmit deliver', 'choose select elect opt', 'further additional', 'reemploy rehire', 'reemployment rehiring', 'expenses costs', 'part portion', 'section article provision paragraph subsection', 'calculate compute determine',
];
const GROUP: ReadonlyMap<string, string> = new Map(
  SYNONYMS.flatMap((group) => group.split(' ').map((word) => [inflectionOf(word), group] as const)),
);

/** The first word of the group of synonyms that an inflection is in. */
export function synonymOf(inflection: string): string | undefined {
  return GROUP.get(inflection)?.split(' ')[0];
}

/**
 * What one text says and the other does not, as a sentence, or null where only the wording differs. Inflections, fillers
 * and common drafting synonyms say nothing new; any other word that is put in, left out, replaced or moved may: "first
 * from forfeitures, then from earnings". Words left out of the comparison are blank in `source` and `target`; `quoted`
 * has them all.
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
    const [own, other] = [left[k] as string[], right[k] as string[]];
    // In one place both must say the same; what stands on one side only may stand elsewhere on the other.
    const both = own.length > 0 && other.length > 0;
    const here = both ? less(own, other).size > 0 : own.some((word) => onlySource.has(word));
    const there = both ? less(other, own).size > 0 : other.some((word) => onlyTarget.has(word));
    const words = { source: said(quoted.source, hunk.source), target: said(quoted.target, hunk.target) };
    if (here && there) return `"${words.source}" in the source stands against "${words.target}" in the target.`;
    if (here || there) return `Only the ${here ? 'source' : 'target'} says "${here ? words.source : words.target}".`;
  }
  const at = difference.hunks.findIndex((_, k) => (left[k] as string[]).join(' ') !== (right[k] as string[]).join(' '));
  const moved = difference.hunks[at];
  if (moved === undefined) return null;
  const words = said(quoted.source, moved.source) || said(quoted.target, moved.target);
  return `The same words stand in another order, at "${words}".`;
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
    if (word === '' || WEIGHTLESS.has(word) || (word === 'to' && WITH_TO.has(words[k - 1] ?? ''))) continue;
    const stem = inflectionOf(word);
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

/** True for a word that says nothing by itself, or may come and go. */
export function isWeightless(word: string): boolean {
  return word === '' || WEIGHTLESS.has(word) || FILLERS.has(inflectionOf(word));
}

/** True where every content word of `own` stands in `other`, in some form, as often. Single letters and digits may be list marks. */
export function keepsContent(own: readonly string[], other: readonly string[]): boolean {
  const words = (all: readonly string[]): string[] => content(all, [0, all.length]).filter((word) => !/^[a-z0-9]$/u.test(word));
  return less(words(own), words(other)).size === 0;
}
