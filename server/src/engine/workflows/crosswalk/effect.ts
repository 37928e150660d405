import type { Difference, Impact, Relation, Span, Variance, Why } from '../../../../../shared/model.ts';
import type { SpanOf } from '../../documents/document.ts';
import { criticalWords, type CriticalWord } from './criticalWords.ts';
import type { Entity } from './entities/entity.ts';
import { extractEntities, MAX_ENTITY_TEXT } from './entities/extractEntities.ts';
import { compareEntities, type EntityDifference } from './entityDifference.ts';
import { newContent } from './newContent.ts';
import type { Provision } from './provisions.ts';
import { REASONS } from './reasons.ts';
import { settledFacts } from './settledFacts.ts';
import { weigh } from './variance.ts';
import { wordDifference, wordsWithPlaces, type Hunk, type Words, type WordDifference } from './wordDifference.ts';

/** What the rules can say about whether two provisions of one topic have the same effect. */
export type Effect =
  | { readonly relation: Extract<Relation, 'same' | 'reworded' | 'changed'>; readonly variance: Variance; readonly impact: Impact; readonly differences: readonly Difference[]; readonly why: readonly Why[]; readonly ratio: number }
  | { readonly relation: null; readonly reason: string; readonly differences: readonly Difference[]; readonly why: readonly Why[]; readonly ratio: number };

export interface EffectContext {
  readonly sourceSpan: SpanOf;
  readonly targetSpan: SpanOf;
  /** True where a reference of the source and one of the target lead to provisions that answer each other. */
  sameReference(source: string, target: string): boolean;
}

/** Share of common words from which a differing fact is the difference, and not one of many. */
const COMPARABLE = 0.5;
/** The same for a fact that stands on one side only: below it the other side may just say more. */
const COMPARABLE_ALONE = 0.7;
/** How many differences a row shows. */
const MAX_DIFFERENCES = 25;

/** Same effect, another effect, or not to be told by rules. Words, facts and who-must-may-not are compared; nothing is guessed. */
export function effectOf(source: Provision, target: Provision, context: EffectContext): Effect {
  const left = wordsWithPlaces(source.text);
  const right = wordsWithPlaces(target.text);
  const sourceEntities = extractEntities(source.text);
  const targetEntities = extractEntities(target.text);
  const sameReference = (a: Entity, b: Entity): boolean => context.sameReference(a.value, b.value);
  const facts = compareEntities(sourceEntities, targetEntities, sameReference);
  const complete = left.complete && right.complete && source.text.length <= MAX_ENTITY_TEXT && target.text.length <= MAX_ENTITY_TEXT;
  if (!complete && source.text !== target.text) return { relation: null, reason: REASONS.tooLong, differences: [], why: [], ratio: 0 };
  if (sameWords(left, sourceEntities, right, targetEntities)) {
    if (facts.differences.length === 0) {
      return { relation: 'same', variance: 'none', impact: 'none', differences: [], ratio: 1, why: [{ rule: 'words.equal', detail: 'The words are the same, case, punctuation and numbering aside.' }] };
    }
  }
  const difference = wordDifference(left.keys, right.keys);
  if (difference === null) {
    return { relation: null, reason: REASONS.effectUnsettled, differences: [], ratio: 0, why: [{ rule: 'words.different', detail: 'The two share too few words to be compared word by word.' }] };
  }
  const spans = pairSpans(source, target, context);
  const { settled, open } = settledFacts(facts.differences, difference, { ...left, entities: sourceEntities }, { ...right, entities: targetEntities });
  const critical = difference.hunks.flatMap((hunk) => criticalWords(left.keys, right.keys, hunk.source, hunk.target));
  const turned = critical.flatMap((word) => (isTurned(word, difference.hunks, left, right) ? [criticalRow(word, left, right, spans)] : []));
  const stated = settled.map((each) => entityRow(each, spans));
  const told = [...stated, ...turned.filter((row) => !stated.some((other) => covers(other, row)))];
  const words = wordRows(difference, left, right, spans);
  const all = [...told, ...open.map((each) => entityRow(each, spans)), ...words].slice(0, MAX_DIFFERENCES);
  const { ratio } = difference;
  const paired = turned.length > 0 || settled.some((each) => each.source !== null && each.target !== null);
  const plain = {
    left: withoutRanges(withoutFacts(left, sourceEntities), left, listMarks(source.text)),
    right: withoutRanges(withoutFacts(right, targetEntities), right, listMarks(target.text)),
  };
  const doubts = doubtsOf(open, facts.reordered, critical, told, left, right, newContent(difference, plain.left, plain.right, { source: left.keys, target: right.keys }));
  if (told.length > 0) {
    const { variance, impact, why } = weigh(told);
    const comparable = ratio >= (paired ? COMPARABLE : COMPARABLE_ALONE);
    // What else differs may weigh more than a reference: then the row is for a reviewer.
    if (comparable && (doubts.length === 0 || variance !== 'administrative')) {
      return { relation: 'changed', variance, impact, differences: all, why: [...why, ...doubts], ratio };
    }
    const tooMuch: Why = { rule: 'words.different', detail: 'Facts differ, but too many words around them differ as well.' };
    return { relation: null, reason: REASONS.effectUnsettled, differences: all, why: [...why, ...(comparable ? doubts : [tooMuch])], ratio };
  }
  if (doubts.length > 0) return { relation: null, reason: REASONS.effectUnsettled, differences: all, why: doubts, ratio };
  const detail = `${Math.round(ratio * 100)} % of the words are the same, in order; no number, date, period, negation, duty or default differs.`;
  return { relation: 'reworded', variance: 'none', impact: 'none', differences: all, ratio, why: [{ rule: 'words.littleDifference', detail }] };
}

