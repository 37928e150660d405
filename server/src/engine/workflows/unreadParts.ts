import type { LedgerKind } from '../../../../shared/model.ts';
import type { CollateDocument } from '../documents/document.ts';
import type { OutcomeCount } from '../ports.ts';

/** Why units in another language are skipped. */
export const ENGLISH_ONLY = 'rules know English only';

/** Reasons of parts that could not be read begin so. */
export const UNREAD = 'could not be read: ';

/** Parts of a document that could not be read, as failed units: one count per fault, whatever its places. */
export function unreadParts(document: CollateDocument, kind: LedgerKind): readonly OutcomeCount[] {
  const counts = new Map<string, number>();
  for (const { severity, span, code } of document.problems) {
    if (severity === 'error' && span !== undefined) counts.set(code, (counts.get(code) ?? 0) + 1);
  }
  return [...counts].map(([code, count]) => ({ kind, outcome: 'failed', reason: `${UNREAD}${code}`, count }));
}

export function countOf(outcomes: readonly OutcomeCount[]): number {
  return outcomes.reduce((sum, { count }) => sum + count, 0);
}
