const ONES: Readonly<Record<string, number>> = {
  one: 1, two: 2, three: 3, four: 4, five: 5, six: 6, seven: 7, eight: 8, nine: 9, ten: 10, eleven: 11, twelve: 12,
  thirteen: 13, fourteen: 14, fifteen: 15, sixteen: 16, seventeen: 17, eighteen: 18, nineteen: 19,
};
const TENS: Readonly<Record<string, number>> = {
  twenty: 20, thirty: 30, forty: 40, fifty: 50, sixty: 60, seventy: 70, eighty: 80, ninety: 90,
};
const SCALES: Readonly<Record<string, number>> = { hundred: 100, thousand: 1_000, million: 1_000_000, billion: 1_000_000_000 };
const FRACTIONS: Readonly<Record<string, number>> = { '½': 0.5, '¼': 0.25, '¾': 0.75, '1/2': 0.5, '1/4': 0.25, '3/4': 0.75, '1/3': 1 / 3, '2/3': 2 / 3 };

const names = (table: Readonly<Record<string, number>>): string => Object.keys(table).join('|');
const DIGITS = String.raw`(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+|,\d{1,2}(?![\d,]))?(?:\s*[½¼¾]|[\s-]+(?:1\/2|1\/4|3\/4|1\/3|2\/3)(?!\d))?`;
const NAME = `(?:(?:${names(TENS)})(?:[ -](?:${names(ONES)}))?|${names(ONES)})`;
const WORDS = `${NAME}(?:[ -](?:${names(SCALES)}))*(?:[ -](?:and )?${NAME}(?:[ -](?:${names(SCALES)}))*(?![ -](?:half|third|quarter|fourth)))?(?:[ -]and[ -](?:one|a)[ -]half)?`;

/**
 * Source of an expression for a numeral: `1,000`, `3,5`, `59½`, `thirty`, `thirty (30)`, `one hundred twenty`. For use inside
 * expressions with the flags `giu`; it holds no groups.
 */
export const NUMERAL = String.raw`(?:(?<![\p{L}\p{N}.,]|\p{L}[-_/])(?:${DIGITS}|(?:${WORDS})(?![\p{L}]))(?:\s*\(\s*${DIGITS}\s*%?\s*\))?)`;

/** The value of what NUMERAL matched, as a plain decimal; digits in brackets count before the words in front of them. */
export function numeralValue(numeral: string): string {
  const bracketed = /\(\s*([^)%]+?)\s*%?\s*\)\s*$/u.exec(numeral);
  const plain = bracketed?.[1] ?? numeral;
  return String(Number((/\d/u.test(plain) ? digitsValue(plain) : wordsValue(plain)).toFixed(6)));
}

function digitsValue(text: string): number {
  // "3,5" is three and a half; a comma before three digits parts thousands.
  const match = /^\s*([\d,]+(?:\.\d+)?)(?:[\s-]*([½¼¾]|\d\/\d))?/u.exec(text.replace(/,(\d{1,2})(?![\d,])/u, '.$1'));
  if (match === null) return Number.NaN;
  return Number((match[1] as string).replaceAll(',', '')) + (FRACTIONS[match[2] ?? ''] ?? 0);
}

const AND_A_HALF = /[ -]and[ -](?:one|a)[ -]half/u;

function wordsValue(text: string): number {
  let total = 0;
  let part = 0;
  const lower = text.toLowerCase();
  for (const word of lower.replace(AND_A_HALF, '').split(/[^a-z]+/u)) {
    const value = ONES[word] ?? TENS[word];
    const scale = SCALES[word];
    if (value !== undefined) part += value;
    else if (scale === 100) part *= scale;
    else if (scale !== undefined) {
      total += part * scale;
      part = 0;
    }
  }
  return total + part + (AND_A_HALF.test(lower) ? 0.5 : 0);
}

const BRACKETED = /\(\s*[$€£]?\s*(\d[\d,.]*(?:\s*[½¼¾]|[\s-]\d\/\d)?)\s*%?\s*\)/gu;

/**
 * What the words of a fact say where the digits behind them say something else: `20` for "twenty percent (23%)". Null where
 * they agree, or only one of them is there. Such a fact equals only one that disagrees in the same way.
 */
export function wordsAgainstDigits(fact: string): string | null {
  let from = 0;
  for (const match of fact.matchAll(BRACKETED)) {
    const said = wordsValue(fact.slice(from, match.index));
    from = match.index + match[0].length;
    if (said !== 0 && Math.abs(said - digitsValue(match[1] as string)) > 1e-6) return String(said);
  }
  return null;
}
