import { matched, type EntityFinder } from './entity.ts';
import { NUMERAL, numeralValue } from './numerals.ts';

const REACHED = String.raw`(?:attain(?:s|ed|ing|ment\s+of)?|reach(?:es|ed|ing)?)(?:\s+(?:the|an))?\s+age`;
const AGE = new RegExp(
  String.raw`\b(?:${REACHED}|ages?|aged)(?:\s+of)?\s+(${NUMERAL})(?:\s+years\b)?|(${NUMERAL})\s+years\s+(?:of\s+age|old)\b|\b(\d{2})(?:st|nd|rd|th)\s+birthday\b`,
  'giu',
);

/** Ages: `21` for "age 21", "age of twenty-one (21)", "21 years of age", "21st birthday". */
export const findAges: EntityFinder = (text) =>
  matched(text, AGE, 'age', ([, after, before, birthday]) => birthday ?? numeralValue(after ?? before ?? ''));

const HOURS = new RegExp(String.raw`(${NUMERAL})(?:\s+or\s+(?:fewer|less|more))?[\s-]+hours?\b(?:\s+of\s+service\b)?`, 'giu');

/** Hours, of service or of time: `1000` for "1,000 Hours of Service". */
export const findHours: EntityFinder = (text) => matched(text, HOURS, 'hours', ([, numeral]) => numeralValue(numeral ?? ''));

const PERIOD = new RegExp(
  String.raw`(${NUMERAL})[\s-]+(?:(consecutive|full|complete|calendar|business|working|plan)[\s-]+)?(seconds?|minutes?|days?|weeks?|months?|quarters?|years?)\b(?:['’]s?)?`,
  'giu',
);

/** In the smaller unit where the two are exact multiples: a year is twelve months to a plan. */
const UNITS: Readonly<Record<string, readonly [unit: string, times: number]>> = {
  second: ['second', 1], minute: ['second', 60], day: ['day', 1], week: ['day', 7],
  month: ['month', 1], quarter: ['month', 3], year: ['month', 12],
};

/** Months. */
const YEAR = 12;

/** Lengths of time: `12 month` for "one year", `30 business day`. */
export const findPeriods: EntityFinder = (text) =>
  matched(text, PERIOD, 'period', ([, numeral, which = '', unit = '']) => {
    const [name, times] = UNITS[unit.toLowerCase().replace(/s$/u, '')] ?? [unit, 1];
    const count = Number(numeralValue(numeral ?? '')) * times;
    // A period of twelve months runs on in any case; two years need not.
    const kind = /business|working/iu.test(which) ? 'business ' : /consecutive/iu.test(which) && count !== YEAR ? 'consecutive ' : '';
    return `${count} ${kind}${name}`;
  });

const EVERY = new RegExp(
  String.raw`\b(?:(?:once|twice)\s+)?(?:each|every|per)\s+(?:(${NUMERAL})\s+)?(?:calendar\s+)?(days?|weeks?|months?|quarters?|years?|plan\s+years?|plan\s+quarters?|pay(?:roll)?\s+periods?|pay\s+dates?)\b`,
  'giu',
);
const ADVERB = /\b(?:daily|weekly|bi-?weekly|semi-?monthly|monthly|quarterly|semi-?annual(?:ly)?|annual(?:ly)?|yearly)\b/giu;

const ADVERBS: readonly (readonly [RegExp, string])[] = [
  [/^semi-?month/iu, 'twice a month'], [/^bi-?week/iu, 'every 2 weeks'], [/^semi-?ann/iu, 'every 6 months'],
  [/^dai/iu, 'every day'], [/^week/iu, 'every week'], [/^month/iu, 'every month'], [/^quarter/iu, 'every quarter'],
  [/./u, 'every year'],
];

/** How often: `every quarter` for "quarterly", "each calendar quarter"; `every payroll period`. */
export const findFrequencies: EntityFinder = (text) =>
  [
    ...matched(text, EVERY, 'frequency', ([words, numeral, unit = '']) => {
      const name = unit.toLowerCase().replace(/\s+/gu, ' ').replace(/s$/u, '').replace(/^pay .*/u, 'payroll period');
      if (/^twice/iu.test(words)) return `twice a ${name}`;
      return numeral === undefined || numeralValue(numeral) === '1' ? `every ${name}` : `every ${numeralValue(numeral)} ${name}s`;
    }),
    ...matched(text, ADVERB, 'frequency', ([word]) => ADVERBS.find(([pattern]) => pattern.test(word))?.[1] ?? null),
  ].sort((a, b) => a.start - b.start);
