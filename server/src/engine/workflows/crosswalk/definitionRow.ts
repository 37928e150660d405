import type { Difference } from '../../../../../shared/model.ts';
import { placeOf } from './canonicalWords.ts';
import { definedTerm } from './definedTerm.ts';
import type { PairText } from './differenceRows.ts';
import type { Provision } from './provisions.ts';

/** Where two provisions define one term: what differs in its meaning, as one difference. */
export function definitionRow(source: Provision, target: Provision, { left, right, hunks, spans }: PairText): Difference | null {
  const here = definedTerm(source);
  const there = definedTerm(target);
  if (here === null || there === null) return null;
  const own = hunks.filter((hunk) => hunk.source[0] < left.body || hunk.target[0] < right.body);
  const range = (words: PairText['left'], side: 'source' | 'target'): readonly [number, number] | null => {
    const places = own.map((hunk) => hunk[side]).filter(([start, end]) => start < Math.min(end, words.body));
    const [first, last] = [places[0]?.[0], places.at(-1)?.[1]];
    if (first === undefined || last === undefined) return null;
    const place = placeOf(words, first, Math.min(last, words.body) - 1);
    return [place.start, place.end];
  };
  const [from, to] = [range(left, 'source'), range(right, 'target')];
  if (from === null && to === null) return null;
  return {
    kind: 'definition',
    ...(from === null ? {} : { source: spans.source(...from) }),
    sourceValue: here.term,
    ...(to === null ? {} : { target: spans.target(...to) }),
    targetValue: there.term,
    rule: 'definition.changed',
  };
}
