import type { Unit } from '../../../../shared/model.ts';
import type { TextRange } from '../../../../shared/words/textParts.ts';
import type { CollateDocument } from './document.ts';
import { foreignUnits } from './foreignUnits.ts';
import { readingText, type ReadingText } from './readingText.ts';

/** The words of a document by unit. */
export interface UnitReading {
  /** A unit's own words as a person reads them; none where they are in another language than English. */
  words(unit: Unit): string;
  /** The place in the document of a range of `words(unit)`. */
  place(unit: Unit, start: number, end: number): TextRange;
}

export function unitReading(document: CollateDocument): UnitReading {
  const foreign = foreignUnits(document);
  const readings = new Map<Unit, ReadingText>();
  const reading = (unit: Unit): ReadingText => {
    const kept = readings.get(unit);
    if (kept !== undefined) return kept;
    const end = foreign.has(unit.key) ? unit.textStart : unit.textEnd;
    const fresh = readingText(document.text, unit.textStart, end, unit.omitted);
    readings.set(unit, fresh);
    return fresh;
  };
  return {
    words: (unit) => reading(unit).text,
    place(unit, start, end) {
      const range = reading(unit).range(start, end);
      return { start: range[0], end: range[1] };
    },
  };
}
