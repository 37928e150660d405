import { formatConfidence } from '../../engine/index.ts';
import type { RowReview } from '../../../../shared/protocol/reviews.ts';
import type { UnitRow } from '../results/runIndex.ts';
import { label } from './matchMarks.ts';
import { stateWords } from './reviewWords.ts';

/** An editor draws `$(name)` in a lens as an icon; words of a document stay words. */
function withoutIcons(words: string): string {
  return words.replaceAll('$(', '\\$(');
}

function counterpart({ here, others }: UnitRow): string {
  const [first] = others;
  if (first === undefined) return '';
  const more = others.length > 1 ? ` and ${others.length - 1} more` : '';
  return `${here === 'source' ? '' : 'from '}${label(first)}${more}`;
}

/** `changed, 2.3.1 Affiliate Employees · design, high · exception`; null for what was skipped: the ledger has it. */
export function rowWords(row: UnitRow, review: RowReview | undefined): string | null {
  const { match, newTarget } = row;
  const outcome = match?.outcome ?? newTarget?.outcome;
  if (outcome === 'skipped' || outcome === undefined) return null;
  const said = match?.relation ?? newTarget?.relation ?? (outcome === 'failed' ? 'no answer' : 'left for review');
  const effect = [match?.variance ?? newTarget?.variance, match?.impact ?? newTarget?.impact].filter((part) => part !== undefined && part !== null && part !== 'none');
  const parts = [
    [said, counterpart(row)].filter((part) => part !== '').join(', '),
    ...(match?.moved === true ? ['moved'] : []),
    ...(effect.length === 0 ? [] : [effect.join(', ')]),
    ...(review?.exception === 'open' ? ['exception'] : []),
  ];
  return withoutIcons(parts.join(' \u00b7 '));
}

/** `Accepted by M. Okafor`, `Review again`, `Not reviewed`; null where there is nothing to review. */
export function reviewLensWords({ match }: UnitRow, review: RowReview | undefined): string | null {
  const state = stateWords(review);
  if (state !== null) return withoutIcons(review?.reviewer === undefined || review.reviewer === '' ? state : `${state} by ${review.reviewer}`);
  return match?.relation === 'same' || match?.relation === 'reworded' ? null : 'Not reviewed';
}

/** `→ 4.2 · .93`, `← 1.2 and 1 more`; null without a counterpart. */
export function hintWords({ here, others, match }: UnitRow): string | null {
  const [first] = others;
  if (first === undefined || match === null) return null;
  const name = first.number === undefined || first.number === '' ? label(first) : first.number;
  const more = others.length > 1 ? ` and ${others.length - 1} more` : '';
  const confidence = match.confidence === null ? '' : ` \u00b7 ${formatConfidence(match.confidence)}`;
  return `${here === 'source' ? '\u2192' : '\u2190'} ${name}${more}${confidence}`;
}
