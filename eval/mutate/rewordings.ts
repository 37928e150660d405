import type { Random } from '../seeded.ts';
import { NUMERAL, valueOf, written } from './numerals.ts';

/** Two ways of drafting one thing; either may stand for the other. Written out in lower case, used with a capital too. */
const PAIRS: readonly (readonly [string, string])[] = [
  ['prior to', 'before'], ['subsequent to', 'after'], ['in the event that', 'if'], ['in accordance with', 'under'], ['pursuant to', 'under'],
  ['for purposes of', 'for the purposes of'], ['with respect to', 'for'], ['commencing on', 'beginning on'], ['commences', 'begins'], ['terminates', 'ends'],
  ['is terminated', 'is ended'], ['as soon as administratively feasible', 'as soon as administratively practicable'], ['in lieu of', 'instead of'],
  ['by reason of', 'because of'], ['on account of', 'because of'], ['in the absence of', 'without'], ['such amount', 'that amount'], ['such period', 'that period'],
  ['such Participant', 'the Participant'], ['notwithstanding', 'despite'], ['is entitled to receive', 'is entitled to'], ['shall be made', 'will be made'],
  ['furnish', 'provide'], ['furnishes', 'provides'], ['purchase', 'buy'], ['remainder', 'balance'], ['determined under', 'determined in accordance with'],
  ['in writing', 'in written form'], ['from time to time', 'at any time and from time to time'], ['sufficient', 'enough'], ['obtain', 'get'], ['permit', 'allow'],
  ['permits', 'allows'], ['permitted', 'allowed'], ['utilized', 'used'], ['described in', 'set forth in'], ['specified in', 'stated in'], ['provided in', 'set out in'],
  ['applicable to', 'that applies to'], ['attributable to', 'resulting from'], ['solely', 'only'], ['consists of', 'is made up of'], ['immediately preceding', 'immediately before'],
  ['attains', 'reaches'], ['attained', 'reached'], ['so long as', 'as long as'], ['to the extent that', 'to the extent'], ['at the time', 'when'], ['each', 'every'],
  ['any person who', 'anyone who'], ['in addition to', 'besides'], ['is required to', 'must'], ['is permitted to', 'may'], ['has the right to', 'may'],
  ['a Participant who', 'any Participant who'], ['the Employer shall', 'the Employer must'], ['shall be', 'will be'], ['shall', 'will'], ['may not', 'must not'],
  ['maintained by', 'kept by'], ['prescribes', 'lays down'], ['on behalf of', 'for the account of'], ['regarding', 'concerning'], ['complete', 'full'],
];

const PATTERNS = PAIRS.flatMap(([a, b]) => [[a, b], [b, a]] as const).map(([from, to]) => ({ pattern: new RegExp(String.raw`(?<![\p{L}\ue000])(${from.charAt(0).toUpperCase()}|${from.charAt(0)})${from.slice(1)}(?![\p{L}\ue001])`, 'gu'), from, to }));

/** Substitutions that read well in one direction only: "under" is not always "pursuant to". */
const ONE_WAY = new Set(['under', 'for', 'if', 'after', 'without', 'balance', 'when', 'must', 'may', 'get', 'every', 'the Participant', 'is entitled to', 'because of', 'only', 'at any time and from time to time', 'besides', 'full', 'enough', 'any Participant who', 'reaches', 'reached', 'used', 'buy', 'to the extent', 'will', 'must not', 'in written form', 'provide', 'provides', 'is ended', 'lays down']);

/**
 * The text with up to `most` drafting substitutions, none inside a marked place. `styled` also writes numbers the other way,
 * "thirty (30)" for "30". Returns how many were made.
 */
export function reworded(text: string, random: Random, most: number, styled: boolean): { readonly text: string; readonly count: number } {
  let words = text;
  let count = 0;
  for (const { pattern, from, to } of random.shuffled(PATTERNS)) {
    if (count >= most) break;
    if (ONE_WAY.has(from) || words.includes('|')) continue;
    const match = [...words.matchAll(pattern)].find((one) => !insideMarks(words, one.index));
    if (match === undefined) continue;
    const capital = match[0].charAt(0) !== match[0].charAt(0).toLowerCase();
    words = `${words.slice(0, match.index)}${capital ? to.charAt(0).toUpperCase() : to.charAt(0)}${to.slice(1)}${words.slice(match.index + match[0].length)}`;
    count += 1;
  }
  return styled && !words.includes('|') ? restyled(words, count) : { text: words, count };
}

function insideMarks(text: string, at: number): boolean {
  const open = text.lastIndexOf('\ue000', at);
  return open !== -1 && text.indexOf('\ue001', open) >= at;
}

const STYLED = new RegExp(String.raw`${NUMERAL}(?= (?:days?|months?|years?|Years?|Hours?|percent))`, 'u');

function restyled(text: string, count: number): { readonly text: string; readonly count: number } {
  const match = STYLED.exec(text);
  const value = match === null || insideMarks(text, match.index) ? null : valueOf(match[0]);
  if (match === null || value === null || value >= 1000) return { text, count };
  const words = written(value, match[0], true);
  return { text: `${text.slice(0, match.index)}${words}${text.slice(match.index + match[0].length)}`, count: count + 1 };
}
