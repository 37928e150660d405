import type { RunSnapshot } from '../../../shared/model.ts';
import type { PanelTab } from '../../../shared/protocol/panel.ts';

/** The tabs that apply to a run, in order. */
export function tabsFor(run: RunSnapshot, hasComparison: boolean): readonly PanelTab[] {
  const found: readonly PanelTab[] = run.workflow !== 'crosswalk' ? ['insights'] : run.counts.findings > 0 ? ['matches', 'insights'] : ['matches'];
  return [...found, ...(hasComparison ? ['changes' as const] : []), 'ledger', 'timing'];
}
