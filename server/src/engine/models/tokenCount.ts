/**
 * How many tokens a text is to a language model, without the tables of any tokenizer: those of one encoding cost 75 MB and
 * half a second, and models have different ones. Held against the encodings o200k_base and cl100k_base on every sample text:
 * within MEASURED_ERROR of either. For sizing of batches and for usage that a provider does not report, which is then
 * marked as estimated; never for a bill.
 */
export function estimateTokens(text: string): number {
  let tokens = 0;
  for (const { groups } of text.matchAll(PIECE)) tokens += costOf(groups ?? {});
  return Math.ceil(tokens);
}

/** Largest error on a sample of 500 tokens or more, as a share of the true count. */
export const MEASURED_ERROR = 0.06;

/** Pieces as tokenizers cut them: a word with the space in front of it, up to three digits, signs, white space. */
const PIECE =
  / ?(?:(?<wide>[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]+)|(?<latin>[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[A-Z])|(?<letters>[\p{L}\p{M}]+)|(?<signs>[^\s\p{L}\p{M}\p{N}]+)[\n/]*)|(?<digits>\p{N}+)|\s*\n|\s+(?= \S)|\s+/gu;

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

function costOf({ wide, latin, letters, digits, signs }: Readonly<Record<string, string | undefined>>): number {
  if (latin !== undefined) return wordCost(latin);
  if (digits !== undefined) return Math.ceil(digits.length / DIGITS_TO_A_TOKEN);
  if (signs !== undefined) return signsCost(signs);
  if (letters !== undefined) return Math.max(1, letters.length / LETTERS_OF_OTHER);
  if (wide !== undefined) return wide.length / WIDE_TO_A_TOKEN;
  return 1;
}

function wordCost(word: string): number {
  if (word.length > 1 && word === word.toUpperCase()) return Math.max(1, word.length / LETTERS_OF_CAPITALS);
  if (word.length <= SHORT_WORD) return 1;
  return 1 + PER_LETTER * (Math.min(word.length, LONG_WORD) - SHORT_WORD) + Math.max(0, word.length - LONG_WORD) / LETTERS_OF_LONG;
}

/** A row of the same sign (a rule, dots of a table of contents) is few tokens, however long. */
function signsCost(signs: string): number {
  const rows = signs.replace(/(.)\1{3,}/gsu, '$1');
  return Math.max(1, rows.length / SIGNS_TO_A_TOKEN);
}
