import { onKey } from '../keys.ts';
import { allKeys } from './allKeys.ts';
import { changesView } from './changes.ts';
import { insightsView } from './insights.ts';
import type { LaterViews } from './laterViews.ts';
import { ledgerView } from './ledger.ts';
import { readingPane } from './readingPane.ts';
import { startView } from './start.ts';
import { timingView } from './timing.ts';

export const LATER_VIEWS: LaterViews = {
  tabs: { insights: insightsView, changes: changesView, ledger: ledgerView, timing: timingView },
  readingPane,
  start: startView,
  allKeys,
  onKey,
};
