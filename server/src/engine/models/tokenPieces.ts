/** Pieces of a text as tokenizers cut them, and what each costs in tokens. */

/** A word with the space in front of it, up to three digits, signs, white space. */
const PIECE =
  / ?(?:(?<wide>[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]+)|(?<latin>[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[A-Z])|(?<letters>[\p{L}\p{M}]+)|(?<signs>[^\s\p{L}\p{M}\p{N}]+)[\n/]*)|(?<digits>\p{N}+)|\s*\n|\s+(?= \S)|\s+/uy;

/** English words up to this length are mostly one token. Letters. */
const SHORT_WORD = 5;
/** Tokens that each letter beyond adds, measured on the samples' words of 6 to 13 letters. */
const PER_LETTER = 0.04;
/** Longer "words" are names, keys and hashes. Letters. */
const LONG_WORD = 13;
/** Letters to a token beyond it, and in capitals. */
const LETTERS_OF_LONG = 3;
const LETTERS_OF_CAPITALS = 3;
/** Characters to a token in other alphabets, and in scripts without spaces. */
const LETTERS_OF_OTHER = 2;
const WIDE_TO_A_TOKEN = 1;
const DIGITS_TO_A_TOKEN = 3;
/** Signs that stand together (`",`, `):`) are mostly one token. */
const SIGNS_TO_A_TOKEN = 3;
/** Fewer equal signs are no row. */
const ROW = 4;

export interface Piece {
  readonly end: number;
  readonly cost: number;
}

/** The piece that begins at `start`, a place between characters; whatever it is made of. */
export function pieceAt(text: string, start: number): Piece {
  PIECE.lastIndex = start;
  const found = PIECE.exec(text);
  if (found === null) throw new Error('A text has a place that is no piece.');
  const { wide, latin, letters, signs, digits } = found.groups ?? {};
  return { end: PIECE.lastIndex, cost: costOf(wide, latin, letters, signs, digits) };
}

function costOf(wide: string | undefined, latin: string | undefined, letters: string | undefined, signs: string | undefined, digits: string | undefined): number {
  if (latin !== undefined) return wordCost(latin.length, latin === latin.toUpperCase());
  if (digits !== undefined) return digitsCost(digits.length);
  if (signs !== undefined) return signsCost(signs);
  if (letters !== undefined) return Math.max(1, letters.length / LETTERS_OF_OTHER);
  if (wide !== undefined) return wide.length / WIDE_TO_A_TOKEN;
  return 1;
}

/** Of a word of so many Latin letters. */
export function wordCost(length: number, isCapitals: boolean): number {
  if (length > 1 && isCapitals) return Math.max(1, length / LETTERS_OF_CAPITALS);
  if (length <= SHORT_WORD) return 1;
  return 1 + PER_LETTER * (Math.min(length, LONG_WORD) - SHORT_WORD) + Math.max(0, length - LONG_WORD) / LETTERS_OF_LONG;
}

export function digitsCost(length: number): number {
  return Math.ceil(length / DIGITS_TO_A_TOKEN);
}

/** A row of the same sign (a rule, dots of a table of contents) is few tokens, however long. */
export function signsCost(signs: string): number {
  if (signs.length < ROW) return Math.max(1, signs.length / SIGNS_TO_A_TOKEN);
  const rows = signs.replace(/(.)\1{3,}/gsu, '$1');
  return Math.max(1, rows.length / SIGNS_TO_A_TOKEN);
}
