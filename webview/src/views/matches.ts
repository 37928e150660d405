import { html, nothing, type TemplateResult } from 'lit';
import { ref } from 'lit/directives/ref.js';
import { repeat } from 'lit/directives/repeat.js';
import type { RunSnapshot } from '../../../shared/model.ts';
import type { MatchFilter, MatchRow } from '../../../shared/protocol/results.ts';
import { counted, formatCount } from '../../../shared/words/format.ts';
import { sentenceCase } from '../../../shared/words/labels.ts';
import type { PanelStore } from '../state/panelStore.ts';
import { confidence, impact } from '../widgets/figures.ts';
import { badge, codicon } from '../widgets/icon.ts';
import { listKeeper, settle } from './listOf.ts';
import { readingPane } from './readingPane.ts';
import { acceptAtOf } from './runState.ts';
import { searchField } from './searchField.ts';

/** Chips in the order of use: what needs a look first. */
const CHIPS: readonly MatchFilter[] = ['all', 'changed', 'missing', 'new', 'abstained', 'decided', 'skipped', 'failed'];

const listOf = listKeeper({ wide: 26, narrow: 48 });

function chipLabel(filter: MatchFilter): string {
  return sentenceCase(filter);
}

function filterBar(store: PanelStore): TemplateResult {
  const { counts, filter } = store;
  const count = (one: MatchFilter): string => (counts === null ? '' : formatCount(counts[one]));
  const shown = CHIPS.filter((one) => one === 'all' || one === filter || counts === null || counts[one] > 0);
  return html`<div class="filters">
    ${searchField(store, 'Search number, heading or text')}
    <div class="chips" role="group" aria-label="Show">${shown.map((one) => html`<button class="chip" aria-pressed=${one === filter} @click=${() => store.setFilter(one)}>${chipLabel(one)} <span class="n">${count(one)}</span></button>`)}</div>
    <select class="chip-menu" aria-label="Show" @change=${(event: Event) => {
      if (event.target instanceof HTMLSelectElement) store.setFilter(event.target.value as MatchFilter);
    }}>${shown.map((one) => html`<option value=${one} ?selected=${one === filter}>${chipLabel(one)} ${count(one)}</option>`)}</select>
  </div>`;
}

/** What stands where the target would: the counterpart, that there is none, or why there is no answer. */
function targetCell(row: MatchRow, running: boolean): TemplateResult {
  if (row.side === 'target') return html`<span class="name"><span class="number">${row.number}</span><span class="heading">${row.title}</span></span>`;
  if (row.target !== null) {
    const { number, title, more } = row.target;
    return html`<span class="name"><span class="number">${number}</span><span class="heading">${title}${more > 0 ? html`<span class="dim"> and ${counted(more, 'more', 'more')}</span>` : nothing}</span></span>`;
  }
  if (row.relation === 'missing') return html`<span class="dim">${running ? 'none found so far' : 'no counterpart found'}</span>`;
  return html`<span class="dim">${row.reason ?? ''}</span>`;
}

function rowView(store: PanelStore, run: RunSnapshot, row: MatchRow, index: number, start: number, total: number): TemplateResult {
  const selected = row.id === store.selected;
  const name = row.side === 'source' ? html`<span class="name"><span class="number">${row.number}</span><span class="heading">${row.title}</span></span>` : html`<span class="dim none">only in the target</span>`;
  return html`<div id="row-${index}" class="row ${selected ? 'selected' : ''} is-${row.outcome === 'decided' ? (row.relation ?? '') : row.outcome}" role="option" aria-selected=${selected} aria-posinset=${index + 1} aria-setsize=${total}
    title=${row.reason ?? ''} .style=${`transform:translateY(${start}px)`} @click=${() => store.open(row.id, index)}>
    <span class="c-source">${name}</span><span class="c-relation">${badge(row)}</span><span class="c-target">${targetCell(row, run.state === 'running')}</span>
    <span class="c-impact">${impact(row.impact, row.variance)}</span><span class="c-confidence">${confidence(row.confidence, acceptAtOf(run))}</span>
  </div>`;
}

function emptyList(store: PanelStore, run: RunSnapshot): TemplateResult {
  const { failure } = store.matches;
  if (failure !== null) return html`<p class="empty t-bad">${codicon('error')} ${failure.message} <button class="link" @click=${() => store.matches.refresh()}>Try again</button></p>`;
  if (store.matches.total === null) return html`<p class="empty dim">Reading the rows.</p>`;
  if (store.search !== '' || store.filter !== 'all') {
    return html`<p class="empty">No row ${store.filter === 'all' ? '' : `is ${store.filter}`}${store.search === '' ? '' : `${store.filter === 'all' ? 'has' : ' and has'} "${store.search}"`}. <button class="link" @click=${() => {
      store.setFilter('all');
      store.setSearch('');
    }}>Show all</button></p>`;
  }
  if (run.state === 'running') return html`<p class="empty dim">${run.progress?.message ?? 'Starting'}. Rows stand here as soon as the first provisions are decided.</p>`;
  return html`<p class="empty">No provision was compared. The ledger says why.</p>`;
}

/** The list of provisions with their counterparts, and the reading pane of the selected one. */
export function matchesView(store: PanelStore, run: RunSnapshot): TemplateResult {
  const state = listOf(store, () => store.touched());
  settle(state, store);
  const total = store.matches.total ?? 0;
  const { items, height } = state.list.items(total);
  const first = items[0];
  const last = items.at(-1);
  if (first !== undefined && last !== undefined) store.matches.show(first.index, last.index + 1);
  if (store.selectedIndex !== state.selectedIndex) {
    state.selectedIndex = store.selectedIndex;
    if (store.selectedIndex !== -1) requestAnimationFrame(() => state.list.scrollTo(store.selectedIndex));
  }
  const active = items.some(({ index }) => index === store.selectedIndex) ? `row-${store.selectedIndex}` : nothing;
  return html`${filterBar(store)}
    <div class="columns" aria-hidden="true"><span class="c-source">Source</span><span class="c-relation">Relation</span><span class="c-target">Target</span><span class="c-impact">Impact</span><span class="c-confidence">Confidence</span></div>
    <div class="rows" tabindex="0" role="listbox" aria-label="Provisions" aria-activedescendant=${active} ${ref(state.list.attach)}>
      ${total === 0 ? emptyList(store, run) : html`<div class="sizer" role="presentation" .style=${`height:${height}px`}>${repeat(
        items.flatMap((item) => {
          const row = store.matches.row(item.index);
          return row === undefined ? [] : [{ item, row }];
        }),
        ({ item }) => item.index,
        ({ item, row }) => rowView(store, run, row, item.index, item.start, total),
      )}</div>`}
    </div>
    ${store.selected === null ? nothing : readingPane(store, run)}`;
}
