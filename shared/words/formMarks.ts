/** Lines of a blank that lead into an answer or follow it: `__21__`, `$__5,000__`, `__21`. A line alone is an empty blank. */
const LINES = /(?<![\p{L}\p{N}_])_{2,}(?=[\p{L}\p{N}$€£])|(?<=[\p{L}\p{N}.%)])_{2,}(?![\p{L}\p{N}_])/gu;

/** The words of a form as they are read with its blanks filled in: `__6__%` as `6%`. */
export function withoutFormMarks(words: string): string {
  return words.replace(LINES, '');
}
