import type { Random } from '../seeded.ts';
import { NUMERAL, valueOf, written } from './numerals.ts';
import { marked } from './plan.ts';

/** A provision before and after a difference of effect, the place marked on each side that has one. */
export interface Change {
  readonly source: string;
  readonly target: string;
  /** As printed; absent where one side only says something. */
  readonly sourceValue?: string;
  readonly targetValue?: string;
}
export type Changer = (text: string, random: Random) => Change | null;

interface Found {
  readonly start: number;
  readonly words: string;
}

/** Replaces one of the matches that stand once in the text. */
function swap(text: string, pattern: RegExp, random: Random, other: (words: string, match: RegExpExecArray) => string | null, group = 0): Change | null {
  const found = [...text.matchAll(pattern)].map((match) => {
    const words = match[group] ?? '';
    return { start: match.index + match[0].indexOf(words), words, match: match as RegExpExecArray };
  });
  for (const { start, words, match } of random.shuffled(found)) {
    const replaced = other(words, match);
    if (words === '' || replaced === null || replaced === words) continue;
    return change(text, { start, words }, replaced);
  }
  return null;
}

function change(text: string, { start, words }: Found, replaced: string): Change {
  const before = text.slice(0, start);
  const after = text.slice(start + words.length);
  return { source: `${before}${marked(words)}${after}`, target: `${before}${marked(replaced)}${after}`, sourceValue: words, targetValue: replaced };
}

/** Another number of the list, in the style of the old one or, one time in three, in another. */
function otherNumber(numeral: string, values: readonly number[], random: Random, restyle = 1 / 3): string | null {
  const value = valueOf(numeral);
  const others = values.filter((each) => each !== value);
  return value === null || others.length === 0 ? null : written(random.pick(others), numeral, random.chance(restyle));
}

