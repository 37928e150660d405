import { isShort, type PageLine } from '../pageLines.ts';
import type { LineKinds } from './furnitureKind.ts';
import { hasRegularGaps } from './regularGaps.ts';

const NUMBER = String.raw`(\d{1,4}|[ivxlc]{1,7})`;
/** `Page 12 of 90`: says by itself what it is. */
const FULL_MARK = new RegExp(String.raw`^[-–—[(| ]*(?:page|pg\.?)[ |]*${NUMBER}[ ]?(?:of|/)[ ]?${NUMBER}[-–—\])| ]*$`, 'i');
/** `Page 12`, `- 12 -`, `12 | Page`, `12 of 90`: says it where it stands apart from the lines around it. */
const MARKS: readonly RegExp[] = [
  new RegExp(String.raw`^[-–—[(| ]*(?:page|pg\.?)[ |]*${NUMBER}[-–—\])| ]*$`, 'i'),
  new RegExp(String.raw`^[-–—][ ]?${NUMBER}[ ]?[-–—]$`),
  /^(\d{1,4}) ?\| ?page$/i,
];
const COUNTED = /^(\d{1,4}) ?(?:of|\/) ?(\d{1,4})$/;
const BARE = /^(?:\d{1,4}|[ivxlc]{1,7})$/;
/** `Alder Plan Document | Page 12`: the number grows from page to page. */
const PAGE_INSIDE = /(?:^|[\s|([])page (\d{1,4}|[ivxlc]{1,7})(?: of \d{1,4})?(?=$|[\s|)\]])/i;
const MAX_MARK = 40;
const MAX_RUNNING = 120;
/** Bare numbers that no form feed proves: so many in a row, each one more than the last. */
const MIN_ROW = 3;
/** A shorter page than this is no page but a list, in lines. */
const MIN_PAGE_LINES = 15;

/** True where a line's neighbour is a blank line, the end of the text or of a page, or furniture. */
export function standsApart(lines: readonly PageLine[], kinds: LineKinds, index: number, side: -1 | 1): boolean {
  const other = lines[index + side];
  const border = side === 1 ? lines[index] : other;
  return other === undefined || other.blank || border?.lastOfPage === true || kinds[index + side] !== null;
}

/** Marks lines that hold nothing but the number of a page. */
export function findPageMarks(lines: readonly PageLine[], kinds: LineKinds, text: string): void {
  const counted: number[] = [];
  lines.forEach((line, index) => {
    if (line.fenced || !isShort(line, MAX_MARK)) return;
    if (FULL_MARK.test(line.text)) kinds[index] = 'pageMark';
    else if (MARKS.some((mark) => mark.test(line.text)) && (standsApart(lines, kinds, index, -1) || standsApart(lines, kinds, index, 1))) kinds[index] = 'pageMark';
    else if (COUNTED.test(line.text)) counted.push(index);
  });
  markCounted(lines, kinds, counted);
  markNumbersInRunningLines(lines, kinds, text);
  markBareNumbers(lines, kinds);
}

/** `12 of 90` or `12/90`, where several count towards the same total. */
function markCounted(lines: readonly PageLine[], kinds: LineKinds, counted: readonly number[]): void {
  const byTotal = new Map<string, number[]>();
  for (const index of counted) {
    const total = COUNTED.exec(lines[index]?.text ?? '')?.[2] ?? '';
    if (standsApart(lines, kinds, index, -1) && standsApart(lines, kinds, index, 1)) addTo(byTotal, total, index);
  }
  const numberAt = (index: number): number => Number.parseInt(lines[index]?.text ?? '', 10);
  for (const row of byTotal.values()) if (row.length > 1 && grows(row.map(numberAt))) for (const index of row) kinds[index] = 'pageMark';
}

function addTo<T>(groups: Map<string, T[]>, key: string, value: T): void {
  const group = groups.get(key);
  if (group === undefined) groups.set(key, [value]);
  else group.push(value);
}

function grows(numbers: readonly number[]): boolean {
  return numbers.every((value, k) => k === 0 || value > (numbers[k - 1] ?? 0));
}

/** Set off from the words beside it by blanks, a tab or a bar, as no sentence sets off the number of a page. */
const SET_OFF = /^[ \t]*page [^ ]{1,7}(?: of \d{1,4})?(?: {2,}|\t|[ \t]*\|)|(?: {2,}|\t|\|[ \t]*|[[(])page [^ ]{1,7}(?: of \d{1,4})?[\])]?[ \t]*$/i;

