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

const YEAR_OR_PERIOD = String.raw`plan\s+year|limitation\s+year|calendar\s+year|taxable\s+year|fiscal\s+year|calendar\s+quarter|plan\s+quarter|quarter|calendar\s+month|month|pay(?:roll)?\s+period|computation\s+period`;
const DAY_OF = new RegExp(
  String.raw`\b(?:(first|1st|last)\s+(business\s+)?day|(beginning|start|commencement|end|close))\s+of\s+(?:(?:the|a|an|any|that|such|its)\s+)?(?:(next|following|succeeding|immediately\s+following|seventh|sixth|third)\s+)?(${YEAR_OR_PERIOD})\b`,
  'giu',
);

/**
 * Calendar dates, written `2026-01-31`, `--01-31` without a year, `2026-01` without a day; and days that a plan's calendar
 * names: `first day of plan year`, also for its beginning.
 */
export const findDates: EntityFinder = (text) =>
  [
    ...matched(text, DATE, 'date', dateValue),
    ...matched(text, DAY_OF, 'date', ([, day, business, edge, which, period = '']) => {
      const last = /^(?:last|end|close)/iu.test(day ?? edge ?? '');
      const name = period.toLowerCase().replace(/\s+/gu, ' ').replace(/^pay .*/u, 'payroll period').replace(/^calendar (?=quarter|month)/u, '');
      const next = which === undefined ? '' : `${which.toLowerCase().replace(/\s+/gu, ' ').replace(/^(?:following|succeeding|immediately following)$/u, 'next')} `;
      return `${last ? 'last' : 'first'} ${business === undefined ? '' : 'business '}day of ${next}${name}`;
    }),
  ].sort((a, b) => a.start - b.start);

/** True for a day that the plan's calendar names, not the world's. */
export function isDayOfPeriod(value: string): boolean {
  return /^(?:first|last)/u.test(value);
}

function dateValue(match: RegExpExecArray): string | null {
  // "May" and "march" in small letters are verbs.
  if (/\b(?:may|march)\b/u.test(match[0])) return null;
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
