import { FINDING_KINDS } from './findingKinds.ts';
import type { DocumentRule } from './ruleContext.ts';

const UNITS: readonly string[] = [
  'zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve', 'thirteen',
  'fourteen', 'fifteen', 'sixteen', 'seventeen', 'eighteen', 'nineteen',
];
const TENS: Readonly<Record<string, number>> = { twenty: 20, thirty: 30, forty: 40, fifty: 50, sixty: 60, seventy: 70, eighty: 80, ninety: 90 };
const SCALES: Readonly<Record<string, number>> = { hundred: 100, thousand: 1_000, million: 1_000_000 };
const WORD = `(?:${[...UNITS, ...Object.keys(TENS), ...Object.keys(SCALES)].join('|')})`;
/** `five (6)`, `twenty-one (21)`, `one hundred percent (100%)`, `five thousand dollars ($5,000)`. */
const BOTH = new RegExp(
  `\\b(${WORD}(?:(?:[ \\n-]+and)?[ \\n-]+${WORD}){0,7})((?: and one-half| and one half)?)(?: percent| per cent| dollars)?[ \\n]*\\([ ]*\\$?[ ]*(\\d{1,3}(?:,\\d{3})*|\\d+)(\\.\\d+|\u00bd|[ -]1/2)?[ ]*(?:%|percent|per cent|dollars)?[ ]*\\)`,
  'gi',
);

/** The value of a number in words; null when the words are no number. */
export function numberInWords(words: string): number | null {
  let total = 0;
  let group = 0;
  for (const word of words.toLowerCase().split(/[\s-]+/)) {
    const unit = UNITS.indexOf(word);
    const scale = SCALES[word];
    if (word === 'and') continue;
    if (unit !== -1) group += unit;
    else if (TENS[word] !== undefined) group += TENS[word];
    else if (scale === 100) group = Math.max(1, group) * 100;
    else if (scale !== undefined) {
      total += Math.max(1, group) * scale;
      group = 0;
    } else return null;
  }
  return total + group;
}

/** Numbers written in words and digits that are not the same number. */
export const disagreeingNumbers: DocumentRule = (context) =>
  context.document.units.flatMap((unit) =>
    [...context.words(unit).matchAll(BOTH)].flatMap((match) => {
      const [whole, words = '', half = '', digits = '', fraction = ''] = match;
      const spoken = numberInWords(words);
      if (spoken === null) return [];
      const inWords = spoken + (half === '' ? 0 : 0.5);
      const inDigits = Number(digits.replaceAll(',', '')) + (fraction === '' ? 0 : fraction.startsWith('.') ? Number(fraction) : 0.5);
      if (inWords === inDigits) return [];
      return [
        context.finding(
          FINDING_KINDS.numberDisagrees, unit, `The words say ${inWords}, the digits ${inDigits}: "${whole.replace(/\s+/g, ' ')}".`,
          [context.place(unit, match.index, match.index + whole.length)], { words: String(inWords), digits: String(inDigits) },
        ),
      ];
    }),
  );