function markNumbersInRunningLines(lines: readonly PageLine[], kinds: LineKinds, text: string): void {
  const groups = new Map<string, { readonly index: number; readonly page: string }[]>();
  lines.forEach((line, index) => {
    if (line.fenced || kinds[index] !== null || !isShort(line, MAX_RUNNING)) return;
    const inside = PAGE_INSIDE.exec(line.text);
    if (inside === null) return;
    const apart = standsApart(lines, kinds, index, -1) || standsApart(lines, kinds, index, 1);
    if (!apart && !SET_OFF.test(text.slice(line.start, line.end))) return;
    addTo(groups, line.text.replace(PAGE_INSIDE, ' # ').toLowerCase(), { index, page: inside[1] ?? '' });
  });
  for (const group of groups.values()) {
    // Pages before the first one are counted in Roman numbers of their own.
    const [roman, arabic] = [group.filter(({ page }) => !/^\d/.test(page)), group.filter(({ page }) => /^\d/.test(page))];
    const counts = [roman, arabic].every((row) => grows(row.map(({ page }) => pageNumber(page.toLowerCase()))));
    if (!counts || Math.max(roman.length, arabic.length) < 2) continue;
    for (const { index } of group) kinds[index] = 'runningLine';
  }
}

/** The value of `12` or `xii`. */
function pageNumber(text: string): number {
  if (/^\d/.test(text)) return Number(text);
  const values = [...text].map((letter) => ({ i: 1, v: 5, x: 10, l: 50, c: 100 })[letter] ?? 0);
  return values.reduce((sum, value, k) => sum + (value < (values[k + 1] ?? 0) ? -value : value), 0);
}

/** True where the nearest line that is not blank, on this side, is beyond the end of a page. */
function nextToPageEnd(lines: readonly PageLine[], index: number): boolean {
  for (let at = index; at < lines.length; at += 1) {
    if (lines[at]?.lastOfPage === true) return true;
    if (lines[at + 1]?.blank !== true) break;
  }
  for (let at = index - 1; at >= 0; at -= 1) {
    if (lines[at]?.lastOfPage === true) return true;
    if (lines[at]?.blank !== true) break;
  }
  return false;
}

function markBareNumbers(lines: readonly PageLine[], kinds: LineKinds): void {
  const loose: number[] = [];
  const fed: number[] = [];
  lines.forEach((line, index) => {
    if (line.fenced || kinds[index] !== null || !isShort(line, 7) || !BARE.test(line.text)) return;
    const apart = standsApart(lines, kinds, index, -1) && standsApart(lines, kinds, index, 1);
    const besideMark = (kinds[index - 1] ?? null) !== null || (kinds[index + 1] ?? null) !== null;
    if (besideMark || nextToPageEnd(lines, index)) fed.push(index);
    else if (apart) loose.push(index);
  });
  const value = (index: number): number => pageNumber(lines[index]?.text ?? '');
  const isNext = (a: number | undefined, b: number | undefined): boolean => a !== undefined && b !== undefined && value(b) === value(a) + 1;
  fed.forEach((index, k) => {
    const apart = standsApart(lines, kinds, index, -1) && standsApart(lines, kinds, index, 1);
    if (apart || isNext(fed[k - 1], index) || isNext(index, fed[k + 1])) kinds[index] = 'pageMark';
  });
  for (let k = 0; k < loose.length; ) {
    let last = k;
    while (isNext(loose[last], loose[last + 1]) && (loose[last + 1] ?? 0) - (loose[last] ?? 0) >= MIN_PAGE_LINES) last += 1;
    const row = loose.slice(k, last + 1);
    if (row.length >= MIN_ROW && hasRegularGaps(row) && !headsText(lines, row)) for (const index of row) kinds[index] = 'pageMark';
    k = last + 1;
  }
}

/** True where most of the numbers stand right above a short line with a capital: then they number chapters. */
function headsText(lines: readonly PageLine[], row: readonly number[]): boolean {
  const heads = row.filter((index) => {
    const below = lines.slice(index + 1, index + 4).find((line) => !line.blank);
    return below !== undefined && below.text.length <= 60 && /^\p{Lu}/u.test(below.text) && !/[.;,]$/.test(below.text);
  });
  return heads.length * 2 > row.length;
}
