import type { Problem, Unit } from '../../../../shared/model.ts';

/** Where a correction belongs: words of the document, a unit, or both. A unit alone needs the hash it had. */
export interface CorrectionAddress {
  /** Key of a unit, whole or from the `#` on. */
  readonly unit?: string;
  /** `contentHash` the unit had when the correction was made. */
  readonly hash?: string;
  /** Words of the unit, as they stand, white space aside. */
  readonly words?: string;
}

/** What a person says of the cut of a document. */
export type Correction =
  /** The unit belongs to the one before it. */
  | (CorrectionAddress & { readonly action: 'join' })
  /** A unit ends here and another begins. */
  | (CorrectionAddress & { readonly action: 'split'; readonly before: string })
  /** The whole line with these words is a heading. */
  | (CorrectionAddress & { readonly action: 'heading'; readonly line: string })
  /** The provision type of the unit. */
  | (CorrectionAddress & { readonly action: 'type'; readonly type: string });

/** A correction with its unit, and the offset it cuts at (that of the unit where it cuts nothing). */
export interface CorrectionPlace {
  readonly action: Correction['action'];
  readonly key: string;
  readonly at: number;
  readonly type?: string;
}

/** Not placed: the sentence goes on from "Correction 2 (split) was not applied: ". */
class Unplaced extends Error {
  readonly code: 'correction.notFound' | 'correction.ambiguous' | 'correction.changed' | 'correction.refused';
  constructor(code: Unplaced['code'], message: string) {
    super(message);
    this.code = code;
  }
}

const SHOWN = 80;
const quoted = (words: string): string => {
  const line = words.replace(/\s+/g, ' ').trim();
  return line.length > SHOWN ? `"${line.slice(0, SHOWN).replace(/[\uD800-\uDBFF]$/, '')}…"` : `"${line}"`;
};

const afterHash = (key: string): string => key.slice(key.indexOf('#') + 1);

/** At most two places of the words in a stretch, white space aside. */
function placesOf(text: string, words: string, start: number, end: number): readonly number[] {
  const parts = words.trim().split(/\s+/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  if (parts.join('') === '') return [];
  const pattern = new RegExp(parts.join('\\s+'), 'gu');
  const found: number[] = [];
  for (const match of text.slice(start, end).matchAll(pattern)) {
    found.push(start + match.index);
    if (found.length === 2) break;
  }
  return found;
}

/** The unit a key names, with the words and hash it must have. */
function namedUnit(text: string, units: readonly Unit[], { unit: key, hash, words }: CorrectionAddress): Unit | null {
  if (key === undefined) return null;
  const unit = units.find((one) => one.key === key || afterHash(one.key) === afterHash(key));
  if (unit === undefined) throw new Unplaced('correction.notFound', `the document has no unit ${quoted(afterHash(key))} any more.`);
  if (hash !== undefined && hash !== unit.contentHash) throw new Unplaced('correction.changed', `the words of ${quoted(afterHash(key))} are not those it was made on.`);
  if (words !== undefined && placesOf(text, words, unit.span.start, unit.span.end).length === 0) throw new Unplaced('correction.changed', `${quoted(words)} does not stand in ${quoted(afterHash(key))}.`);
  return unit;
}

/** The one place of the words, in the named unit or the whole document. */
function onlyPlace(text: string, words: string, unit: Unit | null): number {
  const [first, second] = placesOf(text, words, unit?.span.start ?? 0, unit?.span.end ?? text.length);
  const where = unit === null ? 'the document' : quoted(afterHash(unit.key));
  if (first === undefined) throw new Unplaced('correction.notFound', `${quoted(words)} does not stand in ${where}.`);
  if (second !== undefined) throw new Unplaced('correction.ambiguous', `${quoted(words)} stands in ${where} more than once; quote more words${unit === null ? ', or name the unit' : ''}.`);
  return first;
}

function unitAt(units: readonly Unit[], at: number, words: string): Unit {
  const unit = units.find(({ span }) => span.start <= at && at < span.end);
  if (unit === undefined) throw new Unplaced('correction.refused', `${quoted(words)} stands in no unit.`);
  return unit;
}

/** Start of the only whole line with these words. */
function onlyLine(text: string, line: string, unit: Unit | null): number {
  const wanted = line.replace(/\s+/g, ' ').trim();
  const found: number[] = [];
  for (let start = unit?.span.start ?? 0; start < (unit?.span.end ?? text.length); ) {
    const stop = text.indexOf('\n', start);
    const end = stop === -1 ? text.length : stop;
    const words = text.slice(start, end);
    if (words.replace(/\s+/g, ' ').trim() === wanted && wanted !== '') found.push(start + (words.length - words.trimStart().length));
    start = end + 1;
  }
  const [first, second] = found;
  if (first === undefined) throw new Unplaced('correction.notFound', `no line reads ${quoted(line)}.`);
  if (second !== undefined) throw new Unplaced('correction.ambiguous', `more than one line reads ${quoted(line)}; name the unit it stands in.`);
  return first;
}

function placeOf(text: string, units: readonly Unit[], correction: Correction): CorrectionPlace {
  const { action, words } = correction;
  const named = namedUnit(text, units, correction);
  if (action === 'heading') {
    const at = onlyLine(text, correction.line, named);
    return { action, key: unitAt(units, at, correction.line).key, at };
  }
  if (action === 'split') {
    const at = onlyPlace(text, correction.before, named);
    const unit = unitAt(units, at, correction.before);
    if (unit.span.start === at) throw new Unplaced('correction.refused', `a unit begins at ${quoted(correction.before)} already.`);
    return { action, key: unit.key, at };
  }
  if (named === null && words === undefined) throw new Unplaced('correction.refused', 'it says neither words nor a unit.');
  if (named !== null && words === undefined && correction.hash === undefined) throw new Unplaced('correction.refused', `${quoted(afterHash(named.key))} alone may be another unit after an edit; quote words of it, or give its hash.`);
  const unit = named ?? unitAt(units, onlyPlace(text, words ?? '', null), words ?? '');
  if (action === 'type') return { action, key: unit.key, at: unit.span.start, type: correction.type };
  if (unit === units[0]) throw new Unplaced('correction.refused', 'no unit stands before it.');
  return { action, key: unit.key, at: unit.span.start };
}

/** Finds where each correction belongs. One that does not apply any more, or may belong to several places, is a problem. */
export function locateCorrections(text: string, units: readonly Unit[], corrections: readonly Correction[]): { readonly places: readonly CorrectionPlace[]; readonly problems: readonly Problem[] } {
  const places: CorrectionPlace[] = [];
  const problems: Problem[] = [];
  corrections.forEach((correction, at) => {
    try {
      places.push(placeOf(text, units, correction));
    } catch (thrown) {
      if (!(thrown instanceof Unplaced)) throw thrown;
      problems.push({ code: thrown.code, message: `Correction ${at + 1} (${correction.action}) was not applied: ${thrown.message}`, severity: 'warning' });
    }
  });
  return { places, problems };
}
