import type { CollateDocument } from './document.ts';
import { languageOf, leansEnglish } from './language.ts';
import { readingText } from './readingText.ts';

/** A document is foreign where its foreign units have so many times the words of its English ones. */
const FOREIGN_DOCUMENT = 3;
/** A unit's language is told from its beginning, in UTF-16 code units. */
const LOOKED_AT = 4_000;

/**
 * Keys of the units in another language than English. A unit too short to tell is English, but in a foreign document,
 * whose short units together do not lean to English, it is as foreign as the rest.
 */
export function foreignUnits(document: CollateDocument): ReadonlySet<string> {
  const foreign = new Set<string>();
  const unclear: string[] = [];
  let unclearWords = '';
  let foreignLength = 0;
  let englishLength = 0;
  for (const unit of document.units) {
    const words = readingText(document.text, unit.textStart, Math.min(unit.textEnd, unit.textStart + LOOKED_AT), unit.omitted).text;
    const language = languageOf(words);
    if (language === 'unclear') {
      unclear.push(unit.key);
      if (unclearWords.length < LOOKED_AT) unclearWords += `${words}\n`;
    } else if (language === 'foreign') {
      foreign.add(unit.key);
      foreignLength += words.length;
    } else englishLength += words.length;
  }
  if (foreignLength > englishLength * FOREIGN_DOCUMENT && !leansEnglish(unclearWords)) for (const key of unclear) foreign.add(key);
  return foreign;
}
