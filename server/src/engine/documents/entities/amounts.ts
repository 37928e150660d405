import { matched, type EntityFinder } from './entity.ts';
import { NUMERAL, numeralValue } from './numerals.ts';

const SCALE: Readonly<Record<string, number>> = { thousand: 1e3, million: 1e6, billion: 1e9 };
const MONEY = new RegExp(
  String.raw`(?:US)?([$€£])\s*(\d[\d,]*(?:\.\d+)?)(?:\s+(thousand|million|billion)\b)?|(${NUMERAL})\s+(dollars|euros|pounds)\b(?:\s*\(\s*[$€£]\s*[\d,.]+\s*\))?`,
  'giu',
);
const CURRENCY: Readonly<Record<string, string>> = { dollars: '$', euros: '€', pounds: '£' };

/** Amounts of money: `$1000` for "$1,000", "one thousand dollars ($1,000)". */
export const findMoney: EntityFinder = (text) =>
  matched(text, MONEY, 'money', ([, sign, digits, scale, numeral, currency]) => {
    if (numeral !== undefined) return `${CURRENCY[(currency ?? '').toLowerCase()] ?? ''}${numeralValue(numeral)}`;
    return `${sign}${Number((digits ?? '').replaceAll(',', '')) * (SCALE[(scale ?? '').toLowerCase()] ?? 1)}`;
  });

const PERCENTAGE = new RegExp(String.raw`(${NUMERAL})\s*(?:%|per\s?cent(?:age points?)?\b)(?:\s*\(\s*[\d.,]+\s*%\s*\))?`, 'giu');

/** Percentages: `5%` for "5%", "five percent (5%)". */
export const findPercentages: EntityFinder = (text) =>
  matched(text, PERCENTAGE, 'percentage', ([, numeral]) => `${numeralValue(numeral ?? '')}%`);

const NUMBER = new RegExp(NUMERAL, 'giu');

/** Plain numbers. "One" alone is more often a pronoun than a number, and is left out. */
export const findNumbers: EntityFinder = (text) =>
  matched(text, NUMBER, 'number', ([numeral]) => (/^one$/iu.test(numeral) ? null : numeralValue(numeral)));
