import type { Unit } from '../../../../shared/model.ts';
import type { CollateDocument } from './document.ts';
import type { UnitReading } from './unitReading.ts';

/** A reference of a plan document to a place of its adoption agreement. Offsets are in the document. */
export interface AdoptionReference {
  readonly unit: Unit;
  readonly start: number;
  readonly end: number;
  /** As printed, `14` or `B-3(a)`. */
  readonly number: string;
}

const NUMBER = '(?:[A-Z]{1,2}[-.]?)?\\d{1,3}(?:[.-]\\d{1,3}){0,3}[a-z]?(?:\\([A-Za-z0-9]{1,4}\\)){0,4}';
const SIGN = '(?:(?:Items?|Sections?|Questions?|Elections?|Parts?|Lines?|No\\.)[ \\n]|\u00a7{1,2} ?|#)';
/** `Adoption Agreement, Item 14`, `Adoption Agreement (Section 3(b))`; `Item 14 of the Adoption Agreement`. */
const REFERENCE = new RegExp(
  `\\bAdoption[ \\n]Agreement,?[ \\n](?:(?:at|in|under)[ \\n])?\\(?${SIGN}(${NUMBER})|${SIGN}(${NUMBER}),?[ \\n](?:of|in|under)[ \\n](?:the|its)[ \\n]Adoption[ \\n]Agreement\\b`,
  'g',
);

/** Where a document sends its reader to the adoption agreement, in order. */
export function adoptionReferences(document: CollateDocument, reading: UnitReading): readonly AdoptionReference[] {
  return document.units.flatMap((unit) =>
    [...reading.words(unit).matchAll(REFERENCE)].map((match) => ({
      unit,
      ...reading.place(unit, match.index, match.index + match[0].length),
      number: match[1] ?? match[2] ?? '',
    })),
  );
}
