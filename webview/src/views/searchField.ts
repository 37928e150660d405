import { html, type TemplateResult } from 'lit/html.js';
import { live } from 'lit/directives/live.js';
import type { PanelStore } from '../state/panelStore.ts';
import { codicon } from '../widgets/icon.ts';

/** The field that narrows the list of the tab it stands in. */
export function searchField(store: PanelStore, placeholder: string): TemplateResult {
  return html`<label class="search">${codicon('search')}<input type="search" placeholder=${placeholder} aria-label=${placeholder} .value=${live(store.lists.search)} @input=${(event: Event) => {
    if (event.target instanceof HTMLInputElement) store.lists.setSearch(event.target.value);
  }}></label>`;
}