/** Why rules cannot say that the effect is the same; empty when they can. */
function doubtsOf(
  open: readonly EntityDifference[],
  reordered: boolean,
  critical: readonly CriticalWord[],
  told: readonly Difference[],
  left: Words,
  right: Words,
  fresh: string | null,
): readonly Why[] {
  const doubts: Why[] = [];
  if (open.length > 0) doubts.push({ rule: 'facts.open', detail: 'A duty or denial stands on one side only, in words that differ anyway.' });
  if (reordered) doubts.push({ rule: 'facts.reordered', detail: 'The same numbers or duties stand in another order.' });
  for (const { kind, source, target } of critical) {
    if (kind === 'direction') continue;
    if ((kind === 'modal' || kind === 'unit') && told.some((row) => row.kind === KIND_OF[kind])) continue;
    const here = source === null ? 'nothing' : `"${left.keys[source]}"`;
    const there = target === null ? 'nothing' : `"${right.keys[target]}"`;
    doubts.push({ rule: `words.${kind}`, detail: `${here} here stands against ${there} there.` });
  }
  if (fresh !== null) doubts.push({ rule: 'words.newContent', detail: fresh });
  return doubts;
}

/** Equal words, with references taken as one word each and list marks of one letter or digit left alone. */
function sameWords(left: Words, leftEntities: readonly Entity[], right: Words, rightEntities: readonly Entity[]): boolean {
  const a = withoutReferences(left, leftEntities);
  const b = withoutReferences(right, rightEntities);
  return a.length === b.length && a.every((word, k) => word === b[k]);
}

function withoutReferences(words: Words, entities: readonly Entity[]): readonly string[] {
  const references = entities.filter((entity) => entity.kind === 'sectionReference');
  if (references.length === 0) return words.keys;
  const kept: string[] = [];
  let r = 0;
  words.keys.forEach((key, k) => {
    const at = words.starts[k] as number;
    while (r < references.length && (references[r] as Entity).end <= at) r++;
    const reference = references[r];
    if (reference === undefined || at < reference.start) kept.push(key);
    else if (at === reference.start) kept.push('§');
  });
  return kept;
}

/**
 * The words with those of facts blanked: facts are compared as such, "fifty percent" and "50%" are no new words. A word
 * that goes on where the fact ends says more than the fact, and stays.
 */
function withoutFacts(words: Words, entities: readonly Entity[]): readonly string[] {
  return withoutRanges(words.keys, words, entities.filter((entity) => entity.kind !== 'default'));
}

/** `(a)`, `(iv)`, and `1.`, `b)` at the start of a line. What stands behind a name, as in "Class (A)", is a part of it. */
const LIST_MARK = /(?<![\p{L}\p{N})]|\p{Lu}[\p{L}]{0,40}[ \t]{1,4})\((?:[A-Za-z]|[ivx]{2,5}|\d{1,2})\)|(?<=^[ \t]{0,40}(?:[-*•][ \t]{1,4})?)(?:\d{1,3}(?:\.\d{1,3}){0,4}|[A-Za-z])[.)](?=\s)/gmu;

