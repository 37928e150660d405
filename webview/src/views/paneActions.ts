import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { MatchRow } from '../../../shared/protocol/results.ts';
import { claims } from '../../../shared/reviewQueue.ts';
import type { PanelStore } from '../state/panelStore.ts';
import { codicon } from '../widgets/icon.ts';

/** Why an act cannot be done on a row; empty where it can. */
export function refusal(act: 'accept' | 'reject' | 'override', row: MatchRow): string {
  const { outcome, side } = row;
  if (act === 'override') return side === 'target' ? 'Name it at the source provision it belongs to' : outcome === 'waiting' ? 'It is not done yet' : '';
  if (act === 'reject') return outcome === 'decided' || outcome === 'abstained' ? '' : 'Nothing was claimed, so there is nothing to reject';
  return claims(row) ? '' : 'Nothing was claimed, so there is nothing to accept';
}

/** What can be done to the selected row; keys and buttons call the same. */
export const ACTS = {
  accept: (store: PanelStore): void => {
    const row = store.reading.detail?.row;
    if (row !== undefined && refusal('accept', row) === '') void store.lists.review({ kind: 'accept' }, true);
  },
  reject: (store: PanelStore): void => {
    const row = store.reading.detail?.row;
    if (row !== undefined && refusal('reject', row) === '') void store.lists.review({ kind: 'reject' }, true);
  },
  override: (store: PanelStore): void => {
    const row = store.reading.detail?.row;
    if (row === undefined || refusal('override', row) !== '') return;
    store.reading.enter('override');
    requestAnimationFrame(() => document.querySelector<HTMLElement>('.choose')?.focus());
  },
  note: (store: PanelStore): void => openForm(store, 'note'),
  exception: (store: PanelStore): void => openForm(store, 'exception'),
} as const;

function openForm(store: PanelStore, mode: 'note' | 'exception'): void {
  if (store.reading.detail === null) return;
  store.reading.enter(mode);
  requestAnimationFrame(() => document.querySelector<HTMLElement>('.pane-form input')?.focus());
}

/** Back to the words, with the keys on the list. */
export function leaveForm(store: PanelStore): void {
  store.reading.enter('read');
  requestAnimationFrame(() => document.querySelector<HTMLElement>('.rows')?.focus());
}

interface Look {
  readonly icon: string;
  readonly label: string;
  readonly key: string;
  /** Where it says more than the label. */
  readonly title?: string;
  readonly kind: 'primary' | 'secondary' | 'quiet';
  /** Why it is off; empty where it is not. */
  readonly off: string;
}

function button({ icon, label, key, kind, off, title = label }: Look, act: () => void): TemplateResult {
  return html`<button class="act ${off === '' ? kind : 'off'}" aria-disabled=${off === '' ? nothing : 'true'} aria-keyshortcuts=${key} title=${off === '' ? `${title} (${key})` : off} @click=${off === '' ? act : nothing}>${codicon(icon)}<span class="word">${label}</span><kbd>${key}</kbd></button>`;
}

/** Every act on the selected row as a button with its key. */
export function paneActions(store: PanelStore, row: MatchRow | null): TemplateResult {
  const why = (act: 'accept' | 'reject' | 'override'): string => (row === null ? 'Reading the words' : refusal(act, row));
  const hasException = store.reading.history?.exception?.state === 'open';
  return html`<div class="acts" role="toolbar" aria-label="Review">
    ${button({ icon: 'check', label: 'Accept', key: 'A', kind: 'primary', off: why('accept') }, () => ACTS.accept(store))}
    ${button({ icon: 'close', label: 'Reject', key: 'R', kind: 'secondary', off: why('reject') }, () => ACTS.reject(store))}
    ${button({ icon: 'edit', label: 'Override', key: 'O', kind: 'secondary', off: why('override') }, () => ACTS.override(store))}
    ${button({ icon: 'note', label: 'Note', key: 'N', kind: 'quiet', off: '' }, () => ACTS.note(store))}
    ${button({ icon: 'flag', label: 'Exception', title: hasException ? 'Close the exception' : 'Open an exception', key: 'E', kind: 'quiet', off: '' }, () => ACTS.exception(store))}
    ${button({ icon: 'discard', label: 'Undo', key: 'U', kind: 'quiet', off: '' }, () => void store.reviewing.undo())}
  </div>`;
}
