import { matched, type EntityFinder } from './entity.ts';

const MONTHS = ['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september', 'october', 'november', 'december'];
const MONTH = `(?:${MONTHS.join('|')}|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\\.?`;
const DATE = new RegExp(
  [
    String.raw`\b(${MONTH})\s+(\d{1,2})(?:st|nd|rd|th)?(?:,?\s+(\d{4}))?(?![\d%])`,
    String.raw`\b(\d{1,2})(?:st|nd|rd|th)?\s+(?:day\s+of\s+)?(${MONTH})(?:,?\s+(\d{4}))?\b`,
    String.raw`\b(\d{4})-(\d{2})-(\d{2})\b`,
    String.raw`\b(\d{1,2})\/(\d{1,2})\/(\d{4}|\d{2})\b`,
    String.raw`\b(${MONTH})\s+(\d{4})\b`,
  ].join('|'),
  'giu',
);

/** Calendar dates, written `2026-01-31`, `--01-31` without a year, `2026-01` without a day. */
export const findDates: EntityFinder = (text) => matched(text, DATE, 'date', dateValue);

function dateValue(match: RegExpExecArray): string {
  const [, monthA, dayA, yearA, dayB, monthB, yearB, isoYear, isoMonth, isoDay, slashMonth, slashDay, slashYear, monthC, yearC] = match;
  if (isoYear !== undefined) return `${isoYear}-${isoMonth}-${isoDay}`;
  if (slashYear !== undefined) return `${slashYear}-${padded(slashMonth)}-${padded(slashDay)}`;
  if (monthC !== undefined) return `${yearC}-${monthNumber(monthC)}`;
  const month = monthNumber(monthA ?? monthB ?? '');
  return `${yearA ?? yearB ?? '-'}-${month}-${padded(dayA ?? dayB)}`;
}

function monthNumber(name: string): string {
  const start = name.slice(0, 3).toLowerCase();
  return padded(String(MONTHS.findIndex((month) => month.startsWith(start)) + 1));
}

function padded(number: string | undefined): string {
  return (number ?? '').padStart(2, '0');
}

const TIME = /\b(\d{1,2})(?::(\d{2}))?\s*([ap])\.?\s?m\b\.?|\b(\d{1,2}):(\d{2})\b/giu;

/** Times of day, on a clock of 24 hours. */
export const findTimes: EntityFinder = (text) =>
  matched(text, TIME, 'time', ([, hour, minute, half, hour24, minute24]) => {
    if (half === undefined) return `${padded(hour24)}:${minute24}`;
    return `${padded(String((Number(hour) % 12) + (half.toLowerCase() === 'p' ? 12 : 0)))}:${minute ?? '00'}`;
  });
