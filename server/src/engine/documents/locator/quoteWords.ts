/** The words of a text as the locator compares them, in text order. */
export interface QuoteWords {
  readonly keys: readonly string[];
  readonly starts: readonly number[];
  /** Exclusive. */
  readonly ends: readonly number[];
  /** By word: its name where replacing, adding or leaving it out makes a quote false. */
  readonly hard: readonly (HardWord | null)[];
  /** By word: true where it begins with a capital. */
  readonly capital: readonly boolean[];
}

export type HardWord = 'number' | 'date' | 'name' | 'negation' | 'modal';

/** Numbers, words with their apostrophes, and the signs that make a number another one. */
const WORD = /\d+(?:[.,:]\d+)*|[\p{L}\p{M}]+(?:['’][\p{L}\p{M}]+)*|[\p{N}]|[%$€£§½¼¾]|(?<=^|[\s(])[-−](?=[$€£]?\d)/gmu;
/** Signs nobody sees: soft hyphen, zero-width space and joiners, word joiner, byte order mark. */
const UNSEEN = /[\u00ad\u200b-\u200d\u2060\ufeff]/gu;
/** A word parted at the end of a line: it is read as one. */
const PARTED = /(\p{L})-[ \t]*\n[ \t]*(?=\p{Ll})/gu;

const words = (list: string): ReadonlySet<string> => new Set(list.split(' '));
const NUMBERS = words(
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty ' +
    'sixty seventy eighty ninety hundred hundreds thousand thousands million millions billion billions dozen half third quarter first second fourth fifth sixth ' +
    'seventh eighth ninth tenth twice once double triple percent',
);
const DATES = words(
  'january february march april june july august september october november december jan feb apr jun jul aug sept oct nov dec ' +
    'monday tuesday wednesday thursday friday saturday sunday today tomorrow yesterday',
);
const NEGATIONS = words('no not never none nothing nobody nowhere neither nor without unless except hardly');
const MODALS = words('can could may might must shall should will would ought cannot');

/** Words of speech that begin with a capital and name nobody. */
const NO_NAMES = words("i i'm i've i'd i'll ok okay");

/**
 * Reads a text into words. `may` is a modal and `May` a month; either way it is hard. A word with a capital that does
 * not begin a sentence is a name.
 */
export function quoteWords(text: string): QuoteWords {
  const { clean, at } = cleaned(text);
  const keys: string[] = [];
  const starts: number[] = [];
  const ends: number[] = [];
  const hard: (HardWord | null)[] = [];
  const capital: boolean[] = [];
  let before = 0;
  for (const match of clean.matchAll(WORD)) {
    const word = match[0];
    const key = keyOf(word);
    const opens = keys.length === 0 || OPENS_SENTENCE.test(clean.slice(Math.max(before, match.index - 8), match.index));
    before = match.index + word.length;
    keys.push(key);
    starts.push(at(match.index));
    ends.push(at(before - 1) + 1);
    hard.push(hardWord(word, key, opens));
    capital.push(/^\p{Lu}/u.test(word));
  }
  return { keys, starts, ends, hard, capital };
}

/** What stands between a sentence and the next. */
const OPENS_SENTENCE = /[.!?:;"“”\n({[]/u;

function keyOf(word: string): string {
  const key = word.normalize('NFKC').toLowerCase().replaceAll('’', "'");
  // 1,000 is 1000; 1.5 and 10:30 keep their sign.
  return /^\d/.test(key) ? key.replace(/,(?=\d{3}(?!\d))/gu, '') : key === '−' ? '-' : key;
}

function hardWord(word: string, key: string, opens: boolean): HardWord | null {
  if (/^[\p{N}%$€£§-]/u.test(key) || NUMBERS.has(key)) return 'number';
  if (NEGATIONS.has(key) || key.endsWith("n't")) return 'negation';
  if (MODALS.has(key) || /'(?:ll|d)$/u.test(key)) return 'modal';
  if (DATES.has(key)) return 'date';
  return !opens && /^\p{Lu}/u.test(word) && !NO_NAMES.has(key) ? 'name' : null;
}

/** The text without unseen signs and parted words, and the way back to its own offsets. */
function cleaned(text: string): { readonly clean: string; readonly at: (offset: number) => number } {
  const cuts: (readonly [start: number, end: number])[] = [];
  for (const match of text.matchAll(UNSEEN)) cuts.push([match.index, match.index + match[0].length]);
  for (const match of text.matchAll(PARTED)) cuts.push([match.index + 1, match.index + match[0].length]);
  if (cuts.length === 0) return { clean: text, at: (offset) => offset };
  cuts.sort((a, b) => a[0] - b[0]);
  const pieces: string[] = [];
  const borders: number[] = [];
  const shifts: number[] = [];
  let from = 0;
  let gone = 0;
  for (const [start, end] of cuts) {
    if (start < from) continue;
    pieces.push(text.slice(from, start));
    gone += end - start;
    borders.push(end - gone);
    shifts.push(gone);
    from = end;
  }
  pieces.push(text.slice(from));
  const at = (offset: number): number => {
    let low = 0;
    let high = borders.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((borders[middle] as number) <= offset) low = middle + 1;
      else high = middle;
    }
    return offset + (shifts[low - 1] ?? 0);
  };
  return { clean: pieces.join(''), at };
}