const AGE = new RegExp(String.raw`\b(?:[Aa]ge|attain(?:s|ed|ing)?(?: age)?) (?:${NUMERAL}(?!½| ?1\/2|, \d)|(\d{2}½))`, 'gu');
const SERVICE = new RegExp(String.raw`${NUMERAL} (?:[Yy]ears?|[Mm]onths?) of (?:[Vv]esting )?(?:[Ss]ervice|employment)`, 'gu');
const HOURS = new RegExp(String.raw`${NUMERAL} (?:[Hh]ours?)(?: of [Ss]ervice)?\b`, 'gu');
const PERCENT = new RegExp(String.raw`(?:${NUMERAL}|(\d+\.\d+)) ?(?:%|percent\b)`, 'gu');
const PERIOD = new RegExp(String.raw`${NUMERAL}[ -](?:consecutive[ -])?(?:calendar |business )?(?:days?|weeks?|months?|years?)\b(?! of (?:[Vv]esting )?(?:[Ss]ervice|employment|age))`, 'gu');
const HALVES = /\b(?:one|two|three) and one-half (?:months|years)\b|\b(?:2½|3½) (?:months|years)\b/gu;
const ORDINAL = /\b(third|fifth|seventh|tenth|fifteenth|thirtieth|sixtieth|ninetieth)(?= (?:calendar |business )?(?:day|month|year|anniversary)\b)/gu;
const ORDINALS: Readonly<Record<string, readonly string[]>> = {
  day: ['fifth', 'seventh', 'tenth', 'fifteenth', 'thirtieth', 'sixtieth', 'ninetieth'], other: ['third', 'fifth', 'seventh', 'tenth'],
};
const ROW = /\| *([^|\n]*\d[^|\n]*?) *\| *(\d{1,3}%) *\|/gu;
const MONTHS = 'January February March April May June July August September October November December'.split(' ');
const DATE = new RegExp(String.raw`\b(?:${MONTHS.join('|')}) \d{1,2}(?:, \d{4})?|\b(?:first|last) day(?= of (?:the|each|any)\b)`, 'gu');
const FREQUENCY = /\b(?:annually|quarterly|monthly|daily|weekly|semiannually|each Plan Year|each payroll period|each calendar quarter)\b/gu;
const DECIDER = /\b(?:the|The) (Plan Administrator|Employer|Trustee)(?= (?:shall|may|must|will)? ?(?:determines?|elects?|establish(?:es)?|prescribes?|designates?|directs?|decides?|permits?|selects?|adopts?)\b)/gu;
const CODE = /§{1,2}(\d{3}[A-Z]?(?:\([a-z]\)(?:\(\d{1,2}\))?)?)(?![\w(])/gu;
const COMPARATOR = /\b(?:at least|not less than|no less than|not more than|no more than|more than|less than|no later than|not later than|on or before|on or after)\b/gu;
const NEGATED = /\b(?:shall not|may not|must not|does not [a-z]+|is not|are not|cannot)\b(?! (?:only|limited|less|more|later|earlier))/gu;
const POSITIVE = /\b(?:shall|may|must)\b(?! (?:not|be deemed|mean|include|also|only|never|neither|no\b))(?= [a-z]+)/gu;

const OPPOSITE: Readonly<Record<string, readonly string[]>> = {
  'at least': ['more than', 'no more than'], 'not less than': ['not more than'], 'no less than': ['no more than'], 'not more than': ['not less than', 'at least'],
  'no more than': ['no less than'], 'more than': ['less than', 'at least'], 'less than': ['more than'], 'no later than': ['no earlier than'],
  'not later than': ['not earlier than'], 'on or before': ['on or after'], 'on or after': ['before', 'on or before'],
};
const AFFIRMED: Readonly<Record<string, string>> = {
  'shall not': 'shall', 'may not': 'may', 'must not': 'must', 'is not': 'is', 'are not': 'are', cannot: 'can',
};

/** "does not exceed" is "exceeds". */
function affirmed(words: string): string | null {
  const verb = /^does not ([a-z]+)$/u.exec(words)?.[1];
  if (verb === undefined) return AFFIRMED[words] ?? null;
  if (/^(?:have|be|do|go|yet|so|then|otherwise|by)$/u.test(verb) || verb.endsWith('ly')) return null;
  return /(?:s|x|z|ch|sh)$/u.test(verb) ? `${verb}es` : /[^aeiou]y$/u.test(verb) ? `${verb.slice(0, -1)}ies` : `${verb}s`;
}

const STEPS = [0, 10, 20, 25, 30, 33, 40, 50, 60, 66, 70, 75, 80, 90];

/** Another percentage for a row of a schedule, no lower than the row above and no higher than the row below; everybody is fully vested in the end. */
function otherStep(words: string, text: string, at: number, random: Random): string | null {
  const rows = [...text.matchAll(ROW)];
  const own = rows.findIndex(({ index }) => index === at);
  const [above, below] = [rows[own - 1], rows[own + 1]].map((row) => (row === undefined ? null : Number.parseInt(row[2] ?? '', 10)));
  const others = STEPS.filter((step) => `${step}%` !== words && step >= (above ?? 0) && step <= (below ?? 100));
  return words === '100%' || others.length === 0 ? null : `${random.pick(others)}%`;
}

/** Age, service, hours ... by kind: the differences that replace one value by another. */
export const FACT_CHANGERS: Readonly<Record<string, Changer>> = {
  age: (text, random) =>
    swap(text, AGE, random, (words, match) => {
      const old = match[1] ?? match[2] ?? '';
      const value = valueOf(old);
      if (value === null) return words.replace(old, random.pick(['55', '62', '65']));
      const number = otherNumber(old, value < 30 ? [18, 20, 21, 25] : [50, 55, 60, 62, 65, 67, 70], random);
      return number === null ? null : words.replace(old, number);
    }),
  service: (text, random) =>
    swap(text, SERVICE, random, (words, match) => {
      const number = otherNumber(match[1] ?? '', /[Mm]onth/.test(words) ? [3, 6, 9, 18, 24] : [1, 2, 3, 4, 5, 6, 7, 10], random);
      if (number === null) return null;
      const plural = !/^(?:1|one|one \(1\))$/u.test(number);
      return words.replace(match[1] ?? '', number).replace(/([Yy]ear|[Mm]onth|[Hh]our)s?(?= of)/u, plural ? '$1s' : '$1');
    }),
  hours: (text, random) =>
    swap(text, HOURS, random, (words) => {
      const value = valueOf(words) ?? 0;
      return value < 2 ? null : otherNumber(words, value <= 72 ? [35, 40, 45, 50] : value <= 250 ? [96, 120, 168, 180, 190, 200] : [375, 500, 750, 800, 1000], random);
    }, 1),
  percentage: (text, random) => {
    if (/\|/.test(text)) return null;
    return swap(text, PERCENT, random, (words, match) => {
      const number = match[2] === undefined ? otherNumber(match[1] ?? '', [1, 2, 3, 4, 5, 6, 10, 15, 20, 25, 40, 50, 60, 75, 80, 90, 100].filter((each) => Math.abs(each - (valueOf(match[1] ?? '') ?? 0)) <= 40), random, words.endsWith('%') ? 0 : 1 / 3) : String(Number(match[2]) + 0.5);
      return number === null ? null : words.replace(match[2] ?? match[1] ?? '', number);
    });
  },
  'schedule row': (text, random) => swap(text, ROW, random, (words, match) => otherStep(words, text, match.index, random), 2),
  date: (text, random) =>
    swap(text, DATE, random, (words) => {
      if (words.endsWith('day')) return words.startsWith('first') ? words.replace('first', 'last') : words.replace('last', 'first');
      const month = random.pick(MONTHS.filter((each) => !words.startsWith(each)));
      return words.replace(/^\w+ \d{1,2}/u, `${month} ${random.pick([1, 15, 28])}`);
    }),
  period: (text, random) =>
    (random.chance(0.3) ? swap(text, HALVES, random, (words) => `${random.pick(['three', 'six', 'nine (9)', '12'])} ${words.split(' ').at(-1) ?? ''}`) : null) ??
    (random.chance(0.3) ? swap(text, ORDINAL, random, (words, match) => {
      const own = /^ (?:calendar |business )?day/u.test(text.slice(match.index + words.length)) ? 'day' : 'other';
      return random.pick((ORDINALS[own] ?? []).filter((each) => each !== words));
    }) : null) ??
    swap(text, PERIOD, random, (words, match) => {
      const days = /day/.test(words);
      const number = otherNumber(match[1] ?? '', days ? [10, 15, 30, 45, 60, 75, 90, 120, 180] : [2, 3, 4, 6, 9, 12, 18, 24], random);
      if (number === null) return null;
      const hyphen = words.includes('-') && /-(?:day|week|month|year)/u.test(words);
      return words.replace(match[1] ?? '', hyphen ? (valueOf(number)?.toString() ?? number) : number).replace(/(day|week|month|year)s?$/u, hyphen ? '$1' : '$1s');
    }),
  money: (text, random) => swap(text, /\$\d{1,3}(?:,\d{3})*(?:\.\d\d)?/gu, random, (words) => random.pick(['$500', '$1,000', '$2,500', '$5,000', '$7,000', '$50,000'].filter((each) => each !== words))),
  frequency: (text, random) =>
    swap(text, FREQUENCY, random, (words) => {
      // "monthly, quarterly or annual": a frequency the provision already names is an item of a list.
      const others = (words.startsWith('each') ? ['each Plan Year', 'each payroll period', 'each calendar quarter'] : ['annually', 'quarterly', 'monthly']).filter((each) => !text.includes(each));
      return others.length === 0 ? null : random.pick(others);
    }),
  decider: (text, random) => swap(text, DECIDER, random, (words) => random.pick(['Plan Administrator', 'Employer', 'Trustee'].filter((each) => each !== words)), 1),
  'code reference': (text, random) =>
    swap(text, CODE, random, (words) => random.pick(['401(k)', '402(g)', '411(a)', '414(v)', '415(c)', '416(g)', '408A', '72(p)'].filter((each) => each !== words)), 1),
  comparator: (text, random) => swap(text, COMPARATOR, random, (words) => random.pick(OPPOSITE[words] ?? [words])),
  negation: (text, random) =>
    (random.chance(0.5) ? swap(text, NEGATED, random, affirmed) : null) ?? swap(text, POSITIVE, random, (words) => `${words} not`),
};
