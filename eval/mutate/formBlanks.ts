import type { Random } from '../seeded.ts';
import { optionsOf } from './form.ts';
import type { FormChange, FormChanger } from './formTicks.ts';
import { marked } from './plan.ts';

/** A filled blank of a kind: what stands around it, and other values that its form allows. */
interface Blank {
  readonly before: RegExp;
  readonly after: RegExp;
  readonly others: (value: string) => readonly string[];
}

const NOTHING = /^/u;
const numbers = (...from: readonly number[]) => (value: string): readonly string[] => from.filter((each) => each <= Number(value) * 2 || each <= 10).map(String);
const MONTHS = 'January February March April May June July August September October November December'.split(' ');

const BLANKS: Readonly<Record<string, Blank>> = {
  age: { before: /\b[Aa]ge $/u, after: NOTHING, others: (value) => (Number.parseInt(value, 10) < 30 ? ['18', '19', '20'] : ['50', '52', '60', '62']) },
  service: { before: /(?:after|and|first) $/u, after: /^ Years? of Service/u, others: numbers(1, 2, 4, 5, 7) },
  hours: { before: NOTHING, after: /^ Hours? of Service/u, others: () => ['500', '750', '800', '900'] },
  percentage: { before: NOTHING, after: /^ ?%/u, others: numbers(1, 2, 4, 5, 8, 10, 20, 25, 40, 60, 80, 100) },
  amount: { before: /\$$/u, after: NOTHING, others: () => ['500', '750', '1,000', '2,000', '3,500', '7,000', '250,000'] },
  date: {
    before: NOTHING, after: NOTHING,
    others: (value) => (/^(?:[A-Z][a-z]+) \d{1,2}(?:, \d{4})?$/u.test(value) ? MONTHS.filter((month) => !value.startsWith(month)).map((month) => value.replace(/^[A-Z][a-z]+ \d{1,2}/u, `${month} 1`)) : []),
  },
  period: { before: NOTHING, after: /^ (?:days|months|years)\b(?! of Service)/u, others: (value) => (Number(value) < 30 ? ['10', '12', '20', '25'] : ['45', '60', '75']) },
  name: { before: NOTHING, after: NOTHING, others: (value) => (/^[A-Z][a-z]+ [A-Z&][\w& ]*[a-z]$/u.test(value) ? ['Ridgeway Foundry Holdings', 'Oakum Paper Works', 'Tern & Gull Outfitters'] : []) },
};
const FILLED = /__([^_\n]+)__/gu;

/** Blanks of the question and of ticked options; what is written under another option elects nothing. */
function blankChanger({ before, after, others }: Blank): FormChanger {
  return (lines, random): FormChange | null => {
    const open = new Set(optionsOf(lines).filter(({ ticked }) => !ticked).flatMap(({ at, end }) => Array.from({ length: end - at }, (_, k) => at + k)));
    const fitting = lines.flatMap((line, at) => (open.has(at) || line.startsWith('|') ? [] : [...line.matchAll(FILLED)].flatMap((match) => {
      const value = match[1] ?? '';
      const values = others(value).filter((other) => other !== value);
      return before.test(line.slice(0, match.index)) && after.test(line.slice(match.index + match[0].length)) && values.length > 0 ? [{ at, start: match.index, value, values }] : [];
    })));
    if (fitting.length === 0) return null;
    const { at, start, value, values } = random.pick(fitting);
    const other = random.pick(values);
    const put = (own: string): readonly string[] => lines.map((line, k) => (k === at ? `${line.slice(0, start + 2)}${marked(own)}${line.slice(start + 2 + value.length)}` : line));
    return { source: put(value), target: put(other), sourceValue: value, targetValue: other };
  };
}

const ROW = /^\|[^|]*\| *__(\d+)__% *\|$/u;

/** A higher percentage in a row of a schedule that still never falls; a lower one may be below what the law asks. */
const scheduleRow: FormChanger = (lines, random: Random) => {
  const rows = lines.flatMap((line, at) => {
    const value = ROW.exec(line)?.[1];
    return value === undefined ? [] : [{ at, value: Number(value) }];
  });
  const fitting = rows.flatMap(({ at, value }, k) => {
    const others = [10, 20, 25, 30, 33, 40, 50, 60, 66, 70, 75, 80, 90, 100].filter((each) => each > value && each <= (rows[k + 1]?.value ?? 100));
    return others.length === 0 ? [] : [{ at, value: `${value}`, other: `${random.pick(others)}` }];
  });
  if (fitting.length === 0) return null;
  const { at, value, other } = random.pick(fitting);
  const put = (own: string): readonly string[] => lines.map((line, k) => (k === at ? line.replace(`__${value}__`, `__${marked(own)}__`) : line));
  return { source: put(value), target: put(other), sourceValue: value, targetValue: other };
};

/** Age, service, hours ... by kind: the differences that fill in another value. */
export const BLANK_CHANGERS: Readonly<Record<string, FormChanger>> = {
  ...Object.fromEntries(Object.entries(BLANKS).map(([kind, blank]) => [kind, blankChanger(blank)])), 'schedule row': scheduleRow,
};
