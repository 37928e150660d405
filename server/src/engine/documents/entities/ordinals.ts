import { matched, type EntityFinder } from './entity.ts';

const ONES = 'first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth'.split(' ');
const TENS = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');
/** "First" and "second" alone order steps more often than they count, and are left out. */
const ALONE = ONES.slice(2);
const ROUND = TENS.map((ten) => ten.replace(/y$/u, 'ieth'));
const NAMES = `(?:(${TENS.join('|')})[ -](${ONES.slice(0, 9).join('|')})|(${[...ALONE, ...ROUND].join('|')}))`;
const ORDINAL = new RegExp(
  String.raw`(?<![\p{L}\p{N}]|\b(?:one|two|three|four|five|six|seven)[\s-])(?:${NAMES}(?!\p{L}|\s+part(?:y|ies))|(\d{1,3})(?:st|nd|rd|th)\b)(?:\s*\(\s*\d{1,3}(?:st|nd|rd|th)\s*\))?`,
  'giu',
);

/** Ordinals: `15th` for "fifteenth", "fifteenth (15th)", "15th". Fractions as "one-third" are none. */
export const findOrdinals: EntityFinder = (text) =>
  matched(text, ORDINAL, 'number', ([, ten, one, alone, digits]) => {
    if (digits !== undefined) return ordinal(Number(digits));
    if (ten !== undefined && one !== undefined) return ordinal(tens(ten) + ONES.indexOf(one.toLowerCase()) + 1);
    const name = (alone ?? '').toLowerCase();
    return ordinal(ROUND.includes(name) ? (ROUND.indexOf(name) + 2) * 10 : ONES.indexOf(name) + 1);
  });

function tens(name: string): number {
  return (TENS.indexOf(name.toLowerCase()) + 2) * 10;
}

function ordinal(value: number): string {
  const teen = value % 100 >= 11 && value % 100 <= 13;
  return `${value}${teen ? 'th' : (['th', 'st', 'nd', 'rd'][value % 10] ?? 'th')}`;
}
