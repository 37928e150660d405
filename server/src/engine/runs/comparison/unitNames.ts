import type { ComparedUnit } from '../../../../../shared/comparison.ts';
import type { Unit } from '../../../../../shared/model.ts';
import type { Carry } from '../../documents/carryOver/carryUnits.ts';
import { cutSpan } from '../unitTexts.ts';

/** Words of a unit that a comparison shows. Code units. */
const SHOWN_WORDS = 200;
/** Units a sentence names; the others are counted. */
const NAMED = 3;
/** Longest heading or key that stands for a number. Code units. */
const MAX_NAME = 60;

/** Its number, else its heading, else the place in its key. */
export function unitName({ number, title, key, span }: Unit): string {
  if (number !== undefined && number !== '') return number;
  if (title !== undefined && title !== '') return `\u201c${title.length > MAX_NAME ? `${title.slice(0, MAX_NAME)}\u2026` : title}\u201d`;
  return `line ${span.line} (${key.slice(key.indexOf('#') + 1).slice(0, MAX_NAME)})`;
}

/** The name it has now, with the one it had where that was another: `4.3 (was 4.2)`. */
export function carryName({ before, after }: Carry): string {
  const now = after === null ? null : unitName(after);
  const then = before === null ? null : unitName(before);
  if (now === null || then === null || now === then || before?.number === undefined) return now ?? then ?? '';
  return `${now} (was ${then})`;
}

/** `4.1, 4.2, 4.3 and 5 more`. */
export function carryNames(carries: readonly Carry[]): string {
  const names = carries.slice(0, NAMED).map(carryName);
  const more = carries.length - names.length;
  if (more > 0) return `${names.join(', ')} and ${more} more`;
  return names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;
}

export function carryKeys(carries: readonly Carry[]): readonly string[] {
  return carries.slice(0, NAMED).map(({ before, after }) => (after ?? before)?.key ?? '');
}

export function comparedUnit(unit: Unit | null): ComparedUnit | null {
  if (unit === null) return null;
  const { key, number, title, span } = unit;
  return { key, ...(number === undefined ? {} : { number }), ...(title === undefined ? {} : { title }), span: cutSpan(span, SHOWN_WORDS) };
}
