import type { Difference } from '../../../../../shared/model.ts';
import { placeOf } from './canonicalWords.ts';
import { definedTerm } from './definedTerm.ts';
import { valueOf, type PairText } from './differenceRows.ts';
import type { Provision } from './provisions.ts';

/** Where two provisions define one term: what differs in its meaning, as one difference. */
export function definitionRow(source: Provision, target: Provision, { left, right, hunks, spans }: PairText): Difference | null {
  const here = definedTerm(source);
  const there = definedTerm(target);
  if (here === null || there === null) return null;
  const places = hunks.filter((hunk) => hunk.source[0] < left.body || hunk.target[0] < right.body);
  const range = (words: PairText['left'], side: 'source' | 'target'): readonly [number, number] | null => {
    const stretches = places.map((hunk) => hunk[side]).filter(([start, end]) => start < Math.min(end, words.body));
    const [first, last] = [stretches[0]?.[0], stretches.at(-1)?.[1]];
    if (first === undefined || last === undefined) return null;
    const place = placeOf(words, first, Math.min(last, words.body) - 1);
    return [place.start, place.end];
  };
  const [from, to] = [range(left, 'source'), range(right, 'target')];
  if (from === null && to === null) return null;
  const [own, other] = [from === null ? null : spans.source(...from), to === null ? null : spans.target(...to)];
  return {
    kind: 'definition',
    ...(own === null ? {} : { source: own, sourceValue: `${here.term}: ${valueOf(own)}` }),
    ...(other === null ? {} : { target: other, targetValue: `${there.term}: ${valueOf(other)}` }),
    rule: 'definition.changed',
  };
}
