/** A shorter line ends where its words end; a longer one where the page does. */
const FULL_LINE = 40;

/**
 * The text, at the same length, with a blank for every line end inside a sentence: text taken from a PDF breaks its lines
 * anywhere, and "only if the box⏎is checked" is one clause. Ends of list items, headings and rows of tables stay.
 */
export function softWrapped(text: string): string {
  return text.replace(/\n(?=[ \t]*([^\s]\S*))/gu, (end, next: string, at: number) => {
    const line = text.slice(text.lastIndexOf('\n', at - 1) + 1, at).trimEnd();
    const inSentence = line.trimStart().length >= FULL_LINE && /[\p{L}\p{N},)"”’'-]$/u.test(line) && !isColumns(line);
    const after = text.slice(at + 1, lineEnd(text, at + 1));
    return inSentence && /^["“(]?[\p{L}\p{N}$§]/u.test(next) && !MARK.test(next) && !isColumns(after) ? ' ' : end;
  });
}

const MARK = /^(?:\((?:[a-z]{1,3}|\d{1,2})\)|(?:\d{1,3}(?:\.\d{1,3})*|[a-z])[.)])$/iu;

function isColumns(line: string): boolean {
  return /\S(?: {3,}|\t|[ \t]*\.{4,}[ \t]*)\S|\|/u.test(line.trim());
}

function lineEnd(text: string, from: number): number {
  const at = text.indexOf('\n', from);
  return at < 0 ? text.length : at;
}
