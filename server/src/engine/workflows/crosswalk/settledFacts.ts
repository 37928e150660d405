import { placeOf } from './canonicalWords.ts';
import { mayBeOneParty } from '../../documents/entities/deciders.ts';
import type { Entity } from '../../documents/entities/entity.ts';
import { isSameLengthOfService } from '../../documents/entities/service.ts';
import type { EntityDifference } from './entityDifference.ts';
import { inflectionOf } from './inflection.ts';
import { isWeightless } from './newContent.ts';
import { isStopWord } from './scoring/tokens.ts';
import type { TermBook } from './termBook.ts';
import type { Hunk, WordDifference, Words } from './wordDifference.ts';

/** The words of a side with the facts found in them. */
export type FactsInWords = Words & { readonly entities: readonly Entity[] };

export interface SettledFacts {
  /** Differences that change the effect. */
  readonly settled: readonly EntityDifference[];
  /** Duties and denials that differ in words that differ anyway: "protected from change" and "cannot be changed". */
  readonly open: readonly EntityDifference[];
}

/**
 * A number that differs is a difference wherever it stands; a duty or denial only where it is the very thing that
 * differs. It is taken for a change where both sides say one in the same place, or where nothing but it was put in
 * or taken out.
 */
export function settledFacts(
  differences: readonly EntityDifference[],
  difference: WordDifference,
  left: FactsInWords,
  right: FactsInWords,
  terms?: TermBook,
): SettledFacts {
  const settled: EntityDifference[] = [];
  const open: EntityDifference[] = [];
  for (const each of pairedInPlace(placed(withoutDenialsInOtherForm(differences), difference.hunks, left, right), difference.hunks, left, right)) {
    const { kind, source, target } = each;
    const here = source === null ? null : hunkOf(source, left, difference.hunks, 'source');
    const there = target === null ? null : hunkOf(target, right, difference.hunks, 'target');
    if (kind === 'decider') {
      // Other words around a decision may name it otherwise: only a name in the place of a name is told.
      if (source === null || target === null || here === null || here !== there || terms?.isOneParty(source.value, target.value) === true) continue;
      (mayBeOneParty(source.value, target.value) ? open : settled).push(each);
    } else if (kind === 'default') {
      // In other words throughout, "unless" and "if" may put the same case the other way about.
      const inPlace = here !== null && (here === there || (source === null) !== (target === null)) && (here === there || isOneSided(here, left, right));
      const alone = here === null && there !== null && isOneSided(there, left, right);
      (inPlace || alone ? settled : open).push(each);
    } else if (kind === 'service' && source !== null && target !== null && isSameLengthOfService(source.value, target.value)) open.push(each);
    else if (kind === 'period' && isVague(each, here ?? there, left, right)) open.push(each);
    else if (kind !== 'modality' && kind !== 'negation') settled.push(each);
    else {
      const samePlace = here !== null && here === there;
      const one = here === null ? there : there === null ? here : null;
      const told = samePlace ? !turnsBound(each, left, right) : one !== null && isBare(one, left, right);
      (told ? settled : open).push(each);
    }
  }
  return { settled, open };
}

/** "May not be below 20 %" asks what "must reach 20 %" asks: a bound denied on one side, and on the other no bound in words. */
function turnsBound({ source, target }: EntityDifference, left: Words, right: Words): boolean {
  if (source === null || target === null) return false;
  const [own, other] = [bounds(source, left), bounds(target, right)];
  return source.value.endsWith(' not') !== target.value.endsWith(' not') && (source.value.endsWith(' not') ? own && !other : other && !own);
}

/** True where a bound stands so close behind a fact that it is what is asked or denied. */
function bounds({ start }: Entity, { keys, starts }: Words): boolean {
  const at = starts.findIndex((place) => place >= start);
  return at !== -1 && keys.slice(at, at + WITHIN_BOUND).some((word) => BOUNDS.has(word));
}

/** Words from a denial on in which its bound stands: "may not at any time be below". */
const WITHIN_BOUND = 7;
const BOUNDS: ReadonlySet<string> = new Set(['below', 'under', 'less-than', 'more-than', 'exceed', 'exceeds', 'above', 'fewer']);

/**
 * Facts are compared in their order, words in theirs. Where one of several equal facts is said to be too many, it is the
 * one that stands in words that differ.
 */
