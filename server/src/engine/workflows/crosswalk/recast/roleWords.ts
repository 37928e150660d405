import { inflectionOf } from '../inflection.ts';
import { synonymOf } from '../newContent.ts';
import { isStopWord, stemOf } from '../scoring/tokens.ts';
import { wordsWithPlaces } from '../wordDifference.ts';

/** What a fact is about: the words around it, each with the weight it has as evidence. */
export type RoleWords = ReadonlyMap<string, number>;

interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** Words looked at on each side of a fact, within its sentence. */
const REACH = 14;
/** Words of nearly every provision of a plan; two of them are as good as one of another. */
const COMMON: ReadonlySet<string> = new Set(
  'plan participant employee employer account person individual amount under section purpose year period day month time date make made give given provide apply means mean any one may whose either least most than less fewer before after within'.split(' ').map((word) => stemOf(word)),
);
const COMMON_WEIGHT = 0.5;

/** Words around `start` to `end` of `text` that say what stands there, inflections and synonyms of drafting as one; without numbers and stop words. */
export function roleWords(text: string, { start, end }: Stretch): RoleWords {
  const { keys, starts, ends } = wordsWithPlaces(text);
  const found = new Map<string, number>();
  const add = (word: string): void => {
    const role = roleOf(word);
    if (role !== null) found.set(role, COMMON.has(role) ? COMMON_WEIGHT : 1);
  };
  const first = starts.findIndex((at) => at >= start);
  const next = starts.findIndex((at) => at >= end);
  let edge = start;
  for (let k = (first < 0 ? keys.length : first) - 1, left = REACH; k >= 0 && left > 0 && !isEnd(text.slice(ends[k], edge)); k--, left--) {
    add(keys[k] as string);
    edge = starts[k] as number;
  }
  edge = end;
  for (let k = next < 0 ? keys.length : next, left = REACH; k < keys.length && left > 0 && !isEnd(text.slice(edge, starts[k])); k++, left--) {
    add(keys[k] as string);
    edge = ends[k] as number;
  }
  return found;
}

/** A sentence or item ends between two words. */
function isEnd(between: string): boolean {
  return /[.;:](?=\s)|\n\s*\n/u.test(between);
}

function roleOf(word: string): string | null {
  if (word.length < 2 || isStopWord(word) || !/^\p{L}/u.test(word)) return null;
  return stemOf(synonymOf(inflectionOf(word)) ?? word);
}

/** How much two facts are about the same: the weights of the words both have around them. */
export function likeness(a: RoleWords, b: RoleWords): number {
  let sum = 0;
  for (const [word, weight] of a) if (b.has(word)) sum += weight;
  return sum;
}
