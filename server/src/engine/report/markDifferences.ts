import { diffArrays } from 'diff';
import type { Difference, Span } from '../../../../shared/model.ts';
import { rangeWithin, textParts, type TextPart, type TextRange } from '../../../../shared/words/textParts.ts';
import type { UnitWords } from './unitWords.ts';
import { comparable, wordTokens, type WordToken } from './wordTokens.ts';

/** Edits after which two texts are called different throughout; bounds the work to length x edits. */
const MAX_EDITS = 1500;
/** Share of all words of both sides; above it marks would cover nearly everything and help nobody. */
const MARKED_AT_MOST = 0.75;

export interface MarkedPair {
  readonly source: readonly TextPart[];
  readonly targets: readonly (readonly TextPart[])[];
  /** False where the words have too little in common for marks to help. */
  readonly compared: boolean;
}

/** Neighbouring tokens joined to ranges, with the space between them. */
function ranges(all: readonly WordToken[], only: ReadonlySet<number>): TextRange[] {
  const found: { start: number; end: number }[] = [];
  for (const [at, token] of all.entries()) {
    if (!only.has(at)) continue;
    const last = found.at(-1);
    if (last !== undefined && only.has(at - 1)) last.end = token.end;
    else found.push({ start: token.start, end: token.end });
  }
  return found;
}

/** Differences in fact, as they are numbered; differences in words are marked without a number. */
export function numberedFacts(differences: readonly Difference[]): readonly Difference[] {
  return differences.filter((difference) => difference.kind !== 'words');
}

function factRanges(words: UnitWords, document: string, spans: readonly (Span | undefined)[]): (TextRange & { fact: number })[] {
  return spans.flatMap((span, at) => {
    if (span === undefined || span.document !== document) return [];
    const range = rangeWithin(span, words.start, words.text.length);
    return range === null ? [] : [{ ...range, fact: at + 1 }];
  });
}

/** Marks what one side has and the other has not; several targets are compared as one text. */
export function markDifferences(
  source: UnitWords & { readonly document: string },
  targets: readonly (UnitWords & { readonly document: string })[],
  differences: readonly Difference[],
): MarkedPair {
  const left = wordTokens(source);
  const right = targets.map((target) => wordTokens(target));
  const changes = diffArrays(
    left.map((token) => comparable(token.text)),
    right.flat().map((token) => comparable(token.text)),
    { maxEditLength: MAX_EDITS },
  );
  const onlyLeft = new Set<number>();
  const onlyRight = new Set<number>();
  let atLeft = 0;
  let atRight = 0;
  for (const change of changes ?? []) {
    const length = change.value.length;
    if (change.removed) for (let at = 0; at < length; at++) onlyLeft.add(atLeft + at);
    if (change.added) for (let at = 0; at < length; at++) onlyRight.add(atRight + at);
    if (!change.added) atLeft += length;
    if (!change.removed) atRight += length;
  }
  const all = left.length + right.reduce((sum, own) => sum + own.length, 0);
  const compared = changes !== undefined && onlyLeft.size + onlyRight.size <= all * MARKED_AT_MOST;
  if (!compared) {
    onlyLeft.clear();
    onlyRight.clear();
  }
  const facts = numberedFacts(differences);
  const sourceFacts = factRanges(source, source.document, facts.map((fact) => fact.source));
  let first = 0;
  return {
    compared,
    source: textParts(source.text, ranges(left, onlyLeft), sourceFacts),
    targets: targets.map((target, at) => {
      const own = right[at] ?? [];
      const only = new Set(own.flatMap((_, index) => (onlyRight.has(first + index) ? [index] : [])));
      first += own.length;
      return textParts(target.text, ranges(own, only), factRanges(target, target.document, facts.map((fact) => fact.target)));
    }),
  };
}
