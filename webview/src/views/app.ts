import { html, nothing, type TemplateResult } from 'lit';
import type { RunSnapshot } from '../../../shared/model.ts';
import { formatCount } from '../../../shared/words/format.ts';
import { sentenceCase } from '../../../shared/words/labels.ts';
import { KEYS } from '../keys.ts';
import { tabsOf, type PanelStore, type Tab } from '../state/panelStore.ts';
import { patterns } from '../widgets/figures.ts';
import { header } from './header.ts';
import { insightsView } from './insights.ts';
import { ledgerView } from './ledger.ts';
import { matchesView } from './matches.ts';
import { notices } from './notices.ts';
import { startView } from './start.ts';
import { timingView } from './timing.ts';

function countOf(run: RunSnapshot, tab: Tab): number | null {
  if (tab === 'matches') return run.counts.matches + run.counts.newTargets;
  return tab === 'insights' ? run.counts.findings : null;
}

/** Arrow keys go through the tabs, as everywhere in the editor. */
function onTabKey(store: PanelStore, tabs: readonly Tab[], event: KeyboardEvent): void {
  const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (by === undefined) return;
  event.preventDefault();
  const next = tabs[(tabs.indexOf(store.tab) + by + tabs.length) % tabs.length];
  if (next === undefined) return;
  store.setTab(next);
  requestAnimationFrame(() => document.getElementById(`tab-${next}`)?.focus());
}

function tabs(store: PanelStore, run: RunSnapshot): TemplateResult {
  const all = tabsOf(run);
  return html`<div class="tabs" role="tablist" aria-label="Results" @keydown=${(event: KeyboardEvent) => onTabKey(store, all, event)}>
    ${all.map((tab) => {
      const count = countOf(run, tab);
      const active = store.tab === tab;
      return html`<button id="tab-${tab}" role="tab" aria-selected=${active} aria-controls="content" tabindex=${active ? 0 : -1} @click=${() => store.setTab(tab)}>${sentenceCase(tab)}${count === null ? nothing : html`<span class="count">${formatCount(count)}</span>`}</button>`;
    })}
  </div>`;
}

const VIEWS: Readonly<Record<Tab, (store: PanelStore, run: RunSnapshot) => TemplateResult>> = {
  matches: matchesView,
  insights: insightsView,
  ledger: ledgerView,
  timing: timingView,
};

function keyStrip(store: PanelStore): TemplateResult {
  const shown = store.showKeys ? KEYS : KEYS.filter(([key]) => key !== 'Esc');
  return html`<footer class="keys">
    ${store.tab === 'matches' || store.showKeys ? shown.map(([key, does]) => html`<span><kbd>${key}</kbd>${does}</span>`) : nothing}
    <span class="said" role="status">${store.said}</span>
  </footer>`;
}

function message(title: string, text: string): TemplateResult {
  return html`<main class="start"><h1>${title}</h1><p>${text}</p></main>`;
}

/** The whole page for what the store holds. */
export function app(store: PanelStore): TemplateResult {
  const { panel, run } = store;
  if (store.failure !== null) {
    return html`<main class="start"><h1>This run cannot be shown</h1><p>${store.failure.message}</p>
      <p class="actions"><button class="primary" @click=${() => store.command('showResults')}>Show another run</button><button @click=${() => store.command('showLog')}>Show log</button></p></main>`;
  }
  if (panel === null) return message('Collate', 'Waiting for the extension.');
  if (panel.runId === null) return startView(store, panel);
  if (run === null) return message('Collate', panel.server.state === 'running' ? 'Reading the run.' : panel.server.message);
  return html`${patterns()}${header(store, run)}
    <main class="main">${tabs(store, run)}${notices(store, panel, run)}
      <div id="content" class="content" role="tabpanel" aria-labelledby="tab-${store.tab}">${VIEWS[store.tab](store, run)}</div></main>
    ${keyStrip(store)}`;
}