function placed(differences: readonly EntityDifference[], hunks: readonly Hunk[], left: FactsInWords, right: FactsInWords): readonly EntityDifference[] {
  const inHunk = (entity: Entity, facts: FactsInWords, side: 'source' | 'target'): Entity => {
    if (hunkOf(entity, facts, hunks, side) !== null) return entity;
    return facts.entities.find((other) => other.kind === entity.kind && other.value === entity.value && hunkOf(other, facts, hunks, side) !== null) ?? entity;
  };
  return differences.map(({ kind, source, target }) => ({
    kind,
    source: source === null ? null : inHunk(source, left, 'source'),
    target: target === null ? null : inHunk(target, right, 'target'),
  }));
}

/** "Tenth" taken out and "fifth" put in at the same place are one difference, whatever stands around them. */
function pairedInPlace(differences: readonly EntityDifference[], hunks: readonly Hunk[], left: Words, right: Words): readonly EntityDifference[] {
  const kept = [...differences];
  for (let k = 0; k < kept.length; k++) {
    const own = kept[k] as EntityDifference;
    if (own.source === null || own.target !== null) continue;
    const here = hunkOf(own.source, left, hunks, 'source');
    const partner = here === null ? -1 : kept.findIndex(({ kind, source, target }) => kind === own.kind && source === null && target !== null && hunkOf(target, right, hunks, 'target') === here);
    if (partner === -1) continue;
    kept[k] = { ...own, target: (kept[partner] as EntityDifference).target };
    kept.splice(partner, 1);
    if (partner < k) k--;
  }
  return kept;
}

/** "Must not be used" against "are not used": a denial on each side, filed under two kinds. */
function withoutDenialsInOtherForm(differences: readonly EntityDifference[]): readonly EntityDifference[] {
  const kept = [...differences];
  const denies = (each: EntityDifference, side: 'source' | 'target', kind: string): boolean =>
    each.kind === kind && each[side === 'source' ? 'target' : 'source'] === null && (kind === 'negation' || each[side]?.value === 'must not');
  for (const [side, other] of [['source', 'target'], ['target', 'source']] as const) {
    for (;;) {
      const duty = kept.findIndex((each) => denies(each, side, 'modality'));
      const denial = kept.findIndex((each) => denies(each, other, 'negation'));
      if (duty < 0 || denial < 0) break;
      for (const at of [duty, denial].sort((a, b) => b - a)) kept.splice(at, 1);
    }
  }
  return kept;
}

export function hunkOf(entity: Entity, words: Words, hunks: readonly Hunk[], side: 'source' | 'target'): Hunk | null {
  return hunks.find(({ [side]: [start, end] }) => start < end && overlaps(placeOf(words, start, end - 1), entity)) ?? null;
}

function overlaps(a: { readonly start: number; readonly end: number }, b: { readonly start: number; readonly end: number }): boolean {
  return a.start < b.end && b.start < a.end;
}

/** True where only one side has words of weight. */
function isOneSided(hunk: Hunk, left: Words, right: Words): boolean {
  const weighs = (words: Words, [start, end]: readonly [number, number]): boolean => words.keys.slice(start, end).some((word) => !isWeightless(word));
  return weighs(left, hunk.source) !== weighs(right, hunk.target);
}

/** "Within 30 days" against "within a reasonable time". */
function isVague({ source, target }: EntityDifference, hunk: Hunk | null, left: Words, right: Words): boolean {
  if (hunk === null || (source !== null && target !== null)) return false;
  const [words, [start, end]] = source === null ? [left, hunk.source] : [right, hunk.target];
  return words.keys.slice(start, end).some((word) => VAGUE.has(word));
}

const VAGUE: ReadonlySet<string> = new Set(['reasonable', 'reasonably', 'prompt', 'promptly', 'practicable', 'timely', 'soon', 'immediately', 'feasible']);

/** "Does not revive" against "revives": nothing but the denial, and the ending it takes off. */
function isBare({ source, target }: Hunk, left: Words, right: Words): boolean {
  const [here, there] = [left.keys.slice(...source), right.keys.slice(...target)];
  const bare = (words: readonly string[], others: readonly string[]): boolean => {
    const forms = new Set(others.map(inflectionOf));
    return words.every((word) => word.length < 2 || isStopWord(word) || DENIALS.has(word) || forms.has(inflectionOf(word)));
  };
  return bare(here, there) && bare(there, here);
}

/** Denials that are no stop words. */
const DENIALS: ReadonlySet<string> = new Set(['never', 'none', 'neither', 'nor', 'without', 'cannot', "can't", "won't", "don't", "doesn't"]);
