import type { Unit, UnitKind } from '../../../../../shared/model.ts';

/** What two units are compared by. */
export interface UnitWords {
  /** Place in its document. */
  readonly at: number;
  /** The stretch between equal units it stands in. */
  readonly gap: number;
  readonly kind: UnitKind;
  readonly title: string;
  readonly number: string;
  /** How often each word of title and text stands in it. */
  readonly counts: ReadonlyMap<string, number>;
}

/** Words of a unit that are compared; a longer one is told apart by its beginning. */
const MAX_WORDS = 3000;
const WORD = /[\p{L}\p{N}]+/gu;

function countsOf({ span, textStart, textEnd, title = '' }: Unit): ReadonlyMap<string, number> {
  const text = span.quote.slice(textStart - span.start, textEnd - span.start);
  const counts = new Map<string, number>();
  let total = 0;
  for (const [word] of `${title} ${text}`.toLowerCase().matchAll(WORD)) {
    counts.set(word, (counts.get(word) ?? 0) + 1);
    total += 1;
    if (total === MAX_WORDS) break;
  }
  return counts;
}

/** A unit's title and own words, without its number. */
export function unitWords(unit: Unit, at: number, gap: number): UnitWords {
  const { title = '', speaker = '', kind, number = '' } = unit;
  return { at, gap, kind, title: `${title}${speaker}`.toLowerCase().trim(), number: number.toLowerCase(), counts: countsOf(unit) };
}

/**
 * Compares units by their words, the rare ones before those that stand in every unit: provisions share whole phrases of
 * drafting and are still not the same.
 */
export class WordOverlap {
  readonly #weights: ReadonlyMap<string, number>;
  readonly #sums = new Map<UnitWords, number>();

  constructor(units: readonly Unit[]) {
    const holders = new Map<string, number>();
    for (const unit of units) for (const word of countsOf(unit).keys()) holders.set(word, (holders.get(word) ?? 0) + 1);
    this.#weights = new Map([...holders].map(([word, count]) => [word, Math.log((1 + units.length) / count)]));
  }

  /** Twice the weight of the common words over that of all words of both, in [0, 1]. */
  of(a: UnitWords, b: UnitWords): number {
    const all = this.#weigh(a) + this.#weigh(b);
    let common = 0;
    for (const [word, count] of a.counts) {
      const other = b.counts.get(word);
      if (other !== undefined) common += Math.min(count, other) * (this.#weights.get(word) ?? 0);
    }
    return all === 0 ? 0 : (2 * common) / all;
  }

  #weigh(unit: UnitWords): number {
    const known = this.#sums.get(unit);
    if (known !== undefined) return known;
    let sum = 0;
    for (const [word, count] of unit.counts) sum += count * (this.#weights.get(word) ?? 0);
    this.#sums.set(unit, sum);
    return sum;
  }
}
