import {
  LEDGER_KINDS, type Ledger, type LedgerEntry, type LedgerKind, type Outcome,
} from '../../../../shared/model.ts';
import type { OutcomeCount } from '../ports.ts';

const EMPTY: LedgerEntry = { total: 0, decided: 0, abstained: 0, skipped: 0, failed: 0, reasons: {} };
const NO_REASON = 'no reason given';

/** How many units of an entry have ended. */
export function ended(entry: LedgerEntry): number {
  return entry.decided + entry.abstained + entry.skipped + entry.failed;
}

/** Reasons stand in alphabetical order, so that a ledger does not depend on which step ended first. */
function withReason(reasons: LedgerEntry['reasons'], reason: string, count: number): LedgerEntry['reasons'] {
  const counts = new Map(Object.entries(reasons));
  counts.set(reason, (counts.get(reason) ?? 0) + count);
  return Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function withOutcome(entry: LedgerEntry, outcome: Outcome, count: number, reason: string | undefined): LedgerEntry {
  const counted = { ...entry, [outcome]: entry[outcome] + count };
  return outcome === 'decided' ? counted : { ...counted, reasons: withReason(entry.reasons, reason ?? NO_REASON, count) };
}

/** Sets how many units of a kind there are. */
export function expectTotal(ledger: Ledger, kind: LedgerKind, total: number): Ledger {
  return { ...ledger, [kind]: { ...(ledger[kind] ?? EMPTY), total } };
}

/** Adds what a step decided. */
export function addOutcomes(ledger: Ledger, outcomes: readonly OutcomeCount[]): Ledger {
  let next = ledger;
  for (const { kind, outcome, reason, count } of outcomes) {
    if (count === 0) continue;
    next = { ...next, [kind]: withOutcome(next[kind] ?? EMPTY, outcome, count, reason) };
  }
  return next;
}

/** The ledger of a run at rest: what never ended is counted as skipped, with `reason`, so that each entry adds up. */
export function closeLedger(ledger: Ledger, reason: string): Ledger {
  let next = ledger;
  for (const kind of LEDGER_KINDS) {
    const entry = next[kind];
    if (entry === undefined) continue;
    const open = entry.total - ended(entry);
    if (open > 0) next = { ...next, [kind]: withOutcome(entry, 'skipped', open, reason) };
    // More ended than were announced: the total is what ended, and `imbalance` has told of it.
    else if (open < 0) next = { ...next, [kind]: { ...entry, total: ended(entry) } };
  }
  return next;
}

/** Kinds whose outcomes do not add up to their total, in words; empty when all do. */
export function imbalance(ledger: Ledger): readonly string[] {
  return LEDGER_KINDS.flatMap((kind) => {
    const entry = ledger[kind];
    if (entry === undefined || ended(entry) === entry.total) return [];
    return [`${kind}: ${ended(entry)} of ${entry.total} ended`];
  });
}

/** How many units of any kind ended in `outcome`. */
export function countOutcome(ledger: Ledger, outcome: Outcome): number {
  return LEDGER_KINDS.reduce((sum, kind) => sum + (ledger[kind]?.[outcome] ?? 0), 0);
}
