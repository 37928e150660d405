import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { PanelStore } from '../state/panelStore.ts';
import { codicon } from '../widgets/icon.ts';
import { leaveForm } from './paneActions.ts';

/** Same limits as the server's; UTF-16 code units. */
const MAX_NOTE = 10_000;
const MAX_OWNER = 200;

function values(event: SubmitEvent): ReadonlyMap<string, string> {
  event.preventDefault();
  const entries = event.target instanceof HTMLFormElement ? [...new FormData(event.target)] : [];
  return new Map(entries.map(([name, value]) => [name, typeof value === 'string' ? value.trim() : '']));
}

function form(store: PanelStore, title: string, submit: string, fields: TemplateResult, done: (values: ReadonlyMap<string, string>) => Promise<void>): TemplateResult {
  return html`<form class="pane-form" aria-label=${title} @submit=${async (event: SubmitEvent) => {
    const { selected } = store.reading;
    await done(values(event));
    if (store.reading.selected === selected && store.reading.mode === 'read') leaveForm(store);
  }}>${fields}<button type="submit" class="act primary">${submit}<kbd>Enter</kbd></button><button type="button" class="act quiet" @click=${() => leaveForm(store)}>Cancel<kbd>Esc</kbd></button></form>`;
}

function noteForm(store: PanelStore): TemplateResult {
  const note = store.reading.history?.review?.note ?? '';
  return form(store, 'Note', note === '' ? 'Add note' : 'Change note', html`<label class="field wide">${codicon('note')}<span class="sr">Note</span><input name="note" maxlength=${MAX_NOTE} placeholder="What a colleague should know" .value=${note}></label>`, (said) =>
    store.lists.review({ kind: 'note', note: said.get('note') ?? '' }, false));
}

function exceptionForm(store: PanelStore): TemplateResult {
  const exception = store.reading.history?.exception ?? null;
  if (exception?.state === 'open') {
    return form(store, `Close ${exception.label}`, `Close ${exception.label}`, html`<label class="field wide"><span>How it was settled</span><input name="resolution" required maxlength=${MAX_NOTE}></label>`, (said) =>
      store.lists.review({ kind: 'closeException', resolution: said.get('resolution') ?? '' }, false));
  }
  return form(store, 'Open an exception', 'Open exception', html`<label class="field"><span>Owner</span><input name="owner" maxlength=${MAX_OWNER}></label><label class="field"><span>Due</span><input name="dueDate" type="date"></label><label class="field wide"><span>Note</span><input name="note" maxlength=${MAX_NOTE}></label>`, (said) => {
    const given = (name: 'owner' | 'dueDate' | 'note'): Readonly<Record<string, string>> => ((said.get(name) ?? '') === '' ? {} : { [name]: said.get(name) ?? '' });
    return store.lists.review({ kind: 'openException', ...given('owner'), ...given('dueDate'), ...given('note') }, false);
  });
}

/** The strip below the acts that takes a note, an exception or its resolution, or says how other targets are chosen. */
export function paneForm(store: PanelStore): TemplateResult | typeof nothing {
  switch (store.reading.mode) {
    case 'read':
      return nothing;
    case 'note':
      return noteForm(store);
    case 'exception':
      return exceptionForm(store);
    case 'override':
      return html`<p class="pane-form hint">${codicon('edit')}<span>Choose what answers this provision: <kbd>Enter</kbd> takes a candidate, <kbd>Space</kbd> marks several, <kbd>Esc</kbd> leaves it as it is.</span></p>`;
  }
}
