import { html, nothing, render, type TemplateResult } from 'lit';
import { ref } from 'lit/directives/ref.js';
import type { RunSnapshot } from '../../../shared/model.ts';
import { formatCount } from '../../../shared/words/format.ts';
import { sentenceCase } from '../../../shared/words/labels.ts';
import { GroupedIndex } from '../state/groupedIndex.ts';
import { narrowingWords } from '../state/narrowing.ts';
import type { PanelStore } from '../state/panelStore.ts';
import { codicon } from '../widgets/icon.ts';
import { WindowedRows } from '../widgets/windowedRows.ts';
import { columnHeads, orderWords } from './columnHeads.ts';
import { filterBar } from './filterBar.ts';
import { matchCells } from './matchRow.ts';
import { readingPane } from './readingPane.ts';
import { acceptAtOf } from './runState.ts';
import { isNarrow } from './width.ts';

/** Heights in pixels; the style sheet has the same ones. */
const ROW = { wide: 26, narrow: 48 } as const;
const HEAD = 26;

function emptyList(store: PanelStore, run: RunSnapshot): TemplateResult {
  const { matches } = store;
  const failure = matches.rows.failure ?? matches.groupsFailure;
  if (failure !== null) return html`<p class="empty t-bad">${codicon('error')} ${failure.message} <button class="link" @click=${() => matches.refresh(run.state !== 'running')}>Try again</button></p>`;
  if (matches.rows.total === null || matches.groups === null) return html`<p class="empty dim">Reading the rows.</p>`;
  if (matches.isNarrowed) {
    const words = narrowingWords(matches.narrowing);
    const found = matches.search === '' ? '' : `has "${matches.search}"`;
    return html`<p class="empty">No row ${[words === '' ? '' : `is ${words}`, found].filter((part) => part !== '').join(' and ')}. <button class="link" @click=${() => store.showAll()}>Show all</button></p>`;
  }
  if (run.state === 'running') return html`<p class="empty dim">${run.progress?.message ?? 'Starting'}. Rows stand here as soon as the first provisions are decided.</p>`;
  return html`<p class="empty">No provision was compared. The ledger says why.</p>`;
}

/** The rows in sight. They are rendered by themselves, so that scrolling touches nothing else of the page. */
class MatchRows {
  readonly #store: PanelStore;
  readonly #rows: WindowedRows;
  #question = -1;
  #index = -1;
  /** Says in the list's foot which rows are in sight. */
  range: HTMLElement | null = null;
  readonly attach: (element: Element | undefined) => void;
  readonly attachRange = (element: Element | undefined): void => {
    this.range = element instanceof HTMLElement ? element : null;
  };

  constructor(store: PanelStore) {
    this.#store = store;
    this.#rows = new WindowedRows(() => this.draw(), (top) => store.scrolled('matches', top));
    this.attach = this.#rows.attach;
  }

  draw(): void {
    const { element } = this.#rows;
    const { matches, reading, run } = this.#store;
    if (element === null || run === null || this.#store.tab !== 'matches') return;
    if (this.#question !== matches.question) {
      this.#question = matches.question;
      this.#rows.restore(matches.scrollTop);
    }
    const total = matches.groups === null ? 0 : (matches.rows.total ?? 0);
    const layout = new GroupedIndex(matches.groups ?? [], total, isNarrow() ? ROW.narrow : ROW.wide, HEAD);
    this.#render(element, layout, run, total);
    let again = this.#rows.settle(layout);
    if (this.#index !== reading.index && total > 0) {
      this.#index = reading.index;
      if (reading.index !== -1 && reading.index < total) {
        this.#rows.reveal(layout, layout.indexOf(reading.index), layout.length > total ? HEAD : 0);
        again = true;
      }
    }
    if (again) this.#render(element, layout, run, total);
  }

  #most = 0;
  /** As many as ever were in sight at once; fewer would move every row when their number changes by one. */
  #slots(needed: number): number {
    this.#most = Math.max(this.#most, needed);
    return this.#most;
  }

