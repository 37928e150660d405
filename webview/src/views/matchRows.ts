import { html, nothing, render, type TemplateResult } from 'lit/html.js';
import type { RunSnapshot } from '../../../shared/model.ts';
import { formatCount } from '../../../shared/words/format.ts';
import { GroupedIndex } from '../state/groupedIndex.ts';
import { narrowingWords } from '../state/narrowing.ts';
import type { PanelStore } from '../state/panelStore.ts';
import { rowHeight } from '../state/rowHeight.ts';
import { make, setAttribute, setText } from '../widgets/elements.ts';
import { codicon } from '../widgets/icon.ts';
import { WindowedRows, type Sight } from '../widgets/windowedRows.ts';
import { GroupHead } from './groupHead.ts';
import { MatchRowElement } from './matchRow.ts';
import { acceptAtOf } from './runState.ts';

/** Height in pixels; the style sheet has the same one. */
const HEAD = 26;
/** Rows asked for before they come into sight, above and below. */
const AHEAD = 40;
/** How often the words beside the list may change while it is scrolled. Milliseconds. */
const RANGE_MS = 200;

function emptyList(store: PanelStore, run: RunSnapshot): TemplateResult {
  const { matches } = store;
  const failure = matches.rows.failure ?? matches.groupsFailure;
  if (failure !== null) return html`<p class="empty t-bad">${codicon('error')} ${failure.message} <button class="link" @click=${() => matches.refresh(run.state !== 'running')}>Try again</button></p>`;
  if (matches.rows.total === null || matches.groups === null) return html`<p class="empty dim">Reading the rows.</p>`;
  if (matches.isNarrowed) {
    const words = narrowingWords(matches.narrowing);
    const found = matches.search === '' ? '' : `has "${matches.search}"`;
    return html`<p class="empty">No row ${[words === '' ? '' : `is ${words}`, found].filter((part) => part !== '').join(' and ')}. <button class="link" @click=${() => store.lists.showAll()}>Show all</button></p>`;
  }
  if (run.state === 'running') return html`<p class="empty dim">${run.progress?.message ?? 'Starting'}. Rows stand here as soon as the first provisions are decided.</p>`;
  return html`<p class="empty">No provision was compared. The ledger says why.</p>`;
}

/** What is in the list's element: rows and group heads at their places, or a sentence instead of them. */
interface Parts {
  readonly list: HTMLElement;
  readonly sticky: GroupHead;
  readonly sizer: HTMLElement;
  readonly instead: HTMLElement;
}

/**
 * The rows in sight. They are written by themselves and without templates: a row that leaves lends its elements to the one
 * that comes, so that scrolling makes no element and touches nothing else of the page. `aria-posinset` tells the order.
 */
