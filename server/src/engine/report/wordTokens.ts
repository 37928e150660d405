import { readingText } from '../documents/readingText.ts';
import type { UnitWords } from './unitWords.ts';

export interface WordToken {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Words, numbers with their separators, and single other characters; space only parts them. */
const TOKEN = /\p{L}[\p{L}\p{M}\p{N}]*(?:['\u2019-][\p{L}\p{N}]+)*|\p{N}+(?:[.,]\p{N}+)*|[^\s]/gu;

/** Page furniture is shown but not compared, and a word broken over two lines is one. */
export function wordTokens(words: UnitWords): readonly WordToken[] {
  const reading = readingText(words.text, 0, words.text.length, words.omitted);
  return [...reading.text.matchAll(TOKEN)].map((found) => {
    const [start, end] = reading.range(found.index, found.index + found[0].length);
    return { text: found[0], start, end };
  });
}

/** Equal for tokens that differ in case or in the form of a quotation mark only. */
export function comparable(token: string): string {
  return token.replace(/\u2019/g, "'").replace(/[\u201c\u201d]/g, '"').toLowerCase();
}
