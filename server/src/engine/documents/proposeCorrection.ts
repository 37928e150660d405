import type { Unit } from '../../../../shared/model.ts';
import type { Correction } from './correctionPlaces.ts';

export type CutAction = Correction['action'];

/** Words a place is first named by, and how many are added while they stand elsewhere, too. */
const FIRST_WORDS = 8;
const MORE_WORDS = 8;
const MAX_WORDS = 64;

const squeezed = (words: string): string => words.replace(/\s+/gu, ' ').trim();

function occursOnce(text: string, words: string): boolean {
  const at = text.indexOf(words);
  return at !== -1 && text.indexOf(words, at + 1) === -1;
}

/** As many words from `at` on as it takes to stand only there; null where even many do not. */
function tellingWords(text: string, at: number, end: number): string | null {
  const all = text.slice(at, end).split(/\s+/u).filter((word) => word !== '');
  const whole = squeezed(text);
  for (let count = FIRST_WORDS; count < MAX_WORDS + MORE_WORDS; count += MORE_WORDS) {
    const words = all.slice(0, count).join(' ');
    if (words !== '' && occursOnce(whole, words)) return words;
    if (count >= all.length) return null;
  }
  return null;
}

const address = ({ key, contentHash: hash }: Unit): { readonly unit: string; readonly hash: string } => ({ unit: key.slice(key.indexOf('#') + 1), hash });

/** Start of the word `at` stands in. */
function wordStart(text: string, at: number): number {
  let start = at;
  while (start > 0 && /\S/u.test(text.charAt(start - 1))) start -= 1;
  return start;
}

/**
 * What a person says by pointing at a place of a document: the correction that says it in the document's words, so that it
 * holds when other parts are edited. A sentence where that cannot be said.
 */
export function proposeCorrection(text: string, units: readonly Unit[], offset: number, action: CutAction, type = ''): { readonly ok: true; readonly correction: Correction } | { readonly ok: false; readonly reason: string } {
  const unit = units.find(({ span }) => span.start <= offset && offset <= span.end);
  if (unit === undefined) return { ok: false, reason: 'The cursor stands in no provision.' };
  const { start, end } = unit.span;
  if (action === 'join' || action === 'type') {
    if (action === 'join' && unit === units[0]) return { ok: false, reason: 'No provision stands before this one.' };
    const words = tellingWords(text, start, end);
    const where = words === null ? address(unit) : { words };
    return { ok: true, correction: action === 'join' ? { action, ...where } : { action, ...where, type } };
  }
  if (action === 'split') {
    const at = wordStart(text, offset);
    if (at <= start) return { ok: false, reason: 'A provision begins here already. Put the cursor where the second one begins.' };
    const before = tellingWords(text, at, end) ?? squeezed(text.slice(at, end)).split(' ').slice(0, FIRST_WORDS).join(' ');
    return { ok: true, correction: { action, before, ...(occursOnce(squeezed(text), before) ? {} : address(unit)) } };
  }
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  const stop = text.indexOf('\n', offset);
  const line = squeezed(text.slice(lineStart, stop === -1 ? text.length : stop));
  if (line === '') return { ok: false, reason: 'The line is empty. Put the cursor into the line that is a heading.' };
  const alike = text.split('\n').filter((one) => squeezed(one) === line).length;
  return { ok: true, correction: { action: 'heading', line, ...(alike === 1 ? {} : address(unit)) } };
}
