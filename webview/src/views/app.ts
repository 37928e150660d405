import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { RunSnapshot } from '../../../shared/model.ts';
import type { PanelTab } from '../../../shared/protocol/panel.ts';
import { counted, formatCount } from '../../../shared/words/format.ts';
import { sentenceCase } from '../../../shared/words/labels.ts';
import type { PanelStore } from '../state/panelStore.ts';
import { patterns } from '../widgets/figures.ts';
import { header } from './header.ts';
import type { LaterViews } from './laterViews.ts';
import { matchesView } from './matches.ts';
import { LACKS_PART, notices } from './notices.ts';

function countOf(store: PanelStore, run: RunSnapshot, tab: PanelTab): number | null {
  if (tab === 'matches') return run.counts.matches + run.counts.newTargets;
  if (tab === 'changes') {
    const counts = store.changes.comparison?.counts;
    return counts === undefined ? null : counts.changed + counts.new + counts.gone;
  }
  return tab === 'insights' ? run.counts.findings : null;
}

/** Arrow keys go through the tabs, as everywhere in the editor. */
function onTabKey(store: PanelStore, event: KeyboardEvent): void {
  const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (by === undefined) return;
  event.preventDefault();
  const { tabs } = store;
  const next = tabs[(tabs.indexOf(store.tab) + by + tabs.length) % tabs.length];
  if (next === undefined) return;
  store.setTab(next);
  requestAnimationFrame(() => document.getElementById(`tab-${next}`)?.focus());
}

function tabs(store: PanelStore, run: RunSnapshot): TemplateResult {
  return html`<div class="tabs" role="tablist" aria-label="Results" @keydown=${(event: KeyboardEvent) => onTabKey(store, event)}>
    ${store.tabs.map((tab) => {
      const count = countOf(store, run, tab);
      const active = store.tab === tab;
      return html`<button id="tab-${tab}" role="tab" aria-selected=${active} aria-controls="content" tabindex=${active ? 0 : -1} @click=${() => store.setTab(tab)}>${sentenceCase(tab)}${count === null ? nothing : html`<span class="count">${formatCount(count)}</span>`}</button>`;
    })}
  </div>`;
}

/** The keys that always stand below the list. */
const KEYS_AT_HAND: readonly (readonly [keys: string, does: string])[] = [['J', 'next'], ['K', 'previous'], ['Enter', 'open in the editor'], ['/', 'search'], ['?', 'all keys']];

/** The keys at hand, and the one line that answers the last action. */
function keyStrip(store: PanelStore): TemplateResult {
  const exceptions = store.matches.facets?.review.exception ?? 0;
  return html`<footer class="keys">
    ${store.tab === 'matches' ? KEYS_AT_HAND.map(([key, does]) => html`<span><kbd>${key}</kbd>${does}</span>`) : nothing}
    <span class="said" role="status">${store.said}</span>
    ${store.tab === 'matches' && exceptions > 0 && store.said === '' ? html`<span class="waits">Sign-off waits for ${counted(exceptions, 'open exception')}</span>` : nothing}
  </footer>`;
}

/** The page before the run is here: its strips stand where they will be, so that nothing moves when it comes. */
function shell(store: PanelStore, text: string): TemplateResult {
  return html`<header class="header shell"><div class="title"><h1>${store.title ?? 'Collate'}</h1></div><p class="meta" role="status">${text}</p></header><main class="main" aria-busy="true"><div class="tabs shell"></div></main>`;
}

function content(store: PanelStore, run: RunSnapshot, later: LaterViews | null): TemplateResult | undefined {
  const { tab } = store;
  return tab === 'matches' ? matchesView(store, run, later) : later?.tabs[tab](store, run);
}

/** The whole page for what the store holds; `later` is null until it is loaded. */
export function app(store: PanelStore, later: LaterViews | null): TemplateResult {
  const { panel, run } = store;
  if (store.failure !== null) {
    return html`<main class="start"><h1>This run cannot be shown</h1><p>${store.failure.message}</p>
      <p class="actions"><button class="primary" @click=${() => store.host.command('showResults')}>Show another run</button><button @click=${() => store.host.command('showLog')}>Show log</button></p></main>`;
  }
  if (panel === null) return shell(store, 'Waiting for the extension.');
  if (panel.runId === null) return later === null ? shell(store, store.lacksPart ? LACKS_PART : 'Reading the runs.') : later.start(store, panel);
  if (run === null) return shell(store, panel.server.state === 'running' ? 'Reading the run.' : panel.server.message);
  return html`${patterns()}${header(store, run)}
    <main class="main">${tabs(store, run)}${notices(store, panel, run)}
      <div id="content" class="content" role="tabpanel" aria-labelledby="tab-${store.tab}">${content(store, run, later)}</div></main>
    ${keyStrip(store)}${store.showKeys ? later?.allKeys(store) : nothing}`;
}
