import { matched, type EntityFinder } from './entity.ts';
import { NUMERAL, numeralValue } from './numerals.ts';

const SERVICE = new RegExp(
  String.raw`(?:(${NUMERAL})|\b(an?))[\s-]+(?:(?:or\s+more|consecutive|full|complete|completed|calendar|continuous|credited)[\s-]+)?(days?|weeks?|months?|quarters?|years?)(?:['’]s?)?\s+(?:of\s+)?(?:(?:vesting|eligibility|credited|continuous|participation)\s+)?(?:service|employment)\b`,
  'giu',
);

/**
 * Lengths of service: `1 year of service` for "one (1) Year of Service", "a year of eligibility service". Unlike a plain period
 * it keeps its unit: a Year of Service is counted by hours in many plans, and then it is not twelve months of service.
 */
export const findService: EntityFinder = (text) =>
  matched(text, SERVICE, 'service', ([words, numeral, , unit = '']) => {
    const count = numeral === undefined ? '1' : numeralValue(numeral);
    const runsOn = /consecutive/iu.test(words) ? 'consecutive ' : '';
    return `${count} ${runsOn}${unit.toLowerCase().replace(/s$/u, '')} of service`;
  });

const MONTHS: Readonly<Record<string, number>> = { month: 1, quarter: 3, year: 12 };

/** True for two lengths of service that last equally long and are counted in other units: only the plan's definitions tell whether they are the same. */
export function isSameLengthOfService(a: string, b: string): boolean {
  const [left, right] = [monthsOf(a), monthsOf(b)];
  return a !== b && left !== null && left === right;
}

function monthsOf(value: string): number | null {
  const [count, unit = ''] = value.split(' ');
  const times = MONTHS[unit];
  return times === undefined ? null : Number(count) * times;
}