function listMarks(text: string): readonly Range[] {
  return [...text.matchAll(LIST_MARK)].map(({ index, 0: { length } }) => ({ start: index, end: index + length }));
}

interface Range {
  readonly start: number;
  readonly end: number;
}

function withoutRanges(keys: readonly string[], words: Words, ranges: readonly Range[]): readonly string[] {
  let r = 0;
  return keys.map((key, k) => {
    const at = words.starts[k] as number;
    while (r < ranges.length && (ranges[r] as Range).end <= at) r++;
    const range = ranges[r];
    return range !== undefined && at >= range.start && (words.ends[k] as number) <= range.end ? '' : key;
  });
}

interface PairSpans {
  source(start: number, end: number): Span;
  target(start: number, end: number): Span;
}

function pairSpans(source: Provision, target: Provision, context: EffectContext): PairSpans {
  return {
    source: (start, end) => context.sourceSpan(...source.range(start, end)),
    target: (start, end) => context.targetSpan(...target.range(start, end)),
  };
}

function entityRow({ kind, source, target }: EntityDifference, spans: PairSpans): Difference {
  return {
    kind,
    ...(source === null ? {} : { source: spans.source(source.start, source.end), sourceValue: source.value }),
    ...(target === null ? {} : { target: spans.target(target.start, target.end), targetValue: target.value }),
    rule: source !== null && target !== null ? `entity.${kind}.differs` : `entity.${kind}.oneSided`,
  };
}

/** Kind of the difference a word in another's place makes. */
const KIND_OF = { direction: 'direction', modal: 'modality', unit: 'period' } as const;
/** A duty or a unit of time is the very thing that differs where no more than so many words stand around it. */
const BARE_WORDS = 2;

/** True for a word whose replacement changes the effect by itself. */
function isTurned(word: CriticalWord, hunks: readonly Hunk[], left: Words, right: Words): boolean {
  if (word.kind === 'direction') return true;
  if (word.kind !== 'modal' && word.kind !== 'unit') return false;
  const hunk = hunks.find(({ source: [start, end] }) => word.source >= start && word.source < end);
  if (hunk === undefined) return false;
  const own = (words: Words, [start, end]: readonly [number, number]): number => words.keys.slice(start, end).filter((key) => key.length > 1).length;
  return own(left, hunk.source) <= BARE_WORDS && own(right, hunk.target) <= BARE_WORDS;
}

/** True where a difference in fact is told already in the words of another. */
function covers(other: Difference, row: Difference): boolean {
  const overlaps = (a: Span | undefined, b: Span | undefined): boolean => a !== undefined && b !== undefined && a.start < b.end && b.start < a.end;
  return overlaps(other.source, row.source) || overlaps(other.target, row.target);
}

function criticalRow(word: CriticalWord, left: Words, right: Words, spans: PairSpans): Difference {
  const { source, target } = word;
  const kind = word.kind === 'modal' || word.kind === 'unit' ? KIND_OF[word.kind] : 'direction';
  return {
    kind,
    ...(source === null ? {} : { source: spans.source(left.starts[source] as number, left.ends[source] as number), sourceValue: left.keys[source] as string }),
    ...(target === null ? {} : { target: spans.target(right.starts[target] as number, right.ends[target] as number), targetValue: right.keys[target] as string }),
    rule: `words.${kind}.differs`,
  };
}

function wordRows(difference: WordDifference, left: Words, right: Words, spans: PairSpans): Difference[] {
  return difference.hunks.map((hunk: Hunk) => {
    const source = range(left, hunk.source);
    const target = range(right, hunk.target);
    return {
      kind: 'words',
      ...(source === null ? {} : { source: spans.source(...source) }),
      ...(target === null ? {} : { target: spans.target(...target) }),
      rule: source === null ? 'words.added' : target === null ? 'words.removed' : 'words.replaced',
    };
  });
}

function range(words: Words, [start, end]: readonly [number, number]): [number, number] | null {
  return start === end ? null : [words.starts[start] as number, words.ends[end - 1] as number];
}
