import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { MatchGroup, MatchSort } from '../../../shared/protocol/reviews.ts';
import type { PanelStore } from '../state/panelStore.ts';
import { codicon } from '../widgets/icon.ts';

const ORDER_WORDS: Readonly<Record<MatchSort, readonly [up: string, down: string]>> = {
  document: ['in the order of the document', 'last one of the document first'],
  confidence: ['least certain first', 'most certain first'],
  impact: ['least impact first', 'highest impact first'],
  target: ['in the order of the target', 'last one of the target first'],
};

/** How the list is ordered, for a person; empty for the document's own order. */
export function orderWords({ matches: { order, descending } }: PanelStore): string {
  return order === 'document' && !descending ? '' : ORDER_WORDS[order][descending ? 1 : 0];
}

function sorting(store: PanelStore, label: string, column: string, sort: MatchSort): TemplateResult {
  const { order, descending } = store.matches;
  const isOn = order === sort;
  const isShown = isOn && (sort !== 'document' || descending);
  return html`<button class="c-${column}" title="Sort by ${label.toLowerCase()}${isOn ? `, now ${ORDER_WORDS[sort][descending ? 1 : 0]}` : ''}" aria-pressed=${isShown} @click=${() => store.lists.sortBy(sort)}>${label}${isShown ? codicon(descending ? 'arrow-down' : 'arrow-up') : nothing}</button>`;
}

function grouping(store: PanelStore, label: string, column: string, group: MatchGroup): TemplateResult {
  const isOn = store.matches.group === group;
  return html`<button class="c-${column}" title="Group by ${label.toLowerCase()}" aria-pressed=${isOn} @click=${() => store.lists.groupBy(group)}>${label}${isOn ? codicon('group-by-ref-type') : nothing}</button>`;
}

/** Heads of the list: a click orders by what has an order, and groups by what has none. */
export function columnHeads(store: PanelStore): TemplateResult {
  return html`<div class="columns" role="group" aria-label="Sort and group">${sorting(store, 'Source', 'source', 'document')}${grouping(store, 'Relation', 'relation', 'relation')}${sorting(store, 'Target', 'target', 'target')}${sorting(store, 'Impact', 'impact', 'impact')}${sorting(store, 'Confidence', 'confidence', 'confidence')}${grouping(store, 'Review', 'review', 'review')}</div>`;
}
