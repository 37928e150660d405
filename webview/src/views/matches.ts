import { html, nothing, type TemplateResult } from 'lit/html.js';
import { ref } from 'lit/directives/ref.js';
import type { RunSnapshot } from '../../../shared/model.ts';
import { formatCount } from '../../../shared/words/format.ts';
import type { PanelStore } from '../state/panelStore.ts';
import { columnHeads, orderWords } from './columnHeads.ts';
import { filterBar } from './filterBar.ts';
import type { LaterViews } from './laterViews.ts';
import { MatchRows } from './matchRows.ts';

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
export function matchesView(store: PanelStore, run: RunSnapshot, later: LaterViews | null): TemplateResult {
  const rows = rowsOf(store);
  // After the page itself: the list's element has to be there.
  queueMicrotask(() => rows.draw());
  return html`${filterBar(store, run)}${columnHeads(store)}
    <div class="rows" tabindex="0" role="listbox" aria-label="Provisions" ${ref(rows.attach)}></div>
    ${foot(store, run, rows)}
    ${store.reading.selected === null ? nothing : later?.readingPane(store, run)}`;
}
