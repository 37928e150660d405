import type { EntityKind } from '../../documents/entities/entity.ts';
import { extractEntities } from '../../documents/entities/extractEntities.ts';
import { quoteWords } from '../../documents/locator/quoteWords.ts';

/** What two texts of the same effect must both say. */
export interface StatedFacts {
  /** Numbers, dates and amounts by value, however they are written. */
  readonly values: ReadonlySet<string>;
  /** Denials and duties, each as often as it stands there, sorted. */
  readonly denials: readonly string[];
  /** The words, without case and signs. */
  readonly words: string;
}

const VALUED: ReadonlySet<EntityKind> = new Set(['date', 'time', 'money', 'percentage', 'age', 'hours', 'service', 'period', 'number', 'schedule']);
const DENYING: ReadonlySet<EntityKind> = new Set(['negation', 'modality']);

export function statedFacts(text: string): StatedFacts {
  const entities = extractEntities(text);
  return {
    values: new Set(entities.filter(({ kind }) => VALUED.has(kind)).map(({ value }) => value)),
    denials: entities.filter(({ kind }) => DENYING.has(kind)).map(({ value }) => value).sort(),
    words: quoteWords(text).keys.join(' '),
  };
}

/** True where every value of `a` stands in `b`. */
export function keepsValues(a: StatedFacts, b: StatedFacts): boolean {
  return [...a.values].every((value) => b.values.has(value));
}
