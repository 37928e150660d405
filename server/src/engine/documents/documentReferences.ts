import type { TextPlace, Unit } from '../../../../shared/model.ts';
import { adoptionReferences } from './adoptionReferences.ts';
import { crossReferences } from './crossReferences.ts';
import type { CollateDocument } from './document.ts';
import { citationsIn } from './planCitation.ts';
import { unitReading } from './unitReading.ts';

/** Where a document sends its reader: to a place in itself, in its adoption agreement, or in its plan document. */
export interface DocumentReference extends TextPlace {
  readonly to: 'own' | 'adoptionAgreement' | 'basicPlanDocument';
  /** As printed, `4.2(b)`. */
  readonly number: string;
  /** Of `own`: the unit it names; null where the document has none. */
  readonly target: Unit | null;
}

interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** Says of a stretch whether one of these holds it. */
function insideOf(stretches: readonly Stretch[]): (one: Stretch) => boolean {
  const sorted = [...stretches].sort((a, b) => a.start - b.start);
  let end = 0;
  const furthest = sorted.map((one) => (end = Math.max(end, one.end)));
  return (one) => {
    let [low, high] = [0, sorted.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((sorted[middle]?.start ?? 0) <= one.start) low = middle + 1;
      else high = middle;
    }
    return low > 0 && one.end <= (furthest[low - 1] ?? 0);
  };
}

/** The references of a document, in its order. */
export function documentReferences(document: CollateDocument): readonly DocumentReference[] {
  const reading = unitReading(document);
  const own = crossReferences(document, reading).map(({ start, end, number, target }): DocumentReference => ({ to: 'own', start, end, number, target }));
  const others = document.kind === 'adoptionAgreement'
    ? citationsIn(document.text, { start: 0, end: document.text.length }).map(({ start, end, section }): DocumentReference => ({ to: 'basicPlanDocument', start, end, number: section, target: null }))
    : adoptionReferences(document, reading).map(({ start, end, number }): DocumentReference => ({ to: 'adoptionAgreement', start, end, number, target: null }));
  // A number inside a reference to the other document is not one of this document.
  const isInside = insideOf(others);
  const apart = own.filter((one) => !isInside(one));
  return [...apart, ...others].sort((a, b) => a.start - b.start || a.end - b.end);
}
