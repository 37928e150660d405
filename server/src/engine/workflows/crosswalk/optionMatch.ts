import type { Election, ElectionOption } from '../../../../../shared/model.ts';
import { effectOf, type Effect, type EffectContext } from './effect.ts';
import { optionText, straight } from './fieldText.ts';
import type { Provision } from './provisions.ts';
import { commonShare, wordsWithPlaces } from './wordDifference.ts';

/**
 * How two options stand to each other. `exact`: the same words. `compatible`: the same effect in other words.
 * `partial`: alike, but what they say differs or cannot be told to be the same. `incompatible`: one turns the other round.
 * `missing`: no counterpart.
 */
export type OptionRelation = 'exact' | 'compatible' | 'partial' | 'missing' | 'incompatible';

export interface OptionPair {
  readonly relation: Exclude<OptionRelation, 'missing'>;
  readonly source: ElectionOption;
  readonly target: ElectionOption;
  /** What the words of the two come to; null where they are equal. */
  readonly effect: Effect | null;
}

export interface OptionMatch {
  readonly pairs: readonly OptionPair[];
  readonly onlySource: readonly ElectionOption[];
  readonly onlyTarget: readonly ElectionOption[];
}

/** Words in common from which two options that are not the same are alike. */
const ALIKE = 0.5;
/** Words in common from which one may be the other in other words, so that "missing" cannot be said. Low: a wrong "missing" costs more than a look. */
export const MAYBE_THE_SAME = 0.1;
/** Options of a question that are compared each with each; longer lists are matched by equal words only. */
const MAX_COMPARED = 60;
/** Differences that turn an option round. */
const TURNS: ReadonlySet<string> = new Set(['default', 'negation', 'direction']);

interface Words {
  readonly option: ElectionOption;
  readonly index: number;
  readonly parent: number;
  readonly keys: readonly string[];
}

/** Words that join an option to the next and say nothing. */
const JOINS = /(?:^| )(?:and|or)$/;

function wordsOf(side: Provision, { options, citations }: Election): readonly Words[] {
  const open: number[] = [];
  return options.map((option, index) => {
    open.length = Math.min(open.length, option.depth);
    const parent = open.at(-1) ?? -1;
    open.push(index);
    const keys = wordsWithPlaces(optionText(side.document.text, option, [...citations, ...(side.unit.omitted ?? [])], false)).keys;
    return { option, index, parent, keys: JOINS.test(keys.join(' ')) ? keys.slice(0, -1) : keys };
  });
}

/** An option as a provision, so that its words are compared as any others are. */
function asProvision(side: Provision, option: ElectionOption, citations: Election['citations'], filled: boolean): Provision {
  const { start, end } = option.words;
  return { ...side, start, end, text: optionText(side.document.text, option, [...citations, ...(side.unit.omitted ?? [])], filled), range: straight(start) };
}

/** Shares of words of two options; what stands for nothing on either side is alike. */
export function optionShare(source: Provision, a: ElectionOption, target: Provision, b: ElectionOption): number {
  const words = (side: Provision, option: ElectionOption): readonly string[] => wordsWithPlaces(optionText(side.document.text, option, [], false)).keys;
  return commonShare(words(source, a), words(target, b));
}

/** Pairs the options of two matched questions: equal words first, below matched parents before others, then the most alike. */
export function matchOptions(source: Provision, from: Election, target: Provision, to: Election, context: EffectContext): OptionMatch {
  const left = wordsOf(source, from);
  const right = wordsOf(target, to);
  const partner = new Map<number, number>();
  const taken = new Set<number>();
  const pairs = new Map<number, OptionPair>();
  const pair = (a: Words, b: Words, relation: OptionPair['relation'], effect: Effect | null): void => {
    partner.set(a.index, b.index);
    taken.add(b.index);
    pairs.set(a.index, { relation, source: a.option, target: b.option, effect });
  };
  const sameParent = (a: Words, b: Words): boolean => (a.parent === -1 ? b.parent === -1 : partner.get(a.parent) === b.parent);
  for (const nested of [true, false]) {
    for (const a of left) {
      if (partner.has(a.index)) continue;
      const key = a.keys.join(' ');
      const equal = right.filter((b) => !taken.has(b.index) && b.keys.join(' ') === key && (!nested || sameParent(a, b)));
      // Out of place only what cannot be another.
      const [only] = equal;
      if (only !== undefined && (nested || equal.length === 1)) pair(a, only, 'exact', null);
    }
  }
  if (left.length <= MAX_COMPARED && right.length <= MAX_COMPARED) {
    const likely = left.flatMap((a) => (partner.has(a.index) ? [] : right.flatMap((b) => {
      if (taken.has(b.index)) return [];
      const share = commonShare(a.keys, b.keys);
      return share >= ALIKE ? [{ a, b, share }] : [];
    }))).sort((x, y) => y.share - x.share || x.a.index - y.a.index || x.b.index - y.b.index);
    for (const { a, b } of likely) {
      if (partner.has(a.index) || taken.has(b.index)) continue;
      const filled = a.option.selected && b.option.selected;
      const effect = effectOf(asProvision(source, a.option, from.citations, filled), asProvision(target, b.option, to.citations, filled), context);
      const turned = effect.relation === 'changed' && effect.differences.some(({ kind }) => TURNS.has(kind));
      pair(a, b, effect.relation === 'same' || effect.relation === 'reworded' ? 'compatible' : turned ? 'incompatible' : 'partial', effect);
    }
  }
  return {
    pairs: [...pairs].sort(([a], [b]) => a - b).map(([, one]) => one),
    onlySource: left.filter(({ index }) => !partner.has(index)).map(({ option }) => option),
    onlyTarget: right.filter(({ index }) => !taken.has(index)).map(({ option }) => option),
  };
}
