import { matched, type EntityFinder } from './entity.ts';
import { NUMERAL, numeralValue } from './numerals.ts';

const AGE = new RegExp(String.raw`\b(?:age|ages|aged|attain(?:s|ed|ment of)?(?:\s+the)?\s+age(?:\s+of)?)(?:\s+of)?\s+(${NUMERAL})|(${NUMERAL})\s+years\s+(?:of\s+age|old)\b`, 'giu');

/** Ages: `21` for "age 21", "age of twenty-one (21)", "21 years of age". */
export const findAges: EntityFinder = (text) =>
  matched(text, AGE, 'age', ([, after, before]) => numeralValue(after ?? before ?? ''));

const HOURS = new RegExp(String.raw`(${NUMERAL})[\s-]+hours?\b(?:\s+of\s+service\b)?`, 'giu');

/** Hours, of service or of time: `1000` for "1,000 Hours of Service". */
export const findHours: EntityFinder = (text) => matched(text, HOURS, 'hours', ([, numeral]) => numeralValue(numeral ?? ''));

const PERIOD = new RegExp(
  String.raw`(${NUMERAL})[\s-]+(?:(consecutive|full|complete|calendar|business|working|plan)[\s-]+)?(seconds?|minutes?|days?|weeks?|months?|quarters?|years?)\b(?:['’]s?)?`,
  'giu',
);
const FREQUENCY = /\b(daily|weekly|bi-?weekly|semi-?monthly|monthly|quarterly|semi-?annual(?:ly)?|annual(?:ly)?|yearly)\b/giu;

/** In the smaller unit where the two are exact multiples: a year is twelve months to a plan. */
const UNITS: Readonly<Record<string, readonly [unit: string, times: number]>> = {
  second: ['second', 1], minute: ['second', 60], day: ['day', 1], week: ['day', 7],
  month: ['month', 1], quarter: ['month', 3], year: ['month', 12],
};
const FREQUENCIES: readonly (readonly [RegExp, string])[] = [
  [/^semi-?month/iu, 'twice a month'], [/^bi-?week/iu, 'every 2 weeks'], [/^semi-?ann/iu, 'every 6 months'],
  [/^dai/iu, 'every day'], [/^week/iu, 'every week'], [/^month/iu, 'every month'], [/^quarter/iu, 'every quarter'],
  [/./u, 'every year'],
];

/** Lengths of time and frequencies: `12 month` for "one year", `30 business day`, `every quarter`. */
export const findPeriods: EntityFinder = (text) => [
  ...matched(text, PERIOD, 'period', ([, numeral, which = '', unit = '']) => {
    const [name, times] = UNITS[unit.toLowerCase().replace(/s$/u, '')] ?? [unit, 1];
    const kind = /business|working/iu.test(which) ? 'business ' : '';
    return `${Number(numeralValue(numeral ?? '')) * times} ${kind}${name}`;
  }),
  ...matched(text, FREQUENCY, 'period', ([word]) => FREQUENCIES.find(([pattern]) => pattern.test(word))?.[1] ?? null),
];
