import type { TemplateResult } from 'lit/html.js';
import type { RunSnapshot } from '../../../shared/model.ts';
import type { PanelState, PanelTab } from '../../../shared/protocol/panel.ts';
import type { PanelStore } from '../state/panelStore.ts';

export type RunView = (store: PanelStore, run: RunSnapshot) => TemplateResult;

/** What is not needed for the first rows. It is a bundle of its own, on its way while the page waits for the extension. */
export interface LaterViews {
  readonly tabs: Readonly<Record<Exclude<PanelTab, 'matches'>, RunView>>;
  readonly readingPane: RunView;
  readonly start: (store: PanelStore, panel: PanelState) => TemplateResult;
  readonly allKeys: (store: PanelStore) => TemplateResult;
  readonly onKey: (store: PanelStore, event: KeyboardEvent) => void;
}
