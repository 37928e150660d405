import { NUMERAL, numeralValue } from '../documents/entities/numerals.ts';
import { findOrdinals } from '../documents/entities/ordinals.ts';

/** A number of an answer that no source says. */
export interface UnsourcedNumber {
  /** As the answer writes it. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** `prompt`: it stands in the prompt's own words, from where models repeat it. `nowhere`: it was made up, or worked out. */
  readonly origin: 'prompt' | 'nowhere';
}

/**
 * Numbers of an answer's own words that stand in none of the sources, whatever the form: `1,000`, `1 000`, "one thousand";
 * `15th`, "fifteenth". What could be read in two ways counts as sourced if either stands there. Small numbers in words
 * count only before a unit: "both texts, two in all" says nothing of a document. Signs behind letters (`T4`) are names.
 */
export function unsourcedNumbers(answer: string, sources: readonly string[], prompt = ''): readonly UnsourcedNumber[] {
  const asked = readNumbers(answer).filter(({ small }) => !small);
  if (asked.length === 0) return [];
  const said = valuesOf(sources);
  const prompted = valuesOf([prompt]);
  const stands = (values: ReadonlySet<string>, { readings }: ReadNumber): boolean => readings.some((reading) => reading.every((value) => values.has(value)));
  return asked
    .filter((number) => !stands(said, number))
    .map((number) => ({ text: number.text, start: number.start, end: number.end, origin: stands(prompted, number) ? 'prompt' : 'nowhere' }));
}

interface ReadNumber {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** Ways to read it, each the values it then holds. */
  readonly readings: readonly (readonly string[])[];
  /** In words, at most ten, and no unit behind it. */
  readonly small: boolean;
}

function valuesOf(texts: readonly string[]): ReadonlySet<string> {
  return new Set(texts.flatMap((text) => readNumbers(text).flatMap(({ readings }) => readings.flat())));
}

/** Digits with what parts thousands in any country, and a fraction. */
const DIGITS = /(?<![\p{L}\p{N}]|\p{L}[-_/])\d+(?:[.,'’_\u0020\u00a0\u2009\u202f]\d+)*(?:\s?[½¼¾])?/gu;
/** Digits of full width are digits. */
const FULL_WIDTH = /[\uff10-\uff19]/gu;
const WORDS = new RegExp(NUMERAL, 'giu');
const UNIT = /^[\s-]+(?:percent|per\s?cent|dollars?|euros?|pounds?|seconds?|minutes?|hours?|(?:[a-z]+\s)?(?:days?|weeks?|months?|quarters?|years?))\b/iu;
/** Words up to this count things in the answer itself more often than they say what a document says. */
const SMALL = 10;

function readNumbers(written: string): readonly ReadNumber[] {
  const text = written.replace(FULL_WIDTH, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xff10 + 0x30));
  const found: ReadNumber[] = [];
  for (const match of text.matchAll(DIGITS)) found.push({ ...placed(match), readings: digitReadings(match[0]), small: false });
  for (const match of text.matchAll(WORDS)) {
    const words = match[0].replace(/\s*\([^)]*\)$/u, '');
    if (/\d/u.test(words)) continue;
    const value = numeralValue(words);
    const small = Number(value) <= SMALL && !UNIT.test(text.slice(match.index + words.length));
    found.push({ text: words, start: match.index, end: match.index + words.length, readings: [[value]], small });
  }
  for (const ordinal of findOrdinals(text)) {
    const words = text.slice(ordinal.start, ordinal.end);
    if (!/\d/u.test(words)) found.push({ text: words, start: ordinal.start, end: ordinal.end, readings: [[ordinal.value.replace(/\D+$/u, '')]], small: Number.parseInt(ordinal.value, 10) <= SMALL });
  }
  return found.sort((a, b) => a.start - b.start);
}

function placed(match: RegExpExecArray): { readonly text: string; readonly start: number; readonly end: number } {
  return { text: match[0], start: match.index, end: match.index + match[0].length };
}

const FRACTIONS: Readonly<Record<string, number>> = { '½': 0.5, '¼': 0.25, '¾': 0.75 };

/** What parts thousands somewhere: a comma, point, apostrophe, underscore, or a blank. */
const PARTS = String.raw`[.,'’_\u0020\u00a0\u2009\u202f]`;
const GROUPED = new RegExp(String.raw`^(\d{1,3}(${PARTS})\d{3}(?:\2\d{3})*)(?:[.,](\d+))?$`, 'u');
const BLANK = /[\u0020\u00a0\u2009\u202f]/u;

/** `1.000` as a thousand or as one; `30 000` as one number or as two; `1,000` and `3.01` as themselves. */
function digitReadings(digits: string): readonly (readonly string[])[] {
  const fraction = FRACTIONS[digits.at(-1) ?? ''] ?? 0;
  const plain = digits.replace(/\s?[½¼¾]$/u, '');
  const [, whole, sign, rest = '0'] = GROUPED.exec(plain) ?? [];
  const readings: (readonly string[])[] = [];
  if (whole !== undefined) readings.push([decimal(`${whole.replace(/\D/gu, '')}.${rest}`, fraction)]);
  if (whole === undefined || sign === '.') readings.push([decimal(plain.replace(',', '.'), fraction)]);
  // Digits with a blank between them may be neighbours only.
  if (BLANK.test(plain)) readings.push(plain.split(BLANK).map((group) => decimal(group.replace(/[.,]$/u, ''), 0)));
  const valid = readings.filter((reading) => !reading.includes('NaN'));
  return valid.length > 0 ? valid : [[plain]];
}

function decimal(text: string, fraction: number): string {
  return String(Number((Number(text) + fraction).toFixed(6)));
}
