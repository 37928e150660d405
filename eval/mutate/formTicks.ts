import type { Random } from '../seeded.ts';
import { emptied, optionLine, optionsOf, takesMany, takesOne, topOptions, type OptionLine } from './form.ts';
import { marked } from './plan.ts';

/** An item's lines before and after a difference, the place marked on each side that has one. */
export interface FormChange {
  readonly source: readonly string[];
  readonly target: readonly string[];
  /** As printed; absent where one side only says something. */
  readonly sourceValue?: string;
  readonly targetValue?: string;
}
export type FormChanger = (lines: readonly string[], random: Random) => FormChange | null;

const BLANK = /__|\[[ x]\]|\$/u;
/** An option that can be ticked without filling in anything. */
const isBare = ({ words, at, end }: OptionLine): boolean => !BLANK.test(words) && end === at + 1;

/** The lines with an option's box and words put in, its other words and what hangs below it emptied where it is not ticked. */
function withOption(lines: readonly string[], option: OptionLine, ticked: boolean, mark: boolean): readonly string[] {
  return lines.map((line, at) => {
    if (at < option.at || at >= option.end) return line;
    if (at > option.at) return ticked ? line : emptied(line);
    const words = ticked ? option.words : emptied(option.words);
    return optionLine({ ...option, ticked, words: mark ? marked(words) : words });
  });
}

const replacedOption = (lines: readonly string[], option: OptionLine): readonly string[] => withOption(lines, option, option.ticked, true);

/** Of a list that takes one answer: the ticked option, and bare ones that are not. */
function answerOf(lines: readonly string[]): { readonly answer: OptionLine; readonly others: readonly OptionLine[] } | null {
  const options = takesOne(lines) ? topOptions(lines) : [];
  const ticked = options.filter((option) => option.ticked);
  const [answer] = ticked;
  return answer === undefined || ticked.length > 1 ? null : { answer, others: options.filter((option) => !option.ticked && isBare(option)) };
}

export const otherOption: FormChanger = (lines, random) => {
  const found = answerOf(lines);
  if (found === null || found.others.length === 0) return null;
  const { answer } = found;
  const other = random.pick(found.others);
  return { source: replacedOption(lines, answer), target: withOption(withOption(lines, answer, false, false), other, true, true), sourceValue: answer.words, targetValue: other.words };
};

export const clearedAnswer: FormChanger = (lines) => {
  const found = answerOf(lines);
  return found === null ? null : { source: replacedOption(lines, found.answer), target: withOption(lines, found.answer, false, true) };
};

export const secondOption: FormChanger = (lines, random) => {
  const found = answerOf(lines);
  if (found === null || found.others.length === 0) return null;
  const other = random.pick(found.others);
  return { source: replacedOption(lines, found.answer), target: withOption(lines, other, true, true) };
};

/** Of a list that takes several: one box more or less, with another that stays ticked. */
export const otherBox: FormChanger = (lines, random) => {
  const options = takesMany(lines) ? topOptions(lines) : [];
  const ticked = options.filter((option) => option.ticked).length;
  const fitting = options.filter((option) => isBare(option) && (option.ticked ? ticked > 1 : ticked > 0));
  if (fitting.length === 0) return null;
  const option = random.pick(fitting);
  return { source: replacedOption(lines, option), target: withOption(lines, option, !option.ticked, true) };
};

/** A box moved along its row of a grid. */
export const gridBox: FormChanger = (lines, random) => {
  const rows = lines.flatMap((line, at) => (/^\|.*\[x\]/u.test(line) ? [at] : []));
  if (rows.length === 0) return null;
  const at = random.pick(rows);
  const cells = (lines[at] as string).split('|');
  const from = cells.findIndex((cell) => cell.includes('[x]'));
  const free = cells.flatMap((cell, k) => (/^ \[ \] $/u.test(cell) ? [k] : []));
  if (free.length === 0) return null;
  const to = random.pick(free);
  const row = (own: readonly string[]): readonly string[] => lines.map((line, k) => (k === at ? own.join('|') : line));
  return {
    source: row(cells.map((cell, k) => (k === from ? ` ${marked(cell.trim())} ` : cell))),
    target: row(cells.map((cell, k) => (k === from ? ` ${emptied(cell.trim())} ` : k === to ? ` ${marked('[x]')} ` : cell))),
  };
};

