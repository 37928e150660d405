import type { CollateDocument } from '../../documents/document.ts';
import { foreignUnits } from '../../documents/foreignUnits.ts';

/** Function words that make up a good part of any English speech and hardly any of another language. */
const FUNCTION_WORDS = new Set(
  ('the a an and or but if of to in on at for with from by as is are was were be been do does did have has had will would can could should ' +
    "it its this that these those we you he she they i not so what there then than our your their us me my it's that's don't i'm").split(' '),
);
/** English speech has about half function words; other languages share a few short ones. */
const MIN_SHARE = 0.18;
/** Below so many words the share says nothing, and the rules just look. */
const MIN_WORDS = 40;
const LOOKED_AT = 60_000;

/** True unless the text is long enough to tell and too few of its words are English function words. */
export function looksEnglish(text: string): boolean {
  const words = text.slice(0, LOOKED_AT).toLowerCase().match(/[\p{L}']+/gu) ?? [];
  if (words.length < MIN_WORDS) return true;
  return words.filter((word) => FUNCTION_WORDS.has(word)).length / words.length >= MIN_SHARE;
}

/** Keys of the turns that rules do not read: all of them where the talk as a whole is in another language. */
export function foreignTurns(document: CollateDocument): ReadonlySet<string> {
  return looksEnglish(document.text) ? foreignUnits(document) : new Set(document.units.map(({ key }) => key));
}
