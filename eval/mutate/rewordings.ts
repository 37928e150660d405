import type { Random } from '../seeded.ts';
import { NUMERAL, valueOf, written } from './numerals.ts';

type Pair = readonly [from: string, to: string];
interface Pattern {
  readonly words: readonly string[];
  readonly pattern: RegExp;
  readonly to: string;
}

/** Two ways of drafting one thing; either may stand for the other. Written in lower case, used with a capital too. */
const TWO_WAY: readonly Pair[] = [
  ['prior to the date', 'before the date'], ['prior to the beginning', 'before the beginning'], ['prior to the end', 'before the end'], ['in accordance with procedures', 'under procedures'],
  ['for purposes of', 'for the purposes of'], ['commencing on', 'beginning on'], ['commences', 'begins'], ['in lieu of', 'instead of'],
  ['as soon as administratively feasible', 'as soon as administratively practicable'], ['notwithstanding any', 'despite any'], ['determined under', 'determined in accordance with'],
  ['permit', 'allow'], ['permits', 'allows'], ['described in', 'set forth in'], ['specified in', 'stated in'], ['as provided in', 'as set out in'],
  ['so long as', 'as long as'], ['any person who', 'anyone who'], ['the Employer shall', 'the Employer must'], ['the Plan Administrator shall', 'the Plan Administrator must'],
  ['no later than', 'not later than'], ['no more than', 'not more than'], ['no less than', 'not less than'],
  ['in whole or in part', 'wholly or partly'], ['any portion of', 'any part of'], ['within the meaning of', 'as defined in'], ['as a result of', 'because of'],
  ['for this purpose', 'for that purpose'], ['in force', 'in effect'], ['without regard to', 'regardless of'], ['computed', 'calculated'],
  ['immediately following', 'immediately after'], ['immediately preceding', 'immediately before'], ['promptly', 'without delay'], ['relates to', 'pertains to'],
  ['whether or not', 'regardless of whether'], ['if elected in the Adoption Agreement', 'if so elected in the Adoption Agreement'], ['the entire', 'the whole'],
  ['regarding', 'concerning'], ['may elect to', 'may choose to'], ['ceases to be', 'is no longer'], ['mistake of fact', 'factual mistake'],
  ['is deemed to have', 'is treated as having'], ['in the manner prescribed by', 'in the manner laid down by'], ['to each Participant', 'to every Participant'],
  ['for each Plan Year', 'for every Plan Year'], ['each Participant', 'every Participant'], ['each Employee', 'every Employee'], ['such Plan Year', 'that Plan Year'],
  ['reemployed', 'rehired'], ['reemployment', 'rehire'], ['assist', 'help'], ['additional', 'further'], ['make available', 'offer'],
  ['the Participant may elect', 'the Participant may choose'], ['shall be made', 'must be made'], ['a copy of', 'one copy of'],
];
/** Substitutions that read well in this direction only: "under" is not always "pursuant to". */
const ONE_WAY: readonly Pair[] = [
  ['shall', 'will'], ['shall be', 'will be'], ['subsequent to', 'after'], ['in the event that', 'if'], ['in accordance with', 'under'], ['pursuant to', 'under'], ['with respect to', 'for'],
  ['by reason of', 'because of'], ['on account of', 'because of'], ['in the absence of', 'without'], ['such Participant', 'the Participant'], ['is entitled to receive', 'is entitled to'],
  ['furnish', 'provide'], ['furnishes', 'provides'], ['in writing', 'in written form'], ['to purchase', 'to buy'], ['obtain', 'get'], ['permitted by', 'allowed by'], ['solely', 'only'],
  ['attains', 'reaches'], ['attained', 'reached'], ['to the extent that', 'to the extent'], ['in addition to', 'besides'], ['is required to', 'must'], ['is permitted to', 'may'],
  ['may not', 'must not'], ['upon', 'on'], ['are sufficient', 'are enough'], ['a Participant who', 'any Participant who'], ['at once', 'immediately'], ['terminates employment', 'leaves employment'], ['utilized', 'used'],
];