/** Takes an option out that is not ticked. */
export const droppedOption: FormChanger = (lines, random) => {
  const options = topOptions(lines);
  const fitting = options.length < 3 ? [] : options.filter(({ ticked, letter }) => !ticked && letter !== null);
  if (fitting.length === 0) return null;
  const option = random.pick(fitting);
  return { source: replacedOption(lines, option), target: lines.filter((_, at) => at < option.at || at >= option.end), sourceValue: option.words };
};

/** The other way round: the option stands in the target only. */
export const addedOption: FormChanger = (lines, random) => {
  const dropped = droppedOption(lines, random);
  return dropped === null || dropped.sourceValue === undefined ? null : { source: dropped.target, target: dropped.source, targetValue: dropped.sourceValue };
};

/** Questions that name whom they take out, and the same turned to take in. */
const TURNED: readonly (readonly [from: RegExp, to: string])[] = [
  [/All Employees are eligible, except that the following are excluded/u, 'Only the following Employees are eligible'],
  [/the following are excluded/u, 'only the following are included'], [/following are excluded/u, 'following are included'],
  [/are eligible unless the box is checked/u, 'are eligible only if the box is checked'],
  [/unless the box is checked/u, 'only if the box is checked'], [/unless a box is checked/u, 'only if its box is checked'],
  [/are disregarded in determining/u, 'are counted, and no others, in determining'],
  [/do not apply in the Plan Year of/u, 'apply only in the Plan Year of'],
];

/** Turns a list round: what was out where ticked is in where ticked. The ticks stay. */
export const turnedList: FormChanger = (lines) => {
  const [ask = '', ...rest] = lines;
  const turned = TURNED.find(([from]) => from.test(ask));
  const match = turned?.[0].exec(ask);
  if (turned === undefined || match === null || match === undefined || optionsOf(lines).length === 0) return null;
  const put = (words: string): string => `${ask.slice(0, match.index)}${marked(words)}${ask.slice(match.index + match[0].length)}`;
  return {
    source: [put(match[0]), ...rest],
    target: [put(turned[1]), ...rest.map((line) => (line.startsWith('- [') ? line.replace(/ are excluded\./u, ' are included.') : line))],
    sourceValue: match[0], targetValue: turned[1],
  };
};

const DENIED = /\b(?:(is|are|may|shall) not|(does) not (apply))\b/u;
const STATED = /\b(?:(?:is|are) (?=(?:permitted|counted|accepted|eligible|forfeited|paid|covered|enrolled|increased|excluded)\b)|may (?=(?:contribute|make|waive|withdraw|defer|elect|rely)\b)|(?<=election )applies\b)/u;

/** Denies what a question or a ticked option states, or states what it denies. */
export const negatedForm: FormChanger = (lines, random) => {
  const ticked = new Set(optionsOf(lines).filter((option) => option.ticked && !option.words.includes('[')).map(({ at }) => at));
  const fitting = lines.flatMap((line, at) => ((at === 0 && !/\(select one\):$/u.test(line)) || ticked.has(at) ? [DENIED, STATED].flatMap((pattern) => {
    const match = pattern.exec(line);
    return match === null ? [] : [{ at, match }];
  }) : []));
  if (fitting.length === 0) return null;
  const { at, match } = random.pick(fitting);
  const words = match[0].trimEnd();
  const other = match[2] !== undefined ? 'applies' : words.endsWith(' not') ? words.slice(0, -4) : words === 'applies' ? 'does not apply' : `${words} not`;
  const put = (own: string): readonly string[] => lines.map((line, k) => (k === at ? `${line.slice(0, match.index)}${marked(own)}${line.slice(match.index + words.length)}` : line));
  return { source: put(words), target: put(other), sourceValue: words, targetValue: other };
};
