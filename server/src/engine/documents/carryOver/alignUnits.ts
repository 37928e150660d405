import type { Unit } from '../../../../../shared/model.ts';
import { likeliest } from './likeliest.ts';
import { longestRise } from './longestRise.ts';
import { unitWords, WordOverlap, type UnitWords } from './unitWords.ts';

export interface Aligned {
  readonly before: number;
  readonly after: number;
  /** Words in common, weighed by how rare they are, in [0, 1]. */
  readonly similarity: number;
}

/** From this share of common words on, two units are versions of one wherever they stand. */
const ALIKE = 0.5;
/** Between the same neighbours and with the same title or number, so many words in common are enough. */
const ALIKE_IN_PLACE = 0.2;
/** What a pair is chosen by among several: common words before all, then title, place and number. Parts of 1. */
const WEIGHTS = { words: 0.7, title: 0.12, place: 0.1, number: 0.08 };

interface Pair extends Aligned {
  readonly score: number;
}

/**
 * Pairs what equal words left over: units that share words, most alike first, each in one pair. Units between the same
 * neighbours are preferred, so that order is kept where it can be; what moved is found all the same.
 */
export function alignUnits(before: readonly Unit[], after: readonly Unit[], equal: ReadonlyMap<number, number>): readonly Aligned[] {
  const taken = new Set(equal.values());
  const gaps = gapsOf(equal);
  const left = wordsOf(before, (i) => !equal.has(i), gaps.before);
  const right = wordsOf(after, (j) => !taken.has(j), gaps.after);
  if (left.length === 0 || right.length === 0) return [];
  const overlap = new WordOverlap([...before, ...after]);
  const pairs: Pair[] = [];
  const candidates = likeliest(left, right);
  left.forEach((own, at) => {
    for (const other of candidates[at] ?? []) {
      const pair = pairOf(own, right[other] as UnitWords, overlap);
      if (pair !== null) pairs.push(pair);
    }
  });
  pairs.sort((a, b) => b.score - a.score || a.before - b.before || a.after - b.after);
  const aligned: Aligned[] = [];
  const used = { before: new Set<number>(), after: new Set<number>() };
  for (const { before: i, after: j, similarity } of pairs) {
    if (used.before.has(i) || used.after.has(j)) continue;
    used.before.add(i);
    used.after.add(j);
    aligned.push({ before: i, after: j, similarity });
  }
  return aligned;
}

function wordsOf(units: readonly Unit[], isOpen: (at: number) => boolean, gap: (at: number) => number): readonly UnitWords[] {
  return units.flatMap((unit, at) => (isOpen(at) ? [unitWords(unit, at, gap(at))] : []));
}

/** Which stretch between equal units in rising order a place belongs to, in either version. */
function gapsOf(equal: ReadonlyMap<number, number>): Readonly<Record<'before' | 'after', (at: number) => number>> {
  const pairs = [...equal].sort(([a], [b]) => a - b);
  const backbone = longestRise(pairs.map(([, j]) => j)).map((at) => pairs[at] as [number, number]);
  const gap = (side: 0 | 1) => (at: number): number => {
    let low = 0;
    let high = backbone.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((backbone[middle] as [number, number])[side] < at) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return { before: gap(0), after: gap(1) };
}

function pairOf(own: UnitWords, other: UnitWords, overlap: WordOverlap): Pair | null {
  if (own.kind !== other.kind) return null;
  const words = overlap.of(own, other);
  const title = own.title !== '' && own.title === other.title;
  const number = own.number !== '' && own.number === other.number;
  const place = own.gap === other.gap;
  // The same heading under the same number, between the same neighbours, is the same provision with a new text.
  const inPlace = place && ((title && number) || ((title || number) && words >= ALIKE_IN_PLACE));
  if (words < ALIKE && !inPlace) return null;
  const score = WEIGHTS.words * words + WEIGHTS.title * Number(title) + WEIGHTS.place * Number(place) + WEIGHTS.number * Number(number);
  return { before: own.at, after: other.at, similarity: words, score };
}
