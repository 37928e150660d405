import type { Difference } from '../../../../shared/model.ts';
import { withoutFormMarks } from '../../../../shared/words/formMarks.ts';
import { oneLine } from './printable.ts';

/** What one side says, in its own words on one line and without the lines of a form's blanks; empty where it says nothing. A value is what a rule made of them. */
export function saidBy(difference: Difference, side: 'source' | 'target'): string {
  const words = difference[side]?.quote ?? (side === 'source' ? difference.sourceValue : difference.targetValue) ?? '';
  return oneLine(withoutFormMarks(words)).replace(/[,;:]$/, '');
}

/** Differences in fact; differences in wording only where there is no other, because next to a fact they repeat it. */
export function tellingDifferences(differences: readonly Difference[]): readonly Difference[] {
  const facts = differences.filter((difference) => difference.kind !== 'words');
  return facts.length > 0 ? facts : differences;
}
