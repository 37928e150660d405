import type { Difference, Span } from '../../../../../shared/model.ts';
import { withoutFormMarks } from '../../../../../shared/words/formMarks.ts';
import type { SpanOf } from '../../documents/document.ts';
import { placeOf, type CanonicalWords } from './canonicalWords.ts';
import type { CriticalWord } from './criticalWords.ts';
import type { Entity } from '../../documents/entities/entity.ts';
import type { EntityDifference } from './entityDifference.ts';
import type { OptionDifference } from './optionLists.ts';
import type { Provision } from './provisions.ts';
import { hunkOf } from './settledFacts.ts';
import type { Hunk, Words, WordDifference } from './wordDifference.ts';

/** Two provisions with their words, and how to point into them. */
export interface PairText {
  readonly left: CanonicalWords;
  readonly right: CanonicalWords;
  readonly hunks: readonly Hunk[];
  readonly spans: PairSpans;
}

export interface PairSpans {
  source(start: number, end: number): Span;
  target(start: number, end: number): Span;
}

export function pairSpans(source: Provision, target: Provision, context: { readonly sourceSpan: SpanOf; readonly targetSpan: SpanOf }): PairSpans {
  return {
    source: (start, end) => context.sourceSpan(...source.range(start, end)),
    target: (start, end) => context.targetSpan(...target.range(start, end)),
  };
}

/** "Must" and "must not" differ by a denial, "must" and "may" by a duty. */
export function kindOf({ kind, source, target }: EntityDifference): string {
  if (kind !== 'modality' || source === null || target === null) return kind === 'modality' && denies(source ?? target) ? 'negation' : kind;
  return denies(source) !== denies(target) ? 'negation' : 'modality';
}

function denies(entity: Entity | null): boolean {
  return entity?.value.endsWith(' not') === true;
}

export function entityRow(difference: EntityDifference, pair: PairText): Difference {
  const { source, target } = difference;
  const kind = kindOf(difference);
  const rule = `entity.${kind}.${source !== null && target !== null ? 'differs' : 'oneSided'}`;
  // Where a denial was put in or taken out, the other side's words at that place show what it turns round.
  const [here, there] = kind === 'negation' ? [source ?? besides(target, pair, 'target'), target ?? besides(source, pair, 'source')] : [source, target];
  const [from, to] = [here === null ? null : pair.spans.source(here.start, here.end), there === null ? null : pair.spans.target(there.start, there.end)];
  return {
    kind,
    ...(from === null ? {} : { source: from, sourceValue: source?.value ?? valueOf(from) }),
    ...(to === null ? {} : { target: to, targetValue: target?.value ?? valueOf(to) }),
    rule,
  };
}

/** The words of the other side at the place of a fact of `side`; with their neighbours where there are none. */
function besides(entity: Entity | null, { left, right, hunks }: PairText, side: 'source' | 'target'): { readonly start: number; readonly end: number } | null {
  if (entity === null) return null;
  const [own, other, otherSide] = side === 'source' ? ([left, right, 'target'] as const) : ([right, left, 'source'] as const);
  const hunk = hunkOf(entity, own, hunks, side);
  if (hunk === null || other.body === 0) return null;
  const [start, until] = hunk[otherSide];
  // "Is not eligible" goes on behind the denial: so do the words shown beside it.
  let more = 0;
  while (hunk[side][1] + more < own.body && (own.starts[hunk[side][1] + more] as number) < entity.end) more++;
  const end = Math.min(other.body, until + more);
  const [first, last] = start < end ? [start, end - 1] : [Math.max(0, start - 1), Math.min(other.body - 1, end)];
  if (first >= other.body) return null;
  return placeOf(other, first, Math.min(last, other.body - 1));
}

/** Kind of the difference a word in another's place makes. */
export const KIND_OF = { direction: 'direction', comparator: 'comparator', modal: 'modality', unit: 'period' } as const;

export function criticalRow(word: CriticalWord, { left, right, spans }: PairText): Difference {
  const { source, target } = word;
  const kind = word.kind in KIND_OF ? KIND_OF[word.kind as keyof typeof KIND_OF] : 'direction';
  return {
    kind,
    ...(source === null ? {} : { source: spans.source(left.starts[source] as number, left.ends[source] as number), sourceValue: (left.keys[source] as string).replaceAll('-', ' ') }),
    ...(target === null ? {} : { target: spans.target(right.starts[target] as number, right.ends[target] as number), targetValue: (right.keys[target] as string).replaceAll('-', ' ') }),
    rule: `words.${kind}.differs`,
  };
}

/** Longer words are cut in a value; the span has them whole. */
const MAX_VALUE = 160;

/** The words of a span as a value: on one line, in small letters, without the lines of a form's blanks. */
export function valueOf({ quote }: Span): string {
  return withoutFormMarks(quote.slice(0, MAX_VALUE)).replace(/\s+/gu, ' ').toLowerCase();
}

export function optionRow({ side, start, end }: OptionDifference, { spans }: PairText): Difference {
  const span = spans[side](start, end);
  const value = valueOf(span);
  return side === 'source' ? { kind: 'option', source: span, sourceValue: value, rule: 'option.dropped' } : { kind: 'option', target: span, targetValue: value, rule: 'option.added' };
}

export function wordRows(difference: WordDifference, left: Words, right: Words, spans: PairSpans): Difference[] {
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
  if (start === end) return null;
  const place = placeOf(words, start, end - 1);
  return [place.start, place.end];
}

/** True where a difference in fact is told already in the words of another. */
export function covers(other: Difference, row: Difference): boolean {
  const overlaps = (a: Span | undefined, b: Span | undefined): boolean => a !== undefined && b !== undefined && a.start < b.end && b.start < a.end;
  return overlaps(other.source, row.source) || overlaps(other.target, row.target);
}
