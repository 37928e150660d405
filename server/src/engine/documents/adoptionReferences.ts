import type { Unit } from '../../../../shared/model.ts';
import type { CollateDocument } from './document.ts';
import type { UnitReading } from './unitReading.ts';

/** A reference of a plan document to a place of its adoption agreement. Offsets are in the document. */
export interface AdoptionReference {
  readonly unit: Unit;
  readonly start: number;
  readonly end: number;
  /** As printed, `14` or `B-3(a)`; empty where only the agreement is named, as in `as elected in the Adoption Agreement`. */
  readonly number: string;
}

const NUMBER = '(?:[A-Z]{1,2}[-.]?)?\\d{1,3}(?:[.-]\\d{1,3}){0,3}[a-z]?(?:\\([A-Za-z0-9]{1,4}\\)){0,4}';
const SIGN = '(?:(?:Items?|Sections?|Questions?|Elections?|Parts?|Lines?|No\\.)[ \\n]|\u00a7{1,2} ?|#)';
/** `Adoption Agreement, Item 14`, `Adoption Agreement (Section 3(b))`; `Item 14 of the Adoption Agreement`. */
const REFERENCE = new RegExp(
  `\\bAdoption[ \\n]Agreement,?[ \\n](?:(?:at|in|under)[ \\n])?\\(?${SIGN}(${NUMBER})|${SIGN}(${NUMBER}),?[ \\n](?:of|in|under)[ \\n](?:the|its)[ \\n]Adoption[ \\n]Agreement\\b`,
  'g',
);

/** `elected by the Employer in the Adoption Agreement`: the form says which item that is, by the section it cites. */
const WITHOUT_NUMBER = /\b(?:elected|specified|selected|designated|provided|stated|named|indicated|set[ \n]forth|checked)(?:[ \n]by[ \n](?:the|an)[ \n](?:Adopting[ \n])?Employer)?[ \n](?:in|on|under)[ \n](?:the|its)[ \n]Adoption[ \n]Agreement\b/g;

/** Where a document sends its reader to the adoption agreement, in order. */
export function adoptionReferences(document: CollateDocument, reading: UnitReading): readonly AdoptionReference[] {
  return document.units.flatMap((unit) => {
    const words = reading.words(unit);
    const numbered = [...words.matchAll(REFERENCE)];
    const isApart = (at: number, end: number): boolean => numbered.every((one) => end <= one.index || one.index + one[0].length <= at);
    const bare = [...words.matchAll(WITHOUT_NUMBER)].filter((match) => isApart(match.index, match.index + match[0].length));
    return [...numbered, ...bare]
      .sort((a, b) => a.index - b.index)
      .map((match) => ({ unit, ...reading.place(unit, match.index, match.index + match[0].length), number: match[1] ?? match[2] ?? '' }));
  });
}
