import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { FindingRow } from '../../../shared/protocol/results.ts';
import type { PanelStore } from '../state/panelStore.ts';
import { codicon } from '../widgets/icon.ts';

/** Same limit as the server's; UTF-16 code units. */
const MAX_NOTE = 10_000;

/** Writes a note on a finding, with the keys in its field. */
export function writeNote(store: PanelStore, index: number): void {
  store.findings.activate(index);
  store.findings.note(true);
  requestAnimationFrame(() => document.querySelector<HTMLElement>('.finding .pane-form input')?.focus());
}

/** Back to the findings, with the keys on the list. */
export function leaveNote(store: PanelStore): void {
  store.findings.note(false);
  requestAnimationFrame(() => document.querySelector<HTMLElement>('.rows')?.focus());
}

/** The newest note on a finding, or the field it is written in. */
export function findingNote(store: PanelStore, finding: FindingRow, isWritten: boolean): TemplateResult | typeof nothing {
  const note = finding.review?.note ?? '';
  if (!isWritten) return note === '' ? nothing : html`<p class="finding-note">${codicon('note')}<span class="said-note">${note}</span></p>`;
  return html`<form class="pane-form" aria-label="Note" @submit=${async (event: SubmitEvent) => {
    event.preventDefault();
    const said = event.target instanceof HTMLFormElement ? new FormData(event.target).get('note') : null;
    if (await store.reviewing.act([finding.key], { kind: 'note', note: typeof said === 'string' ? said.trim() : '' })) leaveNote(store);
  }}><label class="field wide">${codicon('note')}<span class="sr">Note</span><input name="note" maxlength=${MAX_NOTE} placeholder="What a colleague should know" .value=${note}></label><button type="submit" class="act primary">${note === '' ? 'Add note' : 'Change note'}<kbd>Enter</kbd></button><button type="button" class="act quiet" @click=${() => leaveNote(store)}>Cancel<kbd>Esc</kbd></button></form>`;
}
