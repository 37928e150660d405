import type { ElectionOption } from '../../../../../shared/model.ts';
import { deniesOther } from '../../documents/optionDenial.ts';
import type { Entity, EntityKind } from '../../documents/entities/entity.ts';
import { extractEntities } from '../../documents/entities/extractEntities.ts';
import { optionText } from './fieldText.ts';
import type { Provision } from './provisions.ts';

/** Kinds of fact whose value says the same however the words around it are chosen. */
const VALUED: ReadonlySet<EntityKind> = new Set(['date', 'time', 'money', 'percentage', 'age', 'hours', 'service', 'period', 'frequency', 'codeReference']);

/** Answers of one word that rule each other out. */
const OPPOSITES: readonly (readonly [string, string])[] = [['yes', 'no'], ['all', 'none'], ['always', 'never']];

/**
 * True where two options without a word in common are surely not the same: one denies the other, they are known opposites,
 * or they name other values of one kind. Other words alone prove nothing: "at once", "from the day of return".
 */
export function answersApart(side: Provision, option: ElectionOption, otherSide: Provision, other: ElectionOption): boolean {
  const [here, there] = [bare(option.label), bare(other.label)];
  if (deniesOther(option.label, other.label) || OPPOSITES.some((pair) => pair.includes(here) && pair.includes(there) && here !== there)) return true;
  const [own, others] = [valuesOf(side, option), valuesOf(otherSide, other)];
  return [...own].some(([kind, values]) => {
    const against = others.get(kind);
    return against !== undefined && ![...values].some((value) => against.has(value));
  });
}

function bare(label: string): string {
  return label.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ' ').trim();
}

/** Values by kind and unit: months are not held against years. */
function valuesOf({ document }: Provision, option: ElectionOption): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (const { kind, value } of extractEntities(optionText(document.text, option, [], true)).filter(isValued)) {
    const of = `${kind} ${kind === 'period' || kind === 'service' ? value.replace(/[\d.,]+/gu, '').trim() : ''}`;
    found.set(of, (found.get(of) ?? new Set()).add(value));
  }
  return found;
}

function isValued({ kind }: Entity): boolean {
  return VALUED.has(kind);
}
