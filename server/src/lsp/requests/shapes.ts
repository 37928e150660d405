import { oneLine } from '../../engine/index.ts';
import { isAddress } from '../home.ts';

/** What is wrong with a value, as the end of a sentence that begins with its name; null where nothing is. */
export type Shape = (value: unknown) => string | null;

/** Longest value repeated in a sentence, in characters. */
const MAX_SHOWN = 60;

function shown(value: unknown): string {
  if (value === undefined) return 'missing';
  const text = oneLine(typeof value === 'string' ? `"${value}"` : (JSON.stringify(value) ?? typeof value));
  return text.length <= MAX_SHOWN ? text : `${text.slice(0, MAX_SHOWN)}\u2026`;
}

function holds(met: (value: unknown) => boolean, wanted: string): Shape {
  return (value) => (met(value) ? null : `is ${shown(value)}; it is ${wanted}`);
}

export const text = holds((value) => typeof value === 'string', 'text');
export const flag = holds((value) => typeof value === 'boolean', 'true or false');
export const nothing: Shape = () => null;
export const address = holds((value) => typeof value === 'string' && isAddress(value), 'the address of a document, as file:///folder/plan.md');

export function whole(least: number, most = Number.MAX_SAFE_INTEGER): Shape {
  return holds((value) => Number.isSafeInteger(value) && (value as number) >= least && (value as number) <= most, most === Number.MAX_SAFE_INTEGER ? `a whole number from ${least}` : `a whole number from ${least} to ${most}`);
}

export const budget = holds((value) => typeof value === 'number' && Number.isFinite(value) && value >= 0, 'an amount in US dollars, 0 or more');
export const share = holds((value) => typeof value === 'number' && value >= 0 && value <= 1, 'a number from 0 to 1');

export function oneOf(names: readonly string[]): Shape {
  return holds((value) => typeof value === 'string' && names.includes(value), `one of ${names.join(', ')}`);
}

export function orNull(shape: Shape): Shape {
  return (value) => (value === null ? null : shape(value));
}

export function optional(shape: Shape): Shape {
  return (value) => (value === undefined ? null : shape(value));
}

export function listOf(shape: Shape, most: number): Shape {
  return (value) => {
    if (!Array.isArray(value)) return `is ${shown(value)}; it is a list`;
    if (value.length > most) return `has ${value.length} entries; it has at most ${most}`;
    return value.reduce<string | null>((wrong, one) => wrong ?? shape(one), null);
  };
}

/** An object whose parts are of these shapes; parts it does not name are let through. */
export function parts(shapes: Readonly<Record<string, Shape>>): Shape {
  return (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return `is ${shown(value)}; it is a group of ${Object.keys(shapes).join(', ')}`;
    for (const [name, shape] of Object.entries(shapes)) {
      const wrong = shape((value as Readonly<Record<string, unknown>>)[name]);
      if (wrong !== null) return /^(?:is|has) /.test(wrong) ? `: ${name} ${wrong}` : `: ${name}${wrong}`;
    }
    return null;
  };
}

/** Every value of an object, whatever its names are. */
export function valuesOf(shape: Shape): Shape {
  return (value) => (typeof value === 'object' && value !== null && !Array.isArray(value) ? listOf(shape, Number.MAX_SAFE_INTEGER)(Object.values(value)) : `is ${shown(value)}; it is a group of values`);
}

/** An object that one of its parts tells the kind of. */
export function byKind(name: string, kinds: Readonly<Record<string, Readonly<Record<string, Shape>>>>): Shape {
  const known = parts({ [name]: oneOf(Object.keys(kinds)) });
  return (value) => known(value) ?? parts(kinds[String((value as Readonly<Record<string, unknown>>)[name])] ?? {})(value);
}
