import { html, nothing, type TemplateResult } from 'lit/html.js';
import { OUTCOMES } from '../../../shared/model.ts';
import { findingTitle, OUTCOME_LABEL } from '../../../shared/words/labels.ts';
import type { PanelStore } from '../state/panelStore.ts';
import { codicon } from '../widgets/icon.ts';
import { closeMenu, menu } from '../widgets/menu.ts';
import { choice } from './filterBar.ts';

const MENU = 'finding-filter-menu';

/** `decisions, left for review`; empty where neither kind nor outcome narrows the list. */
export function findingFilterWords({ findings: { kind, outcome } }: PanelStore): string {
  return [kind === null ? '' : findingTitle(kind).toLowerCase(), outcome === null ? '' : OUTCOME_LABEL[outcome].toLowerCase()].filter((part) => part !== '').join(', ');
}

/** Kinds and outcomes of the findings of the analysis that is shown, each with its count. */
export function findingFilter(store: PanelStore): TemplateResult {
  const { findings } = store;
  const { facets, kind, outcome } = findings;
  const words = findingFilterWords(store);
  const kinds = Object.keys(facets?.kinds ?? {}).sort((a, b) => findingTitle(a).localeCompare(findingTitle(b)));
  return menu(MENU, { icon: 'filter', label: words === '' ? 'Filter' : `Filter: ${words}`, title: words === '' ? 'Filter findings' : `Filter findings, now ${words}`, pressed: words !== '', kind: 'chip' }, () => html`
    ${words === '' ? nothing : html`<button @click=${() => { findings.narrow({ kind: null, outcome: null }); closeMenu(MENU); }}>${codicon('clear-all')}<span class="heading">Take all filters off</span></button>`}
    <div class="menu-columns">
      <section><h2>Kind</h2>${kinds.map((one) => choice(findingTitle(one), kind === one, facets?.kinds[one], () => findings.narrow({ kind: kind === one ? null : one, outcome })))}</section>
      <section><h2>Outcome</h2>${OUTCOMES.map((one) => choice(OUTCOME_LABEL[one], outcome === one, facets?.outcomes[one], () => findings.narrow({ kind, outcome: outcome === one ? null : one })))}</section>
    </div>`);
}
