import type { Entity } from '../../documents/entities/entity.ts';
import { tableHeaders } from '../../documents/entities/tableRows.ts';
import { DRAFTING_PHRASES, phraseTable, type PhraseTable } from './draftingPhrases.ts';
import { isWeightless } from './newContent.ts';
import { isStopWord } from './scoring/tokens.ts';
import type { Words } from './wordDifference.ts';

/** Kinds that stand for more than their words, or overlap other facts: their words are compared as words. */
const IN_WORDS: ReadonlySet<string> = new Set(['default', 'decider', 'modality', 'negation', 'link']);

/** `(a)`, `(iv)`, and `1.`, `b)` at the start of a line. What stands behind a name, as in "Class (A)", is a part of it. */
const LIST_MARK = /(?<![\p{L}\p{N})]|\p{Lu}[\p{L}]{0,40}[ \t]{1,4})\((?:[A-Za-z]|[ivx]{2,5}|\d{1,2})\)|(?<=^[ \t]{0,40}(?:[-*•][ \t]{1,4})?)(?:\d{1,3}(?:\.\d{1,3}){0,4}|[A-Za-z])[.)](?=\s)/gmu;

/** Words in the header of a schedule table that a schedule in prose says by its form. */
const HEADER_WORDS: ReadonlySet<string> = new Set('year years of service vested vesting percentage percent completed number credited nonforfeitable rate schedule and % interest'.split(' '));

const PLAIN: PhraseTable = phraseTable(DRAFTING_PHRASES);

interface Range {
  readonly start: number;
  readonly end: number;
}

export interface CanonicalWords extends Words {
  /** Words before this index are the text's; behind it stand, once more in order, its "and" and "or". */
  readonly body: number;
}

/**
 * An "and" of the source in whose place the target has an "or", or the other way round, as word indices. One more or one
 * less joins the same things; one for the other may not.
 */
export function joinedOtherwise(left: CanonicalWords, right: CanonicalWords): readonly [source: number, target: number] | null {
  const [here, there] = [left.keys.slice(left.body + 1), right.keys.slice(right.body + 1)];
  if (here.length === there.length) {
    const at = here.findIndex((word, k) => word !== there[k]);
    return at < 0 ? null : [left.body + 1 + at, right.body + 1 + at];
  }
  const more = (word: string): number => here.filter((one) => one === word).length - there.filter((one) => one === word).length;
  const [and, or] = [more('and'), more('or')];
  if (and * or >= 0) return null;
  const [own, other] = and > 0 ? ['and', 'or'] : ['or', 'and'];
  return [left.body + 1 + here.indexOf(own), right.body + 1 + there.indexOf(other)];
}

/** Where words `first` to `last` stand; possessives are put behind what they own, so the first word need not come first. */
export function placeOf(words: Words, first: number, last: number): { readonly start: number; readonly end: number } {
  let start = Infinity;
  let end = 0;
  for (let k = first; k <= last; k++) {
    start = Math.min(start, words.starts[k] ?? Infinity);
    end = Math.max(end, words.ends[k] ?? 0);
  }
  return { start: Math.min(start, end), end };
}

/** Parts the words of the text from the joining words behind them. */
const END = '#end';
const JOINING: ReadonlySet<string> = new Set(['and', 'or']);

/**
 * The words of a provision as its effect is compared: a fact is one word however it is written (`#age 21`), phrases of
 * drafting that mean the same are the same words, list marks are left out. "And" and "or" are put behind the text, so that
 * an item taken out of "A, B and C" is one gap, and not two. Each word keeps the place it stands for.
 */
