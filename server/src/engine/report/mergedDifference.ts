import { diffArrays } from 'diff';
import type { UnitWords } from './unitWords.ts';
import { comparable, wordTokens, type WordToken } from './wordTokens.ts';

/** Edits after which two texts are called different throughout; a hover has 20 ms. */
const MAX_EDITS = 250;
/** Words of one side that are compared; what follows is said to be left out. */
const MAX_TOKENS = 6_000;

export interface MergedPart {
  readonly kind: 'both' | 'source' | 'target';
  /** Words on one line, as the side prints them. */
  readonly text: string;
}

export interface MergedDifference {
  /** Both wordings as one text: what stands in both, only in the source, only in the target. */
  readonly parts: readonly MergedPart[];
  /** False where the two have too little in common to be read as one text; then `parts` is empty. */
  readonly compared: boolean;
  /** False where a side is longer than what is compared. */
  readonly complete: boolean;
}

/** Tokens on one line; `sides` says which text each is of. White space between them is one space. */
function printed(tokens: readonly WordToken[], sides: readonly number[], from: number, to: number): string {
  let text = '';
  for (let at = from; at < to; at += 1) {
    const token = tokens[at] as WordToken;
    const last = tokens[at - 1];
    const touches = at > from && last !== undefined && sides[at] === sides[at - 1] && last.end === token.start;
    text += `${text === '' || touches ? '' : ' '}${token.text}`;
  }
  return text;
}

/** The wordings of a unit and its counterparts, which are compared as one text, merged into one. */
export function mergedDifference(source: UnitWords, targets: readonly UnitWords[]): MergedDifference {
  const left = wordTokens(source);
  const rightBySide = targets.map((target) => wordTokens(target));
  const right = rightBySide.flat();
  const rightSides = rightBySide.flatMap((tokens, side) => tokens.map(() => side));
  const complete = left.length <= MAX_TOKENS && right.length <= MAX_TOKENS;
  const changes = diffArrays(
    left.slice(0, MAX_TOKENS).map((token) => comparable(token.text)),
    right.slice(0, MAX_TOKENS).map((token) => comparable(token.text)),
    { maxEditLength: MAX_EDITS },
  );
  if (changes === undefined) return { parts: [], compared: false, complete };
  const leftSides = left.map(() => 0);
  const parts: MergedPart[] = [];
  let atLeft = 0;
  let atRight = 0;
  for (const { value: { length }, added, removed } of changes) {
    if (added) parts.push({ kind: 'target', text: printed(right, rightSides, atRight, atRight + length) });
    else parts.push({ kind: removed ? 'source' : 'both', text: printed(left, leftSides, atLeft, atLeft + length) });
    if (!added) atLeft += length;
    if (!removed) atRight += length;
  }
  return { parts, compared: true, complete };
}
