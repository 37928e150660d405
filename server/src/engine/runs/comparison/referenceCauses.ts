import type { Cause } from '../../../../../shared/comparison.ts';
import type { Unit } from '../../../../../shared/model.ts';
import type { Carry } from '../../documents/carryOver/carryUnits.ts';
import type { Pairing } from './pairing.ts';
import { carryKeys, carryName, carryNames } from './unitNames.ts';

/** Words of a unit in which references are looked for. Code units. */
const READ_WORDS = 20_000;
/** A number with at least one dot or paragraph, or the word that goes before a plain one. */
const REFERENCE = /\b(?:sections?|articles?|parts?|paragraphs?|§+)\s{0,3}(\d[\w.]{0,20}(?:\([a-z\d]{1,5}\)){0,4})|\b(\d{1,4}\.\d[\w.]{0,20}(?:\([a-z\d]{1,5}\)){0,4})/giu;

/** Numbers of provisions that a text names, without a full stop behind them. */
export function namedNumbers(text: string): ReadonlySet<string> {
  const numbers = [...text.slice(0, READ_WORDS).matchAll(REFERENCE)].map(([, worded, plain]) => (worded ?? plain ?? '').replace(/\.+$/, '').toLowerCase());
  return new Set(numbers);
}

function numberOf(unit: Unit | null): string {
  return (unit?.number ?? '').toLowerCase().replace(/^(?:article|section|part)\s+/, '');
}

/** A reference in the row's words whose provision has other counterparts now: the effect of the words rests on it. */
export function referenceCauses(own: Carry, { before, after, source }: Pairing): readonly Cause[] {
  const words = own.after?.span.quote ?? '';
  const numbers = namedNumbers(words.slice(words.indexOf('\n') + 1));
  if (numbers.size === 0) return [];
  for (const carry of source.carryOver.carries) {
    if (carry === own || ![numberOf(carry.before), numberOf(carry.after)].some((number) => number !== '' && numbers.has(number))) continue;
    const then = before.targetsOf.get(carry) ?? [];
    const now = after.targetsOf.get(carry) ?? [];
    if (then.length === now.length && then.every((target) => now.includes(target))) continue;
    const sentence = `It refers to ${carryName(carry)}, whose counterpart was ${carryNames(then) || 'none'} and is ${carryNames(now) || 'none'}.`;
    return [{ cause: 'referenceChanged', sentence, units: carryKeys([carry, ...now]) }];
  }
  return [];
}
