import type { Entity, EntityFinder } from './entity.ts';
import { NUMERAL, numeralValue } from './numerals.ts';
import { tableRows, type TableRow } from './tableRows.ts';

const PERCENT = String.raw`${NUMERAL}\s*(?:%|per\s?cent\b)(?:\s*\(\s*[\d.,]+\s*%\s*\))?`;
const SERVICE = String.raw`(?:\s+of\s+(?:(?:vesting|eligibility|credited)\s+)?service)?`;
const YEARS = String.raw`(?:(?:completed\s+|full\s+)?years?\b${SERVICE})`;
const BUT_LESS = String.raw`(?:\s*,?\s*but\s+(?:less|fewer)\s+than\s+(?:${NUMERAL})(?:\s+${YEARS})?)?`;
const COUNT = String.raw`(less\s+than\s+|fewer\s+than\s+)?(?:at\s+least\s+)?(${NUMERAL})(?:\s*\+|\s+or\s+more)?(?:\s+${YEARS})?(?:\s+or\s+more)?${BUT_LESS}`;

/** `20% after two years`, `40 percent upon completion of 3 Years of Service`. */
const PERCENT_FIRST = new RegExp(
  String.raw`(${PERCENT})(?:\s+vested)?\s+(?:after|upon|for|with|at|when|if|on|once)\s+(?:(?:the|a|an|completing|completion|of|credited|having|has|participant|employee|completes?|with|after)\s+){0,5}${COUNT}`,
  'giu',
);
/** `after two years, 20%`, `3 years: 40 percent`, `less than 2 years of service - 0%`. */
const YEARS_FIRST = new RegExp(
  String.raw`${COUNT.replace(String.raw`(?:\s+${YEARS})?(?:\s+or\s+more)?`, String.raw`\s+${YEARS}(?:\s+or\s+more)?`)}\s*(?:,|:|;|-{1,2}|–|—|=|\.{2,60})?\s*(${PERCENT})`,
  'giu',
);
/** `100% of the first 3%`, `50% of the next 2%`, `50% of deferrals above 3% but not above 5%`. */
const TIER = new RegExp(
  String.raw`(${PERCENT})\s+of\s+(?:[^.;%\d\u0001]{0,70}?)\b(?:(first|next)\s+(${PERCENT})|(?:between|from|(?:in\s+excess\s+of|above|over|exceeding|greater\s+than|more\s+than|exceeds?))\s+(${PERCENT})[^.;%\d\u0001]{1,70}?(${PERCENT})|(?:up\s+to|not\s+(?:to\s+)?exceed(?:ing)?|not\s+in\s+excess\s+of|that\s+do(?:es)?\s+not\s+exceed)\s+(${PERCENT}))`,
  'giu',
);

/** Fewer rows are single facts, not a schedule. */
const MIN_ROWS = 2;

/**
 * The rows of vesting and matching schedules, from prose and from tables, in one form: `3 years: 40 %`, `first 3 %: 100 %`. A row
 * of another table has its first cell in front: `salaried: 5 %`.
 */
export const findSchedules: EntityFinder = (text) => {
  const table = tableRows(text).filter(saysSomething).map(fromTable);
  if (!/%|per\s?cent/iu.test(text)) return table;
  const free = (row: Entity): boolean => !table.some((other) => row.start < other.end && other.start < row.end);
  const prose = [atLeast(vesting(text)), atLeast(tiers(text))].flatMap((rows) => rows.filter(free));
  return [...table, ...prose].sort((a, b) => a.start - b.start);
};

/** A row of a form whose blanks are compared apart says nothing by itself. */
function saysSomething({ cells }: TableRow): boolean {
  return cells.slice(1).some((cell) => /[\p{L}\p{N}]/u.test(cell));
}

