import { placeOf, type CanonicalWords } from './canonicalWords.ts';
import { isLimiting } from './criticalWords.ts';
import { isWeightless } from './newContent.ts';
import { isStopWord } from './scoring/tokens.ts';
import type { Hunk } from './wordDifference.ts';

/** An item of a list that only one side has, with the hunk it was found in. */
export interface OptionDifference {
  readonly side: 'source' | 'target';
  /** Offsets into the side's text. */
  readonly start: number;
  readonly end: number;
  readonly hunk: Hunk;
}

/** Words of an item between commas; longer ones are clauses. An item behind a list mark may be longer. */
const MAX_ITEM = 12;
const MAX_MARKED_ITEM = 80;
/** Words between two neighbours of a list, and words looked at around an item. */
const MAX_NEIGHBOUR = 14;
/** How far a gap may slide over equal words, as in "pre-tax deferrals, Roth deferrals". */
const MAX_SLIDE = 8;

/** Items dropped from, or added to, a list: `A, B and C`, `(i) ...; (ii) ...; or (iii) ...`, boxes of a form. */
export function optionDifferences(
  hunks: readonly Hunk[],
  left: CanonicalWords,
  leftText: string,
  right: CanonicalWords,
  rightText: string,
): readonly OptionDifference[] {
  // Which box is ticked is a matter of the form, not of its list.
  if (hunks.some(({ source, target }) => left.keys.slice(...source).some(isTicked) || right.keys.slice(...target).some(isTicked))) return [];
  const items = hunks.flatMap((hunk): OptionDifference[] => {
    const [from, to] = hunk.source;
    const [start, end] = hunk.target;
    if (from >= left.body && start >= right.body) return [];
    const here = hasContent(left, from, to);
    const there = hasContent(right, start, end);
    if (here === there) return [];
    const item = here ? itemAt(left, leftText, from, to) : itemAt(right, rightText, start, end);
    return item === null ? [] : [{ side: here ? 'source' : 'target', ...item, hunk }];
  });
  const phrase = ({ side, hunk }: OptionDifference): readonly string[] => weighty(side === 'source' ? left.keys.slice(...hunk.source) : right.keys.slice(...hunk.target));
  // What both sides say as often stands in another place now, and is no option more or less.
  return items.filter((item) => {
    const words = phrase(item);
    return words.length > 0 && countOf(words, left) !== countOf(words, right) && !items.some((other) => other.side !== item.side && sorted(phrase(other)) === sorted(words));
  });
}

function weighty(words: readonly string[]): string[] {
  return words.filter((word) => !isWeightless(word) && !isBox(word));
}

function sorted(words: readonly string[]): string {
  return words.toSorted().join(' ');
}

/** How often the words stand next to each other in a text. */
function countOf(words: readonly string[], { keys, body }: CanonicalWords): number {
  return ` ${weighty(keys.slice(0, body)).join('  ')} `.split(` ${words.join('  ')} `).length - 1;
}

function hasContent(words: CanonicalWords, from: number, to: number): boolean {
  for (let k = from; k < Math.min(to, words.body); k++) if (!isWeightless(words.keys[k] as string)) return true;
  return false;
}

/** The item that words `from` to `to` are, where they may slide over equal words; null where they are no item of a list. */
function itemAt(words: CanonicalWords, text: string, from: number, to: number): { readonly start: number; readonly end: number } | null {
  const place = (slid: number): { readonly start: number; readonly end: number } | null => {
    const [first, last] = trimmedItem(words, from + slid, to + slid);
    return last >= first && isItem(words, text, from + slid, to + slid) ? placeOf(words, first, last) : null;
  };
  const straight = place(0);
  if (straight !== null) return straight;
  for (let slid = 1; slid <= MAX_SLIDE && to + slid <= words.body && words.keys[from + slid - 1] === words.keys[to + slid - 1]; slid++) {
    const found = place(slid);
    if (found !== null) return found;
  }
  for (let slid = 1; slid <= MAX_SLIDE && from - slid >= 0 && words.keys[from - slid] === words.keys[to - slid]; slid++) {
    const found = place(-slid);
    if (found !== null) return found;
  }
  return null;
}

function trimmedItem(words: CanonicalWords, from: number, to: number): readonly [first: number, last: number] {
  let last = Math.min(to, words.body) - 1;
  while (last > from && isWeightless(words.keys[last] as string)) last--;
  return [from, last];
}

function isItem(words: CanonicalWords, text: string, from: number, to: number): boolean {
  const before = gap(words, text, from);
  const after = gap(words, text, to);
  const marked = before.mark && (after.mark || after.sentence || after.joining || after.comma);
  if (words.keys.slice(from, to).every((word) => isStopWord(word) || word.length < 3)) return false;
  if (to - from > (marked ? MAX_MARKED_ITEM : MAX_ITEM)) return false;
  if (marked) return true;
  if (words.keys.slice(from, to).some((word) => isLimiting(word) || MODAL.has(word))) return false;
  if (!before.comma && !before.joining && !after.comma && !after.joining) return false;
  // A list has two separators or more, one of them "and" or "or", with few words between them.
  const [leftmost, joinedLeft] = reach(words, text, from, -1);
  const [rightmost, joinedRight] = reach(words, text, to, 1);
  return leftmost + rightmost >= 2 && (joinedLeft || joinedRight);
}

const MODAL: ReadonlySet<string> = new Set(['shall', 'may', 'should', 'which', 'who', 'that']);

/** Separators from an edge of the item on, outwards, and whether one of them joins. */
function reach(words: CanonicalWords, text: string, edge: number, step: 1 | -1): readonly [count: number, joined: boolean] {
  let count = 0;
  let joined = false;
  let apart = 0;
  for (let at = edge; at > 0 && at <= words.body && apart <= MAX_NEIGHBOUR; at += step) {
    const between = gap(words, text, at);
    if (between.sentence) break;
    if (between.comma || between.joining) {
      count++;
      joined ||= between.joining;
      apart = 0;
    } else {
      if (at === edge && step === -1 && words.keys[at] === undefined) break;
      apart++;
    }
  }
  return [count, joined];
}

interface Gap {
  readonly comma: boolean;
  readonly joining: boolean;
  readonly mark: boolean;
  readonly sentence: boolean;
}

/** What stands in the text in front of word `at`. */
function gap(words: CanonicalWords, text: string, at: number): Gap {
  const start = at === 0 ? 0 : (words.ends[at - 1] as number);
  const end = at >= words.body ? text.length : (words.starts[at] as number);
  const between = text.slice(start, Math.min(end, start + MAX_GAP));
  return {
    comma: /[,;]/u.test(between),
    joining: /\b(?:and|or)\b/iu.test(between),
    mark: /\((?:[A-Za-z]|[ivx]{2,5}|\d{1,2})\)|\n\s{0,40}(?:[-*•]|\d{1,3}[.)]|[A-Za-z][.)])(?=\s)|^\s{0,40}[-*•]\s/u.test(between) || isBox(words.keys[at]),
    sentence: at >= words.body || /[.!?:](?=\s|$)/u.test(between),
  };
}

/** Longer gaps hold no more than what their start says. */
const MAX_GAP = 80;

function isTicked(word: string): boolean {
  return /^(?:\[x\]|[☑☒])$/u.test(word);
}

function isBox(word: string | undefined): boolean {
  return word !== undefined && /^(?:\[x?\]|[☐☑☒])$/u.test(word);
}
