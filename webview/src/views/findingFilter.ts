import { html, nothing, type TemplateResult } from 'lit/html.js';
import { OUTCOMES } from '../../../shared/model.ts';
import { FINDERS, type Finder } from '../../../shared/protocol/results.ts';
import { findingTitle, OUTCOME_LABEL } from '../../../shared/words/labels.ts';
import { EVERY_FINDING } from '../state/findingsList.ts';
import type { PanelStore } from '../state/panelStore.ts';
import { codicon } from '../widgets/icon.ts';
import { closeMenu, menu } from '../widgets/menu.ts';
import { choice } from './filterBar.ts';

const MENU = 'finding-filter-menu';

const FINDER_LABEL: Readonly<Record<Finder, string>> = { rules: 'rules', model: 'a model' };

/** `decisions, left for review, found by rules`; empty where nothing narrows the list. */
export function findingFilterWords({ findings: { narrowing: { kind, outcome, finder } } }: PanelStore): string {
  return [
    kind === null ? '' : findingTitle(kind).toLowerCase(), outcome === null ? '' : OUTCOME_LABEL[outcome].toLowerCase(), finder === null ? '' : `found by ${FINDER_LABEL[finder]}`,
  ].filter((part) => part !== '').join(', ');
}

/** Kinds and outcomes of the findings of the analysis that is shown, each with its count; and who found them, where models did, too. */
export function findingFilter(store: PanelStore): TemplateResult {
  const { findings } = store;
  const { facets, narrowing: { kind, outcome, finder } } = findings;
  const words = findingFilterWords(store);
  const kinds = Object.keys(facets?.kinds ?? {}).sort((a, b) => findingTitle(a).localeCompare(findingTitle(b)));
  const isByModels = finder !== null || (facets?.finders.model ?? 0) > 0;
  return menu(MENU, { icon: 'filter', label: words === '' ? 'Filter' : `Filter: ${words}`, title: words === '' ? 'Filter findings' : `Filter findings, now ${words}`, pressed: words !== '', kind: 'chip' }, () => html`
    ${words === '' ? nothing : html`<button @click=${() => { findings.narrow(EVERY_FINDING); closeMenu(MENU); }}>${codicon('clear-all')}<span class="heading">Take all filters off</span></button>`}
    <div class="menu-columns">
      <section><h2>Kind</h2>${kinds.map((one) => choice(findingTitle(one), kind === one, facets?.kinds[one], () => findings.narrow({ kind: kind === one ? null : one })))}</section>
      <section><h2>Outcome</h2>${OUTCOMES.map((one) => choice(OUTCOME_LABEL[one], outcome === one, facets?.outcomes[one], () => findings.narrow({ outcome: outcome === one ? null : one })))}
        ${isByModels ? html`<h2>Found by</h2>${FINDERS.map((one) => choice(FINDER_LABEL[one], finder === one, facets?.finders[one], () => findings.narrow({ finder: finder === one ? null : one })))}` : nothing}</section>
    </div>`);
}
