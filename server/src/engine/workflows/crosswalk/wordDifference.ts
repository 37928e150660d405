import { diffArrays } from 'diff';
import { withoutLinks } from '../../documents/entities/links.ts';

/** Words of a text with their places. `keys` are equal for words that differ in case or form of a character only. */
export interface Words {
  readonly keys: readonly string[];
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

/**
 * Signs that say what a word would say: boxes, comparisons before an amount, a minus before a number, words struck out,
 * ticks and pictures. Quotation marks of Markdown (`> `) and hyphens of lists are none.
 */
const SIGN = String.raw`\[[ xX✓✔]?\](?!\()|~~|[≤≥≠±×÷]|(?<!^[ \t>]*)[<>]=?(?=[ \t]*[$€£]?\d)|(?<=^|[\s(])[-−](?=[$€£]?\d)|[☐☑☒✓✔✕✖✗✘]|\p{Emoji_Presentation}`;
/** A power or an index is not the digit it looks like: `10³`. */
const RAISED = '[²³¹⁰⁴-⁹₀-₉]+';
const WORD = new RegExp(String.raw`${SIGN}|${RAISED}|\d+(?:[.,]\d+)*|[\p{L}\p{N}]+(?:['’][\p{L}]+)*|[%$€£§]`, 'gmu');

/** One key for one sign however it is typed, no white space in it. */
function keyOf(word: string): string {
  if (word.startsWith('[')) return /[^[\] ]/u.test(word) ? '[x]' : '[]';
  if (word === '<=') return '≤';
  if (word === '>=') return '≥';
  if (word === '−') return '-';
  const key = word.normalize('NFKC').toLowerCase().replaceAll('’', "'");
  return IS_RAISED.test(word) ? `^${key}` : key;
}

const IS_RAISED = new RegExp(`^${RAISED}$`, 'u');

/** Texts of more words are compared by their first ones only; `complete` says so. */
const MAX_WORDS = 40_000;

export function wordsWithPlaces(text: string): Words & { readonly complete: boolean } {
  const keys: string[] = [];
  const starts: number[] = [];
  const ends: number[] = [];
  for (const match of withoutLinks(text).matchAll(WORD)) {
    if (keys.length === MAX_WORDS) return { keys, starts, ends, complete: false };
    keys.push(keyOf(match[0]));
    starts.push(match.index);
    ends.push(match.index + match[0].length);
  }
  return { keys, starts, ends, complete: true };
}

/** A stretch where the two differ, as word indices, end exclusive; one side may be empty. */
export interface Hunk {
  readonly source: readonly [start: number, end: number];
  readonly target: readonly [start: number, end: number];
}

export interface WordDifference {
  /** Words in common, in order, as a share of all words of both. */
  readonly ratio: number;
  readonly hunks: readonly Hunk[];
}

/**
 * Most words that may be put in or taken out before two texts count as different texts. Bounds the work: the cost of
 * the comparison grows with the square of it, not with the length of the texts.
 */
const MAX_EDITS = 800;
/** Below this share of common words, order aside, nothing is gained from comparing them in order. */
const MIN_COMMON = 0.35;

/** The difference word by word, or null for texts too different to have one. */
export function wordDifference(source: readonly string[], target: readonly string[]): WordDifference | null {
  if (commonShare(source, target) < MIN_COMMON) return null;
  const changes = diffArrays([...source], [...target], { maxEditLength: MAX_EDITS });
  if (changes === undefined) return null;
  const hunks: Hunk[] = [];
  let i = 0;
  let j = 0;
  let same = 0;
  let open: { i: number; j: number } | null = null;
  const close = (): void => {
    if (open !== null) hunks.push({ source: [open.i, i], target: [open.j, j] });
    open = null;
  };
  for (const change of changes) {
    if (change.added || change.removed) {
      open ??= { i, j };
      if (change.removed) i += change.value.length;
      else j += change.value.length;
    } else {
      close();
      i += change.value.length;
      j += change.value.length;
      same += change.value.length;
    }
  }
  close();
  return { ratio: (2 * same) / Math.max(1, source.length + target.length), hunks };
}

/** Words of either side that the other has too, counted as often as both have them, as a share of all. */
export function commonShare(source: readonly string[], target: readonly string[]): number {
  const counts = new Map<string, number>();
  for (const word of source) counts.set(word, (counts.get(word) ?? 0) + 1);
  let common = 0;
  for (const word of target) {
    const left = counts.get(word) ?? 0;
    if (left === 0) continue;
    counts.set(word, left - 1);
    common++;
  }
  return (2 * common) / Math.max(1, source.length + target.length);
}