  #render(element: HTMLElement, layout: GroupedIndex, run: RunSnapshot, total: number): void {
    const { matches, reading } = this.#store;
    if (total === 0) {
      render(emptyList(this.#store, run), element);
      element.removeAttribute('aria-activedescendant');
      if (this.range !== null) this.range.textContent = '';
      return;
    }
    const sight = this.#rows.sight(layout);
    const acceptAt = acceptAtOf(run);
    const places = Array.from({ length: sight.end - sight.first }, (_, at) => sight.first + at);
    // A row that leaves lends its elements to the one that comes: far cheaper than new ones. aria-posinset tells the order.
    const slots: (number | null)[] = Array.from({ length: this.#slots(places.length) }, () => null);
    for (const place of places) slots[place % slots.length] = place;
    const shown = places.flatMap((place) => {
      const item = layout.item(place);
      return 'row' in item ? [item.row] : [];
    });
    matches.rows.show(shown[0] ?? 0, (shown.at(-1) ?? 0) + 1);
    const isGrouped = layout.length > total;
    const sticky = isGrouped ? layout.groupAt(sight.top) : null;
    render(html`${sticky === null ? nothing : html`<div class="group sticky" aria-hidden="true">${sentenceCase(sticky.label)} <span class="count">${formatCount(sticky.rows)}</span></div>`}<div class="sizer" role="presentation" .style=${`height:${layout.height}px`}>${slots.map((place) => {
      if (place === null) return nothing;
      const item = layout.item(place);
      const style = `transform:translateY(${layout.top(place)}px)`;
      if ('head' in item) return html`<div class="group" role="presentation" .style=${style}>${sentenceCase(item.head.label)} <span class="count">${formatCount(item.head.rows)}</span></div>`;
      const { row: index } = item;
      const row = matches.rows.row(index);
      if (row === undefined) return nothing;
      const isSelected = row.id === reading.selected;
      return html`<div id="row-${index}" class="row ${isSelected ? 'selected' : ''} is-${row.outcome === 'decided' ? (row.relation ?? '') : row.outcome}" role="option" aria-selected=${isSelected} aria-posinset=${index + 1} aria-setsize=${total}
        aria-description=${isGrouped ? (layout.groupAt(place)?.label ?? '') : nothing} title=${row.reason ?? ''} .style=${style} @click=${() => this.#store.open(row.id, index)}>${matchCells(row, run, acceptAt)}</div>`;
    })}</div>`, element);
    const rowOf = (place: number): number => {
      const item = layout.item(place);
      return 'row' in item ? item.row : item.head.first;
    };
    if (this.range !== null) this.range.textContent = `${formatCount(rowOf(sight.top) + 1)} to ${formatCount(rowOf(sight.bottom) + 1)} of ${formatCount(total)}`;
    if (shown.includes(reading.index)) element.setAttribute('aria-activedescendant', `row-${reading.index}`);
    else element.removeAttribute('aria-activedescendant');
  }
}

/** Above this share of wrong ones the error is told in percent, below as one in so many. */
const MANY_WRONG = 0.1;

function errorWords(share: number): string {
  if (share <= 0) return 'none expected to be wrong';
  return share > MANY_WRONG ? `about ${Math.round(share * 100)} % wrong` : `about 1 in ${formatCount(Math.round(1 / share))} wrong`;
}

function foot(store: PanelStore, run: RunSnapshot, rows: MatchRows): TemplateResult {
  const { offer } = store.matches;
  const order = run.state === 'running' && orderWords(store) === '' ? 'document order, rows do not move while the run goes on' : orderWords(store);
  return html`<div class="list-foot"><span class="range" ${ref(rows.attachRange)}></span><span class="order">${order}</span><span class="grow"></span>${
    offer === null || offer.rows === 0 || run.state === 'running' ? nothing : html`<button class="link" title="Accepts every open row at or above this confidence. It can be undone." @click=${() => store.reviewing.acceptAbove(offer.atLeast)}>Accept ${formatCount(offer.rows)} open at .${String(Math.round(offer.atLeast * 100))} and above</button><span>${errorWords(offer.expectedWrong)}</span>`
  }</div>`;
}

const kept = new WeakMap<PanelStore, MatchRows>();

function rowsOf(store: PanelStore): MatchRows {
  const known = kept.get(store) ?? new MatchRows(store);
  if (!kept.has(store)) {
    kept.set(store, known);
    window.addEventListener('resize', () => store.touched());
  }
  return known;
}

/** The list of provisions with their counterparts, and the reading pane of the selected one. */
export function matchesView(store: PanelStore, run: RunSnapshot): TemplateResult {
  const rows = rowsOf(store);
  // After the page itself: the list's element has to be there.
  queueMicrotask(() => rows.draw());
  return html`${filterBar(store, run)}${columnHeads(store)}
    <div class="rows" tabindex="0" role="listbox" aria-label="Provisions" ${ref(rows.attach)}></div>
    ${foot(store, run, rows)}
    ${store.reading.selected === null ? nothing : readingPane(store, run)}`;
}
