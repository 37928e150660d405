import type { CauseName, ComparedRow } from '../../../../../shared/comparison.ts';
import { counted, oneLine } from '../../../engine/index.ts';

/** Causes a message names; the results panel has them all, row by row. */
const MAX_CAUSES = 2;

/** Why rows are not what they were, in front of how many. */
const CAUSE_WORDS: Readonly<Record<CauseName, string>> = {
  ownTextChanged: 'own text changed',
  unitAdded: 'added to the document',
  unitGone: 'no longer in the document',
  targetTextChanged: 'text of the counterpart changed',
  targetAdded: 'counterpart added',
  targetGone: 'counterpart gone',
  targetTaken: 'counterpart claimed by another provision',
  targetFree: 'a counterpart became free',
  candidateChanged: 'a candidate changed',
  referenceChanged: 'a section it refers to changed',
  sectionChanged: 'another provision of the section changed',
  documentsChanged: 'the documents changed elsewhere',
  settingsChanged: 'settings changed',
  rulesChanged: 'the rules of Collate changed',
};

function nameOf({ before, after, title }: ComparedRow): string {
  const unit = after ?? before;
  return oneLine([unit?.number, unit?.title ?? title].filter((part) => part !== undefined && part !== '').join(' '));
}

/** `no other row changed`, or how many did and why. */
export function othersWords(others: readonly ComparedRow[]): string {
  const [first] = others;
  if (first === undefined) return 'no other row changed.';
  if (others.length === 1) return `1 other row changed: ${nameOf(first)}. ${first.causes[0]?.sentence ?? ''}`.trim();
  const byCause = new Map<CauseName, number>();
  for (const { causes: [main] } of others) if (main !== undefined) byCause.set(main.cause, (byCause.get(main.cause) ?? 0) + 1);
  const causes = [...byCause].sort((a, b) => b[1] - a[1]);
  const told = causes.slice(0, MAX_CAUSES).map(([cause, count]) => `${CAUSE_WORDS[cause]}: ${count}`);
  const rest = causes.slice(MAX_CAUSES).reduce((sum, [, count]) => sum + count, 0);
  return `${counted(others.length, 'other row', 'other rows')} changed (${[...told, ...(rest === 0 ? [] : [`other causes: ${rest}`])].join(', ')}).`;
}
