import { html, type TemplateResult } from 'lit/html.js';
import { ref } from 'lit/directives/ref.js';
import { KEYS } from '../keys.ts';
import type { PanelStore } from '../state/panelStore.ts';
import { codicon } from '../widgets/icon.ts';

/** All keys, over the page; the focus goes back to where it was. */
export function allKeys(store: PanelStore): TemplateResult {
  const open = (element: Element | undefined): void => {
    // Lit has made it, but not yet put it into the page.
    if (element instanceof HTMLDialogElement) queueMicrotask(() => { if (element.isConnected && !element.open) element.showModal(); });
  };
  return html`<dialog class="all-keys" aria-label="All keys" ${ref(open)} @close=${() => store.setKeys(false)} @click=${(event: Event) => {
    if (event.target === event.currentTarget && event.target instanceof HTMLDialogElement) event.target.close();
  }} @keydown=${(event: KeyboardEvent) => {
    if (event.key === '?' && event.currentTarget instanceof HTMLDialogElement) event.currentTarget.close();
  }}><div><form method="dialog"><h2>Keys</h2><button class="tool" aria-label="Close" title="Close (Esc)">${codicon('close')}</button></form>
    <dl>${KEYS.map(([key, does]) => html`<dt><kbd>${key}</kbd></dt><dd>${does}</dd>`)}</dl><p class="dim s12">Keys rest while you type.</p></div></dialog>`;
}
