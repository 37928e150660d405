import type { Entity } from '../../../documents/entities/entity.ts';

/** A value with the words next to it, in small letters: they say whether the value itself is inside a bound. */
export interface Stated {
  readonly entity: Entity;
  readonly before: string;
  readonly after: string;
}

/**
 * True where two facts of one kind cannot state the same in other words. "At least 501" and "more than 500", 20 % kept and
 * 80 % lost, a month and 30 days, the end of a year and the start of the next: those are left to a reader.
 */
export function areApart(a: Stated, b: Stated): boolean {
  const [own, other] = [a.entity.value, b.entity.value];
  if (a.entity.kind !== b.entity.kind || own === other || own.includes('in words') || other.includes('in words')) return false;
  switch (a.entity.kind) {
    case 'age': case 'hours': case 'money': case 'number':
      return countsApart(numberOf(own), numberOf(other), a, b);
    case 'percentage':
      return numberOf(own) + numberOf(other) !== 100 && countsApart(numberOf(own), numberOf(other), a, b);
    case 'period': return lengthsApart(own, other, a, b);
    case 'service': return lengthsApart(own.replace(/ of service$/u, ''), other.replace(/ of service$/u, ''), a, b);
    case 'date': return datesApart(own, other);
    case 'codeReference': return citationsApart(own, other);
    case 'frequency': return !(YEARLY.test(own) && YEARLY.test(other));
    default: return false;
  }
}

/** "Each year" and "each Plan Year" are one to most plans. */
const YEARLY = /^every (?:\w+ )?year$/u;

function numberOf(value: string): number {
  return Number(/[\d.]+/u.exec(value.replaceAll(',', ''))?.[0] ?? Number.NaN);
}

/** Next to each other, "more than 20" is "at least 21". */
function countsApart(x: number, y: number, a: Stated, b: Stated): boolean {
  if (!Number.isFinite(x) || !Number.isFinite(y) || x === y) return false;
  return Math.abs(x - y) > 1 || boundOf(a) === boundOf(b);
}

const BOUNDS: readonly (readonly [string, RegExp, RegExp])[] = [
  ['above', /\b(?:more than|greater than|in excess of|exceed(?:s|ing)?|over|above|beyond|after)(?: (?:the|an?|age|of))*\s*$/u, /^$/u],
  ['below', /\b(?:less than|fewer than|under|below|before|until)(?: (?:the|an?|age|of|reaching|attaining))*\s*$/u, /^$/u],
  ['at most', /\b(?:no|not) more than\s*$|\bat most\s*$|\bup to\s*$|\bnot (?:to )?exceed(?:ing)?\s*$/u, /^\s*or (?:less|fewer|under|below)\b/u],
  ['at least', /\bat least\s*$|\b(?:no|not) (?:less|fewer) than\s*$/u, /^\s*(?:or (?:more|older|over|above|greater)|and over)\b/u],
];

function boundOf({ entity, before, after }: Stated): string {
  // Bounds that deny others are looked for first.
  return BOUNDS.toReversed().find(([, front, behind]) => front.test(before) || (behind.source !== '^$' && behind.test(after)))?.[0] ?? (/or (?:less|fewer)/u.test(entity.value) ? 'at most' : '');
}

/** Days to a month, roughly: lengths in other units must differ by more than a calendar does. */
const DAYS: Readonly<Record<string, number>> = { second: 1 / 86_400, minute: 1 / 1_440, day: 1, week: 7, month: 30.4, quarter: 91.2, year: 365 };
const CLEARLY = 1.25;

function lengthsApart(own: string, other: string, a: Stated, b: Stated): boolean {
  const [x, y] = [lengthOf(own), lengthOf(other)];
  if (x === null || y === null || x.count === y.count) return false;
  if (x.unit === y.unit) return countsApart(x.count, y.count, a, b);
  const [long, short] = [x.count * (DAYS[x.unit] ?? 0), y.count * (DAYS[y.unit] ?? 0)].sort((p, q) => q - p) as [number, number];
  return short > 0 && long / short >= CLEARLY;
}

/** "Business" and "consecutive" make lengths that calendars do not compare. */
function lengthOf(value: string): { readonly count: number; readonly unit: string } | null {
  const [count, unit = '', more] = value.split(' ');
  return more !== undefined || DAYS[unit] === undefined ? null : { count: Number(count), unit };
}

/** Days without a year, or both with one, that are not next to each other; or the same day of another period. */
function datesApart(own: string, other: string): boolean {
  const [x, y] = [DAY.exec(own), DAY.exec(other)];
  if (x !== null && y !== null) {
    if ((x[1] === '-') !== (y[1] === '-')) return x[2] !== y[2] && !areNext(x, y);
    return !areNext(x, y);
  }
  const [p, q] = [OF_PERIOD.exec(own), OF_PERIOD.exec(other)];
  return p !== null && q !== null && p[1] === q[1] && p[2] !== q[2] && !(/year/u.test(p[2] ?? '') && /year/u.test(q[2] ?? ''));
}

const DAY = /^(\d{4}|-)-(\d{2}-\d{2})$/u;
const OF_PERIOD = /^((?:first|last) (?:business )?day) of (?:next )?(quarter|month|payroll period|\w+ quarter|(?:\w+ )?year)$/u;

function areNext(x: RegExpExecArray, y: RegExpExecArray): boolean {
  const day = ([, year = '', rest = '']: RegExpExecArray): number => Date.UTC(year === '-' || x[1] !== y[1] ? 2001 : Number(year), Number(rest.slice(0, 2)) - 1, Number(rest.slice(3))) / 86_400_000;
  const apart = Math.abs(day(x) - day(y));
  return apart <= 1 || (x[1] === '-' && apart === 364);
}

/** Two sections of one law, neither a part of the other. Several cited at once are not told. */
function citationsApart(own: string, other: string): boolean {
  const [law, section, more] = own.split(' ');
  const [otherLaw, otherSection, otherMore] = other.split(' ');
  if (law !== otherLaw || law === '§' || section === undefined || otherSection === undefined || more !== undefined || otherMore !== undefined) return false;
  return !section.startsWith(otherSection) && !otherSection.startsWith(section);
}
