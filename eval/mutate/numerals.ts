const ONES = 'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(' ');
const TENS = ' ten twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');

/** `forty-five`, `one hundred eighty`; whole numbers below 1,000. */
export function inWords(value: number): string {
  if (value < 20) return ONES[value] as string;
  if (value < 100) return `${TENS[Math.floor(value / 10)]}${value % 10 === 0 ? '' : `-${ONES[value % 10]}`}`;
  return `${ONES[Math.floor(value / 100)]} hundred${value % 100 === 0 ? '' : ` ${inWords(value % 100)}`}`;
}

const WORD_VALUES: ReadonlyMap<string, number> = new Map(Array.from({ length: 1000 }, (_, value) => [inWords(value), value]));

/** Matches `45`, `1,000`, `forty-five`, `forty-five (45)`; one group. */
export const NUMERAL = String.raw`((?<![\d.,-])(?:\d{1,3}(?:,\d{3})+|\d{1,4})(?![\d,.]*\d)|(?:(?:one|two|three) hundred(?: (?:and )?)?)?\b(?:(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:-(?:one|two|three|four|five|six|seven|eight|nine))?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen)\b(?: \(\d{1,4}\))?)`;

/** Value of what NUMERAL matched, or null. */
export function valueOf(numeral: string): number | null {
  const digits = /\((\d+)\)/.exec(numeral)?.[1] ?? /^[\d,]+$/.exec(numeral)?.[0];
  if (digits !== undefined) return Number(digits.replaceAll(',', ''));
  return WORD_VALUES.get(numeral.toLowerCase()) ?? null;
}

/** The value in the style of `like`, or in another one where `restyled`. */
export function written(value: number, like: string, restyled: boolean): string {
  const isDigits = /^[\d,]+$/.test(like);
  const words = value < 1000 ? inWords(value) : value.toLocaleString('en-US');
  const both = value < 1000 ? `${inWords(value)} (${value})` : words;
  if (restyled) return isDigits ? both : value.toLocaleString('en-US');
  if (isDigits) return value.toLocaleString('en-US');
  return like.includes('(') ? both : words;
}