const FORM_TWO_WAY: readonly Pair[] = [
  ['select one', 'choose one'], ['check all that apply', 'select all that apply'], ['Complete the', 'Fill in the'], ['is permitted', 'is allowed'], ['are permitted', 'are allowed'], ['not permitted', 'not allowed'],
  ['permitted on these terms', 'allowed on these terms'], ['that ends on', 'ending on'], ['that begins on', 'beginning on'], ['at once', 'immediately'], ['in its discretion', 'at its discretion'],
  ['are made available as', 'are offered as'], ['in proportion to', 'pro rata to'], ['is rehired', 'is reemployed'], ['Rehired', 'Reemployed'], ['least amount of a loan', 'minimum amount of a loan'],
  ['at least', 'not less than'], ['after its end', 'after it ends'], ['other (name)', 'other (give the name)'], ['is construed under', 'is interpreted under'], ['the Employer alone', 'only the Employer'],
  ['are valued as of', 'are valued on'], ['may be repaid within', 'may be paid back within'], ['during a vacation', 'in a vacation'], ['may be distributed', 'may be paid out'], ['the last day of', 'the final day of'],
];
const FORM_ONE_WAY: readonly Pair[] = [
  ['is credited with', 'has'], ['may make', 'can make'], ['on account of', 'because of'], ['whatever the', 'regardless of the'], ['who work', 'working'], ['following the', 'after the'], ['are applied to', 'apply to'],
  ['reported in', 'shown in'], ['for purposes of', 'for'], ['in effect on', 'in force on'], ['a lump sum', 'a single sum'],
];

const escaped = (words: string): string => words.replace(/[()]/gu, String.raw`\$&`);
/** "such amount as" and "each of" are other words. */
const patternsOf = (twoWay: readonly Pair[], oneWay: readonly Pair[]): readonly Pattern[] => [...twoWay, ...twoWay.map(([from, to]): Pair => [to, from]), ...oneWay].map(([from, to]) => ({
  words: [from, to],
  pattern: new RegExp(String.raw`(?<![\p{L}\ue000])(${from.charAt(0).toUpperCase()}|${from.charAt(0)})${escaped(from.slice(1))}(?![\p{L}\ue001]| as\b)`, 'gu'), to,
}));
const PATTERNS = patternsOf(TWO_WAY, ONE_WAY);
/** What forms write as often as plans do, and what only they write. */
const FORM_PATTERNS = [...PATTERNS, ...patternsOf(FORM_TWO_WAY, FORM_ONE_WAY)];

/**
 * The text with up to `most` drafting substitutions, none inside a marked place. `styled` also writes numbers the other way,
 * "thirty (30)" for "30"; `form` takes phrases of forms, too. Returns how many were made.
 */
export function reworded(text: string, random: Random, most: number, styled: boolean, form = false): { readonly text: string; readonly count: number } {
  let words = text;
  let count = 0;
  const made: string[] = [];
  for (const { words: pair, pattern, to } of random.shuffled(form ? FORM_PATTERNS : PATTERNS)) {
    if (count >= most) break;
    // One substitution must not take back another, in whole or in part.
    if (made.some((own) => pair.some((one) => one.includes(own) || own.includes(one)))) continue;
    if (words.includes('|')) continue;
    const match = [...words.matchAll(pattern)].find((one) => !insideMarks(words, one.index));
    if (match === undefined) continue;
    const capital = match[0].charAt(0) !== match[0].charAt(0).toLowerCase();
    words = `${words.slice(0, match.index)}${capital ? to.charAt(0).toUpperCase() : to.charAt(0)}${to.slice(1)}${words.slice(match.index + match[0].length)}`;
    count += 1;
    made.push(...pair);
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
