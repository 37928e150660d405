import { html, nothing, type TemplateResult } from 'lit/html.js';
import { ref } from 'lit/directives/ref.js';
import { repeat } from 'lit/directives/repeat.js';
import { ROW_STATES, type ComparedRow, type RowState, type RunComparison } from '../../../shared/comparison.ts';
import type { RunSnapshot } from '../../../shared/model.ts';
import { counted, fileName, formatCount } from '../../../shared/words/format.ts';
import { findingTitle, nameInWords, sentenceCase } from '../../../shared/words/labels.ts';
import { momentWords } from '../../../shared/words/moments.ts';
import type { PanelStore } from '../state/panelStore.ts';
import { codicon } from '../widgets/icon.ts';
import { listKeeper, settle } from './listOf.ts';

const listOf = listKeeper({ wide: 68, narrow: 88 }, () => undefined);

const STATE_ICON: Readonly<Record<RowState, string>> = { changed: 'diff-modified', new: 'diff-added', gone: 'diff-removed', unchanged: 'dash' };
const HOW_WORDS = { same: 'the same text', edited: 'edited', renamed: 'renamed', renamedAndEdited: 'renamed and edited' } as const;

function about({ before, documents, settings, rules }: Omit<RunComparison, 'rows'>): TemplateResult {
  const changed = documents.filter(({ how }) => how !== 'same').map(({ after, how }) => `${fileName(after.key)} ${HOW_WORDS[how]}`);
  const because = [...changed, ...(settings.length === 0 ? [] : [counted(settings.length, 'setting changed', 'settings changed')]), ...(rules.before === rules.after ? [] : ['other rules'])];
  return html`<p class="lead">Since ${before.title}, ${momentWords(Date.parse(before.startedAt))}: ${because.length === 0 ? 'the same documents, settings and rules' : because.join('; ')}.</p>
    ${settings.length === 0 ? nothing : html`<p class="dim s12">${settings.map(({ setting, before: was, after }) => `${nameInWords(setting)}: ${was} before, ${after} now`).join('; ')}</p>`}`;
}

function chips(store: PanelStore, counts: Readonly<Record<RowState, number>>): TemplateResult {
  const all = ROW_STATES.reduce((sum, state) => sum + counts[state], 0);
  const chip = (state: RowState | 'all', count: number): TemplateResult => html`<button class="chip" aria-pressed=${store.changes.state === state} @click=${() => store.changes.show(state)}>${store.changes.state === state ? codicon('check') : nothing}${sentenceCase(state)} <span class="n">${formatCount(count)}</span></button>`;
  return html`<div class="filters"><div class="chips always" role="group" aria-label="Show">${ROW_STATES.map((state) => chip(state, counts[state]))}${chip('all', all)}</div></div>`;
}

/** A row that is still there is shown among the matches or findings; one that is gone, in its document. */
function open(store: PanelStore, { kind, before, after }: ComparedRow, earlier: string): void {
  const isRow = kind === 'match' || kind === 'newTarget';
  if (after !== null && isRow) void store.selectRow({ runId: store.run?.id ?? '', id: after.key });
  else if (after !== null) void store.host.reveal(after.span);
  else if (before !== null) void store.host.reveal(before.span, earlier);
}

function rowView(store: PanelStore, row: ComparedRow, index: number, start: number, total: number, earlier: string, measure: (element: Element | undefined) => void): TemplateResult {
  const unit = row.after ?? row.before;
  const name = [unit?.number, row.title ?? unit?.title].filter((part) => part !== undefined && part !== '').join(' ');
  const kind = row.kind === 'match' || row.kind === 'newTarget' ? '' : findingTitle(row.kind);
  return html`<article class="change d-${row.state}" data-index=${index} aria-posinset=${index + 1} aria-setsize=${total} .style=${`transform:translateY(${start}px)`} ${ref(measure)}>
    <h2><span class="state-word">${codicon(STATE_ICON[row.state])} ${row.state}</span> <button class="link" @click=${() => open(store, row, earlier)}>${name === '' ? (unit?.span.quote ?? row.key) : name}</button>${kind === '' ? nothing : html` <span class="dim">${kind}</span>`}</h2>
    ${row.changes.length === 0 ? nothing : html`<ul class="fields">${row.changes.map(({ field, before, after }) => html`<li><span class="dim">${field}</span> <span>${before === '' ? 'nothing' : before}</span> ${codicon('arrow-right')}<span class="sr">became</span> <span>${after === '' ? 'nothing' : after}</span></li>`)}</ul>`}
    ${row.causes.length === 0 ? nothing : html`<p class="causes">${row.causes.map(({ sentence }) => sentence).join(' ')}</p>`}
  </article>`;
}

/** What moved since the run before: counts, rows, and why each is not what it was. */
export function changesView(store: PanelStore, run: RunSnapshot): TemplateResult {
  const { comparison, rows, question, state: shown } = store.changes;
  if (comparison === null) return html`<p class="empty dim">${run.state === 'running' ? 'Told when the run has ended.' : 'Reading what moved.'}</p>`;
  const state = listOf(store);
  settle(state, question, 0);
  const total = rows.total ?? 0;
  const { items, height } = state.list.items(total);
  const [first] = items;
  const last = items.at(-1);
  if (first !== undefined && last !== undefined) rows.show(first.index, last.index + 1);
  const empty = rows.failure !== null ? html`<p class="empty t-bad">${codicon('error')} ${rows.failure.message} <button class="link" @click=${() => rows.refresh()}>Try again</button></p>`
    : rows.total === null ? html`<p class="empty dim">Reading the rows.</p>` : html`<p class="empty">${shown === 'all' ? 'Neither run found anything.' : `Nothing is ${shown} since the run before.`}</p>`;
  return html`<div class="above">${about(comparison)}</div>${chips(store, comparison.counts)}
    <div class="rows changes" tabindex="0" role="feed" aria-label="Changes" ${ref(state.list.attach)}>${total === 0 ? empty : html`<div class="sizer" role="presentation" .style=${`height:${height}px`}>${repeat(
      items.flatMap((item) => {
        const row = rows.row(item.index);
        return row === undefined ? [] : [{ item, row }];
      }),
      ({ item, row }) => `${item.index} ${row.key}`,
      ({ item, row }) => rowView(store, row, item.index, item.start, total, comparison.before.id, state.list.measure),
    )}</div>`}</div>`;
}