export class MatchRows {
  readonly #store: PanelStore;
  readonly #rows: WindowedRows;
  #parts: Parts | null = null;
  #slots: { readonly row: MatchRowElement; readonly head: GroupHead }[] = [];
  #question = -1;
  #index = -1;
  #height = -1;
  readonly #range = new Text();
  #rangeTimer: number | null = null;
  #rangeWords = '';
  readonly attach: (element: Element | undefined) => void;
  /** Says in the list's foot which rows are in sight. */
  readonly attachRange = (element: Element | undefined): void => {
    element?.append(this.#range);
  };

  constructor(store: PanelStore) {
    this.#store = store;
    this.#rows = new WindowedRows(() => this.draw(), (top) => store.scrolled('matches', top));
    this.attach = this.#rows.attach;
    store.matches.onRows = () => this.#rows.drawSoon();
  }

  #partsOf(list: HTMLElement): Parts {
    if (this.#parts?.list === list) return this.#parts;
    const parts = { list, sticky: new GroupHead('sticky'), sizer: make('div', 'sizer'), instead: make('div', 'instead') };
    parts.sizer.setAttribute('role', 'presentation');
    list.append(parts.sizer, parts.instead);
    this.#slots = [];
    this.#height = -1;
    this.#parts = parts;
    return parts;
  }

  draw(): void {
    const { element } = this.#rows;
    const { matches, reading, run } = this.#store;
    if (element === null || run === null || this.#store.tab !== 'matches') return;
    if (this.#question !== matches.question) {
      this.#question = matches.question;
      this.#rows.restore(matches.scrollTop);
    }
    const parts = this.#partsOf(element);
    const total = matches.groups === null ? 0 : (matches.rows.total ?? 0);
    const layout = new GroupedIndex(matches.groups ?? [], total, rowHeight(), HEAD);
    this.#write(parts, layout, run, total);
    let again = this.#rows.settle(layout);
    if (this.#index !== reading.index && total > 0) {
      this.#index = reading.index;
      if (reading.index !== -1 && reading.index < total) {
        this.#rows.reveal(layout, layout.indexOf(reading.index), layout.length > total ? HEAD : 0);
        again = true;
      }
    }
    if (again) this.#write(parts, layout, run, total);
  }

  #write(parts: Parts, layout: GroupedIndex, run: RunSnapshot, total: number): void {
    const { matches, reading } = this.#store;
    if (this.#height !== layout.height) {
      this.#height = layout.height;
      parts.sizer.style.height = `${String(layout.height)}px`;
    }
    render(total === 0 ? emptyList(this.#store, run) : nothing, parts.instead);
    const sight = this.#rows.sight(layout);
    const rowOf = (place: number): number => {
      const item = layout.item(place);
      return 'row' in item ? item.row : item.head.first;
    };
    if (total > 0) matches.rows.show(Math.max(0, rowOf(sight.first) - AHEAD), Math.min(total, rowOf(sight.end - 1) + 1 + AHEAD));
    const isGrouped = layout.length > total;
    const top = isGrouped ? layout.groupAt(sight.top) : null;
    if (top === null) parts.sticky.remove();
    else if (parts.sticky.show(top, null)) parts.list.prepend(parts.sticky.element);
    this.#writeSlots(parts.sizer, sight, layout, run, total, isGrouped);
    this.#say(total === 0 ? '' : `${formatCount(rowOf(sight.top) + 1)} to ${formatCount(rowOf(sight.bottom) + 1)} of ${formatCount(total)}`);
    const place = reading.index === -1 || reading.index >= total ? -1 : layout.indexOf(reading.index);
    if (place >= sight.first && place < sight.end) setAttribute(parts.list, 'aria-activedescendant', `row-${String(reading.index)}`);
    else parts.list.removeAttribute('aria-activedescendant');
  }

  #writeSlots(sizer: HTMLElement, sight: Sight, layout: GroupedIndex, run: RunSnapshot, total: number, isGrouped: boolean): void {
    const { matches, reading } = this.#store;
    const isRunning = run.state === 'running';
    const acceptAt = acceptAtOf(run);
    // As many as ever were in sight at once: fewer would move every row when their number changes by one.
    while (this.#slots.length < sight.end - sight.first) {
      this.#slots.push({ row: new MatchRowElement((id, index) => void this.#store.host.open(id, index)), head: new GroupHead('') });
    }
    const count = this.#slots.length;
    for (const [at, slot] of this.#slots.entries()) {
      const place = sight.first + ((at - (sight.first % count) + count) % count);
      const item = place < sight.end ? layout.item(place) : null;
      const row = item !== null && 'row' in item ? matches.rows.row(item.row) : undefined;
      if (item !== null && 'head' in item && slot.head.show(item.head, layout.top(place))) sizer.append(slot.head.element);
      else if (item === null || 'row' in item) slot.head.remove();
      if (item === null || 'head' in item || row === undefined) slot.row.element.remove();
      else {
        slot.row.show({
          row, index: item.row, total, top: layout.top(place), isSelected: row.id === reading.selected,
          group: isGrouped ? (layout.groupAt(place)?.label ?? '') : '', isRunning, acceptAt,
        });
        if (!slot.row.element.isConnected) sizer.append(slot.row.element);
      }
    }
  }

  #say(words: string): void {
    this.#rangeWords = words;
    this.#rangeTimer ??= window.setTimeout(() => {
      this.#rangeTimer = null;
      setText(this.#range, this.#rangeWords);
    }, this.#range.data === '' ? 0 : RANGE_MS);
  }
}
