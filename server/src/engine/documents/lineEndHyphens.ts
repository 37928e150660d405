import type { TextRange } from '../../../../shared/words/textParts.ts';

/** Half of a word at a line end or start is looked for in so many characters. */
const MAX_PART = 40;
/** Parts that keep their hyphen in front of a word of the document, where it does not say otherwise. */
const KEEPS_HYPHEN: ReadonlySet<string> = new Set(
  ('non pre post self co multi semi anti ex cross long short well half part full mid quasi year month week day hour age ' +
    'one two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty sixty seventy eighty ninety first second third').split(' '),
);
const WORD = /\p{L}{1,60}(?:-\p{L}{1,60}){0,4}/gu;
const LETTER = /\p{L}/u;
const SOFT_HYPHEN = '\u00ad';

interface BrokenWord {
  readonly hyphen: number;
  readonly next: number;
  readonly left: string;
  readonly right: string;
  readonly soft: boolean;
}

function brokenWords(text: string): readonly BrokenWord[] {
  const found: BrokenWord[] = [];
  for (let line = text.indexOf('\n'); line !== -1; line = text.indexOf('\n', line + 1)) {
    let hyphen = line - 1;
    while (hyphen > line - 4 && (text[hyphen] === ' ' || text[hyphen] === '\t')) hyphen -= 1;
    const sign = text[hyphen];
    if (sign !== '-' && sign !== SOFT_HYPHEN) continue;
    let next = line + 1;
    while (next < line + MAX_PART && (text[next] === ' ' || text[next] === '\t')) next += 1;
    const left = /[\p{L}\p{N}]+$/u.exec(text.slice(Math.max(0, hyphen - MAX_PART), hyphen))?.[0] ?? '';
    const right = /^[\p{L}\p{N}]+/u.exec(text.slice(next, next + MAX_PART))?.[0] ?? '';
    if (left !== '' && right !== '') found.push({ hyphen, next, left, right, soft: sign === SOFT_HYPHEN });
  }
  return found;
}

/**
 * What is left out where a word is broken over two lines: the hyphen and the line end of "contri-/bution", the line end
 * alone of "pre-/tax". Which of the two it is says the word's other uses in the document, then a list of prefixes.
 */
export function lineEndHyphens(text: string): readonly TextRange[] {
  const broken = brokenWords(text);
  if (broken.length === 0) return [];
  const known = new Set<string>();
  // The halves themselves prove nothing.
  const halves = new Set(broken.flatMap(({ hyphen, next }) => [-hyphen, next]));
  for (const { index, 0: word } of text.matchAll(WORD)) {
    if (!halves.has(index) && !halves.has(-(index + word.length))) known.add(word.toLowerCase());
  }
  return broken.map(({ hyphen, next, left, right, soft }) => ({ start: soft || isOneWord(left, right, known) ? hyphen : hyphen + 1, end: next }));
}

function isOneWord(left: string, right: string, known: ReadonlySet<string>): boolean {
  const lettersOnly = !/\p{N}/u.test(left + right);
  const capitals = left.length > 1 && left === left.toUpperCase() && right === right.toUpperCase();
  if (!lettersOnly || !LETTER.test(right[0] ?? '')) return false;
  if (!capitals && right[0] !== right[0]?.toLowerCase()) return false;
  const [a, b] = [left.toLowerCase(), right.toLowerCase()];
  if (known.has(a + b)) return true;
  if (known.has(`${a}-${b}`)) return false;
  return !(KEEPS_HYPHEN.has(a) && known.has(b));
}