function vesting(text: string): readonly Entity[] {
  const first = [...text.matchAll(PERCENT_FIRST)].map((match) => row(match, match[2], match[3], match[1]));
  const later = [...text.matchAll(YEARS_FIRST)].map((match) => row(match, match[1], match[2], match[3]));
  const [rows, others] = first.length >= later.length ? [first, later] : [later, first];
  return [...rows, ...others.filter((each) => !rows.some((other) => each.start < other.end && other.start < each.end))].sort((a, b) => a.start - b.start);
}

function row(match: RegExpExecArray, less: string | undefined, years: string | undefined, percent: string | undefined): Entity {
  return { kind: 'schedule', value: `${yearsKey(less, years)}: ${percentValue(percent)}`, start: match.index, end: match.index + match[0].trimEnd().length };
}

function yearsKey(less: string | undefined, years: string | undefined): string {
  const count = numeralValue(years ?? '');
  return `${less === undefined ? '' : 'less than '}${count} ${count === '1' ? 'year' : 'years'}`;
}

function percentValue(percent: string | undefined): string {
  return `${numeralValue((percent ?? '').replace(/\s*(?:%|per\s?cent)(?=\s|$)/iu, ''))} %`;
}

function atLeast(rows: readonly Entity[]): readonly Entity[] {
  return new Set(rows.map(({ value }) => value.split(':')[0])).size >= MIN_ROWS ? rows : [];
}

function tiers(text: string): readonly Entity[] {
  let reached = 0;
  return [...text.matchAll(TIER)].map((match): Entity => {
    const [words, rate, step, width, from, to, limit] = match;
    const number = (percent: string | undefined): number => Number(percentValue(percent).replace(' %', ''));
    let tier: readonly [number, number] = [0, number(width ?? limit)];
    if (/^next$/iu.test(step ?? '')) tier = [reached, reached + number(width)];
    else if (from !== undefined) tier = [number(from), number(to)];
    reached = tier[1];
    const name = tier[0] === 0 ? `first ${tier[1]} %` : `${tier[0]} % to ${tier[1]} %`;
    return { kind: 'schedule', value: `${name}: ${percentValue(rate)}`, start: match.index, end: match.index + words.length };
  });
}

const YEARS_CELL = new RegExp(String.raw`^(?:after\s+)?${COUNT}$`, 'iu');
const PERCENT_CELL = new RegExp(String.raw`^(${PERCENT})(?:\s+vested)?$`, 'iu');
const NUMBER_CELL = new RegExp(String.raw`^(${NUMERAL})$`, 'iu');

function fromTable({ start, end, cells, header }: TableRow): Entity {
  const [label = '', ...values] = cells;
  const years = YEARS_CELL.exec(label);
  const isYears = years !== null && (/\byears?\b/iu.test(label) || /\byears?\b/iu.test(header[0] ?? ''));
  const key = isYears ? yearsKey(years[1], years[2]) : label.toLowerCase().replace(/\s+/gu, ' ');
  return { kind: 'schedule', value: `${key}: ${values.map((cell, k) => cellValue(cell, header[k + 1] ?? '')).join('; ')}`, start, end };
}

function cellValue(cell: string, header: string): string {
  const percent = PERCENT_CELL.exec(cell);
  if (percent !== null) return percentValue(percent[1]);
  if (NUMBER_CELL.test(cell)) return /%|per\s?cent/iu.test(header) ? `${numeralValue(cell)} %` : numeralValue(cell);
  return cell.toLowerCase().replace(/\s+/gu, ' ');
}

/** What a row is known by, and what it says: `3 years` and `40 %`. */
export function rowParts(value: string): readonly [key: string, said: string] {
  const at = value.lastIndexOf(': ');
  return at < 0 ? [value, ''] : [value.slice(0, at), value.slice(at + 2)];
}

/** "Less than two years: 0 %" says what a schedule without it says as well. */
export function isEmptyRow(value: string): boolean {
  const [key, said] = rowParts(value);
  return said === '0 %' && (key.startsWith('less than ') || key === '0 years' || key === '1 year');
}
