import { headingLine } from '../headingLine.ts';
import { isShort, type PageLine } from '../pageLines.ts';
import type { LineKinds } from './furnitureKind.ts';
import { standsApart } from './pageMarks.ts';
import { hasRegularGaps } from './regularGaps.ts';

/** Longest header or footer, in UTF-16 code units. */
export const MAX_LENGTH = 120;
/** Lines above and below a page break that may be footer and header. */
export const DEPTH = 3;
/** A line is a running one when it stands at so many page breaks ... */
const MIN_BREAKS = 3;
/** ... or at two, where the document has no more than so many. */
const FEW_BREAKS = 5;
/** Of the places where a line stands, so many must be at a page break: a provision that is repeated stands anywhere. */
const SHARE_AT_BREAKS = 0.6;
/** Without any page mark: so many times, at equal distances of so many lines, inside sentences so often. */
const UNMARKED = { times: 4, lines: 20, insideSentences: 2, share: 0.25 };
/** What a form repeats on purpose, and rows of tables: never furniture. */
export const CONTENT = /^\W*reserved\W*$|_{3}|\||[[(] ?[xX]? ?[\])]|[☐☑☒□■]|^\(?[A-Za-z0-9]{1,3}[.)] |[;,]$/i;

interface Place {
  readonly index: number;
  /** Page break it stands at; -1 for none. */
  readonly at: number;
}

/** Marks lines repeated at page breaks (form feeds and page marks), also when only their numbers grow, and lines repeated at page distance. */
export function findRunningLines(lines: readonly PageLine[], kinds: LineKinds): void {
  const breaks = pageBreaks(lines, kinds);
  const at = new Map<number, number>();
  breaks.forEach(([first, last], number) => {
    for (const [from, step] of [[first - 1, -1], [last + 1, 1]] as const) {
      let seen = 0;
      for (let index = from; seen < DEPTH && index >= 0 && index < lines.length; index += step) {
        const line = lines[index];
        if (line === undefined || line.blank) continue;
        seen += 1;
        // A short page's footer is not the next page's header as well.
        if (!at.has(index)) at.set(index, number);
      }
    }
  });
  const groups = new Map<string, Place[]>();
  lines.forEach((line, index) => {
    if (kinds[index] !== null || line.fenced || !isShort(line, MAX_LENGTH) || CONTENT.test(line.text)) return;
    const key = keyOf(line);
    const group = groups.get(key);
    const place = { index, at: at.get(index) ?? -1 };
    if (group === undefined) groups.set(key, [place]);
    else group.push(place);
  });
  for (const group of groups.values()) {
    if (group.length < 2) continue;
    const edge = group.filter((place) => place.at !== -1);
    const pages = new Set(edge.map((place) => place.at)).size;
    const enough = pages >= MIN_BREAKS || (pages === 2 && breaks.length <= FEW_BREAKS);
    if (enough && edge.length >= group.length * SHARE_AT_BREAKS && countsPages(lines, edge)) mark(lines, kinds, group, edge);
    else if (isRegular(lines, kinds, group)) for (const { index } of group) kinds[index] = 'runningLine';
  }
}

/** Lines that differ in their numbers only share a key; those that read as a numbered heading must be equal. */
export function keyOf(line: PageLine): string {
  const text = line.text.toLowerCase();
  return isNumberedHeading(line) ? text : text.replace(/\d+/g, '#');
}

function isNumberedHeading(line: PageLine): boolean {
  return headingLine(line.text)?.number !== undefined;
}

/** A running title is also somewhere the heading itself: the first one stays where no other does. */
function mark(lines: readonly PageLine[], kinds: LineKinds, group: readonly Place[], edge: readonly Place[]): void {
  const heads = isNumberedHeading(lines[edge[0]?.index ?? 0] as PageLine) && group.length === edge.length;
  for (const { index } of heads ? edge.slice(1) : edge) kinds[index] = 'runningLine';
}

/** Numbers in a running line are the same on every page, but for one that counts the pages. */
function countsPages(lines: readonly PageLine[], places: readonly Place[]): boolean {
  const rows = places.map(({ index, at }) => ({ at, numbers: (lines[index]?.text.match(/\d+/g) ?? []).map(Number) }));
  const varies = (rows[0]?.numbers ?? []).map((value, n) => rows.some(({ numbers }) => numbers[n] !== value));
  if (varies.filter(Boolean).length > 1) return false;
  const slot = varies.indexOf(true);
  return slot === -1 || rows.every(({ at, numbers }, k) => k === 0 || (numbers[slot] ?? 0) - (rows[k - 1]?.numbers[slot] ?? 0) === at - (rows[k - 1]?.at ?? 0));
}

/** Stretches of blank lines, furniture and ends of pages, as [first, last] line. */
export function pageBreaks(lines: readonly PageLine[], kinds: LineKinds): readonly (readonly [number, number])[] {
  const found: [number, number][] = [];
  for (let index = 0; index < lines.length; index += 1) {
    const isEdge = kinds[index] === 'pageMark' || kinds[index] === 'runningLine';
    const isFeed = lines[index]?.lastOfPage === true;
    if (!isEdge && !isFeed) continue;
    // A form feed behind words stands between two lines: a stretch without lines of its own.
    let first = isFeed && !isEdge && lines[index]?.blank === false ? index + 1 : index;
    let last = index;
    const isGap = (at: number): boolean => at >= 0 && at < lines.length && (lines[at]?.blank === true || kinds[at] === 'pageMark' || kinds[at] === 'runningLine');
    while (isGap(first - 1) && first - 1 > (found.at(-1)?.[1] ?? -1)) first -= 1;
    while (isGap(last + 1)) last += 1;
    found.push([first, last]);
    index = Math.max(index, last);
  }
  return found;
}

/** A line between blank lines at page distance, again and again, that cuts sentences in two. */
function isRegular(lines: readonly PageLine[], kinds: LineKinds, group: readonly Place[]): boolean {
  if (group.length < UNMARKED.times || isNumberedHeading(lines[group[0]?.index ?? 0] as PageLine)) return false;
  const rows = group.map(({ index }) => index);
  if (rows.some((row, k) => k > 0 && row - (rows[k - 1] ?? 0) < UNMARKED.lines) || !hasRegularGaps(rows)) return false;
  if (!rows.every((row) => standsApart(lines, kinds, row, -1) && standsApart(lines, kinds, row, 1))) return false;
  const cuts = rows.filter((row) => cutsSentence(lines, kinds, row)).length;
  return cuts >= UNMARKED.insideSentences && cuts >= rows.length * UNMARKED.share;
}

/** True where the words above do not end a sentence and those below start with a small letter. */
export function cutsSentence(lines: readonly PageLine[], kinds: LineKinds, row: number): boolean {
  const words = (from: number, step: number): PageLine | undefined => {
    for (let at = from; at >= 0 && at < lines.length; at += step) if (lines[at]?.blank === false && kinds[at] === null) return lines[at];
    return undefined;
  };
  const above = words(row - 1, -1)?.text ?? '';
  const below = words(row + 1, 1)?.text ?? '';
  return above !== '' && !/[.:;!?]["')\u201d]*$/.test(above) && /^\p{Ll}/u.test(below);
}
