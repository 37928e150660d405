import { isShort, type PageLine } from '../pageLines.ts';
import type { LineKinds } from './furnitureKind.ts';
import { CONTENT, cutsSentence, DEPTH, keyOf, MAX_LENGTH, pageBreaks } from './runningLines.ts';

/** The first lines from `from` on that are no furniture yet, up to DEPTH, inside [first, last]. */
function edge(lines: readonly PageLine[], kinds: LineKinds, from: number, step: 1 | -1, first: number, last: number): readonly number[] {
  const found: number[] = [];
  for (let at = from; found.length < DEPTH && at >= first && at <= last; at += step) if (lines[at]?.blank === false && kinds[at] === null) found.push(at);
  return found;
}

/** Lines that stand at the same place of both pages, counted from their edge, and nowhere else. */
function repeated(lines: readonly PageLine[], uses: ReadonlyMap<string, number>, one: readonly number[], two: readonly number[]): readonly (readonly [number, number])[] {
  const pairs: [number, number][] = [];
  for (const [at, first] of one.entries()) {
    const second = two[at];
    const [above, below] = [lines[first], lines[second ?? -1]];
    if (second === undefined || second <= first || above === undefined || below === undefined) break;
    if (!isShort(above, MAX_LENGTH) || above.fenced || below.fenced || CONTENT.test(above.text)) break;
    if (keyOf(above) !== keyOf(below) || uses.get(keyOf(above)) !== 2 || !numbersCount(above, below)) break;
    pairs.push([first, second]);
  }
  return pairs;
}

/** Numbers are the same on both pages, but for one that counts the pages. */
function numbersCount(above: PageLine, below: PageLine): boolean {
  const [here, there] = [above, below].map(({ text }) => (text.match(/\d+/g) ?? []).map(Number));
  const steps = (here ?? []).map((value, k) => (there?.[k] ?? 0) - value).filter((step) => step !== 0);
  return steps.length === 0 || (steps.length === 1 && steps[0] === 1);
}

/**
 * Marks the header and footer of a text of two pages, whose one break is too little for `findRunningLines`: lines that
 * stand alike at the edges of both pages. The break must be one of pages beyond doubt, by the number of a page or a
 * sentence that goes on behind it: two forms in one file start alike, too. The first header stays, as it does in a
 * longer text: it may be the title.
 */
export function findTwoPageLines(lines: readonly PageLine[], kinds: LineKinds): void {
  const words = edge(lines, kinds, 0, 1, 0, lines.length - 1)[0];
  const end = edge(lines, kinds, lines.length - 1, -1, 0, lines.length - 1)[0];
  if (words === undefined || end === undefined) return;
  const [only, another] = pageBreaks(lines, kinds).filter(([first, last]) => first > words && last < end);
  if (only === undefined || another !== undefined) return;
  const [first, last] = only;
  const uses = new Map<string, number>();
  for (const [at, line] of lines.entries()) if (kinds[at] === null && !line.blank) uses.set(keyOf(line), (uses.get(keyOf(line)) ?? 0) + 1);
  const headers = repeated(lines, uses, edge(lines, kinds, 0, 1, 0, first - 1), edge(lines, kinds, last + 1, 1, last + 1, lines.length - 1));
  const footers = repeated(lines, uses, edge(lines, kinds, first - 1, -1, 0, first - 1), edge(lines, kinds, lines.length - 1, -1, last + 1, lines.length - 1));
  const row = headers[0]?.[1] ?? footers[0]?.[0];
  if (row === undefined) return;
  const counts = [...headers, ...footers].some(([above, below]) => lines[above]?.text !== lines[below]?.text);
  const isNumbered = counts || kinds.slice(first, last + 1).includes('pageMark');
  const marked = [...headers.map(([, second]) => second), ...footers.flat()];
  for (const at of marked) kinds[at] = 'runningLine';
  if (isNumbered || cutsSentence(lines, kinds, row)) return;
  for (const at of marked) kinds[at] = null;
}
