import type { Unit } from '../../../../shared/model.ts';
import { unitOfNumber, type DocumentReference } from '../../engine/index.ts';
import type { TextReading } from '../textReadings.ts';
import type { Partner } from './partners.ts';

/** A place in another document that a reference leads to. */
export interface PlaceElsewhere {
  readonly partner: Partner;
  /** Null: the document as a whole. */
  readonly unit: Unit | null;
}

function sameNumber(a: string, b: string): boolean {
  const folded = (number: string): string => number.replace(/\s+/gu, '').toLowerCase();
  return folded(a) === folded(b);
}

/** The items of a form that cite a section, or the section it lies in. */
function itemsCiting(section: string, form: TextReading): readonly Unit[] {
  for (let number = section; number !== ''; number = number.endsWith(')') ? number.slice(0, number.lastIndexOf('(')) : '') {
    const cited = form.references.filter((one) => one.to === 'basicPlanDocument' && sameNumber(one.number, number));
    const items = new Set(cited.flatMap(({ start }) => form.unitAt(start) ?? []));
    if (items.size > 0) return [...items];
  }
  return [];
}

/** Where a reference leads in each of the documents it may mean; nowhere in one that has no such number. */
export function placesElsewhere({ number, start }: DocumentReference, from: TextReading, partners: readonly Partner[]): readonly PlaceElsewhere[] {
  return partners.flatMap((partner): readonly PlaceElsewhere[] => {
    if (number !== '') {
      const unit = unitOfNumber(number, partner.reading.numbering);
      return unit === null ? [] : [{ partner, unit }];
    }
    // Without a number the form itself says which of its items the section is about.
    const items = itemsCiting(from.unitAt(start)?.number ?? '', partner.reading);
    return items.length === 0 ? [{ partner, unit: null }] : items.map((unit) => ({ partner, unit }));
  });
}

/** The stretch of a place, and its first line: where a selection goes. */
export function stretchesOf({ partner, unit }: PlaceElsewhere): { readonly whole: { readonly start: number; readonly end: number }; readonly heading: { readonly start: number; readonly end: number } } {
  const { text } = partner.reading.document;
  const whole = unit === null ? { start: 0, end: text.length } : { start: unit.span.start, end: unit.span.end };
  const line = text.indexOf('\n', whole.start);
  return { whole, heading: { start: whole.start, end: Math.min(whole.end, line === -1 ? text.length : line) } };
}