export function canonicalWords(text: string, words: Words, entities: readonly Entity[], phrases: PhraseTable = PLAIN): CanonicalWords {
  const facts = entities.filter((entity) => !IN_WORDS.has(entity.kind));
  const marks = [...text.matchAll(LIST_MARK)].map(({ index, 0: { length } }) => ({ start: index, end: index + length }));
  const headers = facts.some(({ kind }) => kind === 'schedule') ? tableHeaders(text) : [];
  const out = new Writer();
  const [fact, mark, header] = [new Cursor(facts), new Cursor(marks), new Cursor(headers)];
  for (let k = 0; k < words.keys.length; ) {
    const at = words.starts[k] as number;
    const entity = fact.at(at);
    if (entity !== null) {
      let last = k;
      while (last + 1 < words.keys.length && (words.starts[last + 1] as number) < entity.end) last++;
      out.push(factWord(entity), at, words.ends[last] as number);
      k = last + 1;
      continue;
    }
    const listMark = mark.at(at);
    const key = words.keys[k] as string;
    if ((listMark !== null && (words.ends[k] as number) <= listMark.end) || (header.at(at) !== null && HEADER_WORDS.has(key))) {
      k++;
      continue;
    }
    const owned = ownedBy(words, k, text, fact.next(at));
    if (owned > 0) {
      for (let n = 1; n <= owned; n++) out.word(words.keys[k + n] as string, words.starts[k + n] as number, words.ends[k + n] as number);
      out.word(key.replace(/'s?$/u, ''), at, words.ends[k] as number);
      k += owned + 1;
      continue;
    }
    const phrase = phraseAt(words, k, phrases, entity === null ? fact.next(at) : at);
    if (phrase === null) out.word(key, at, words.ends[k++] as number);
    else {
      const end = words.ends[k + phrase.words.length - 1] as number;
      for (const word of phrase.readAs) out.word(word, at, end);
      k += phrase.words.length;
    }
  }
  return out.words();
}

/** A word that begins with it stands for a fact. */
export const FACT_MARK = '#';

function factWord({ kind, value }: Entity): string {
  // References are compared by where they lead.
  return kind === 'sectionReference' ? '§' : `${FACT_MARK}${kind} ${value}`;
}

/** What a person has is named in so few words. */
const MAX_OWNED = 3;

/** How many words behind a possessive name what is owned: "the Participant's vested Account" is "the vested Account of the Participant". */
function ownedBy(words: Words, k: number, text: string, limit: number): number {
  if (!/\p{L}(?:'s|s')$/u.test(text.slice(words.starts[k] as number, (words.ends[k] as number) + 1).replaceAll('’', "'").trimEnd())) return 0;
  let owned = 0;
  while (owned < MAX_OWNED) {
    const next = k + owned + 1;
    const word = words.keys[next];
    if (word === undefined || isStopWord(word) || isWeightless(word) || (words.ends[next] as number) > limit) break;
    if (/[^\s'’]/u.test(text.slice(words.ends[next - 1] as number, words.starts[next] as number))) break;
    owned++;
  }
  return owned;
}

/** The longest phrase that begins at word `k` and ends before the next fact. */
function phraseAt(words: Words, k: number, phrases: PhraseTable, limit: number): { readonly words: readonly string[]; readonly readAs: readonly string[] } | null {
  for (const phrase of phrases.get(words.keys[k] as string) ?? []) {
    const last = k + phrase.words.length - 1;
    if (last >= words.keys.length || (words.ends[last] as number) > limit) continue;
    if (phrase.words.every((word, n) => words.keys[k + n] === word)) return phrase;
  }
  return null;
}

class Cursor<T extends Range> {
  readonly #ranges: readonly T[];
  #next = 0;

  constructor(ranges: readonly T[]) {
    this.#ranges = ranges;
  }

  /** The range that holds `place`; places are asked in rising order. */
  at(place: number): T | null {
    while ((this.#ranges[this.#next]?.end ?? Infinity) <= place) this.#next++;
    const range = this.#ranges[this.#next];
    return range !== undefined && range.start <= place ? range : null;
  }

  /** Where the next range begins. */
  next(place: number): number {
    return this.#ranges.slice(this.#next, this.#next + 2).find(({ start }) => start > place)?.start ?? Infinity;
  }
}

class Writer {
  readonly #keys: string[] = [];
  readonly #starts: number[] = [];
  readonly #ends: number[] = [];
  readonly #joining: [key: string, start: number, end: number][] = [];

  word(key: string, start: number, end: number): void {
    if (JOINING.has(key)) this.#joining.push([key, start, end]);
    else this.push(key, start, end);
  }

  push(key: string, start: number, end: number): void {
    this.#keys.push(key);
    this.#starts.push(start);
    this.#ends.push(end);
  }

  words(): CanonicalWords {
    const body = this.#keys.length;
    if (body > 0) this.push(END, this.#ends[body - 1] as number, this.#ends[body - 1] as number);
    for (const [key, start, end] of this.#joining) this.push(key, start, end);
    return { keys: this.#keys, starts: this.#starts, ends: this.#ends, body };
  }
}
