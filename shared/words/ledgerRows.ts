import { LEDGER_KINDS, OUTCOMES, type Ledger, type LedgerEntry, type LedgerKind, type Metric, type Outcome, type WorkflowName } from '../model.ts';
import { joinedMetrics, type Spell } from './joinedMetrics.ts';
import { LEDGER_LABEL, operationTitle } from './labels.ts';
import { percentShares } from './largestRemainder.ts';

export interface LedgerRow {
  readonly kind: LedgerKind;
  readonly label: string;
  readonly entry: LedgerEntry;
  /** Count and share of the total in percent; the shares add up to 100.0. */
  readonly parts: readonly { readonly outcome: Outcome; readonly count: number; readonly percent: number }[];
  /** Most frequent first. */
  readonly reasons: readonly { readonly reason: string; readonly count: number }[];
}

/** "Source" and "target" are words of a comparison; the provisions of a single document are just that. */
export function ledgerLabel(kind: LedgerKind, workflow: WorkflowName): string {
  return kind === 'sourceProvision' && workflow !== 'crosswalk' ? 'provisions' : LEDGER_LABEL[kind];
}

export function ledgerRows(ledger: Ledger, workflow: WorkflowName): readonly LedgerRow[] {
  return LEDGER_KINDS.flatMap((kind) => {
    const entry = ledger[kind];
    if (entry === undefined) return [];
    const shares = percentShares(OUTCOMES.map((outcome) => entry[outcome]));
    return {
      kind,
      label: ledgerLabel(kind, workflow),
      entry,
      parts: OUTCOMES.map((outcome, at) => ({ outcome, count: entry[outcome], percent: shares[at] ?? 0 })),
      reasons: Object.entries(entry.reasons)
        .map(([reason, count]) => ({ reason, count }))
        .toSorted((a, b) => b.count - a.count || (a.reason < b.reason ? -1 : 1)),
    };
  });
}

export interface TimingRow {
  readonly operation: string;
  /** Of all processes that worked on the run. */
  readonly metric: Metric;
  /** When it was worked on: in order, and apart. */
  readonly spells: readonly Spell[];
  /** Milliseconds at work, without the time between processes. */
  readonly duration: number;
  /** Null where no time was measured. */
  readonly itemsPerSecond: number | null;
}

/** Operations in the order they began, each once, also where several processes worked on the run. */
export function timingRows(metrics: readonly Metric[]): readonly TimingRow[] {
  return joinedMetrics(metrics)
    .map(({ metric, spells, duration }) => (
      { operation: operationTitle(metric.operation), metric, spells, duration, itemsPerSecond: duration > 0 ? (metric.items / duration) * 1000 : null }
    ))
    .toSorted((a, b) => a.metric.startedAt - b.metric.startedAt);
}
