import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { RunSnapshot } from '../../../shared/model.ts';
import type { MatchDetail } from '../../../shared/protocol/results.ts';
import { formatCount } from '../../../shared/words/format.ts';
import { momentWords } from '../../../shared/words/moments.ts';
import type { PanelStore } from '../state/panelStore.ts';
import { dragEdge } from '../widgets/dragEdge.ts';
import { badge, codicon } from '../widgets/icon.ts';
import { REVIEW_ICON } from '../widgets/reviewBadge.ts';
import { paneActions } from './paneActions.ts';
import { paneForm } from './paneForms.ts';
import { paneWhy } from './paneWhy.ts';
import { factsStrip, headline, pair } from './paneWords.ts';

/** What a person said of the row, and why it has to be said again where it has. */
function said(store: PanelStore): TemplateResult | typeof nothing {
  const review = store.reading.history?.review ?? store.reading.detail?.row.review;
  if (review === undefined || review === null) return nothing;
  const { state, standing, reason, earlier, override, note, reviewer, at } = review;
  const by = `${reviewer === '' ? '' : `by ${reviewer}, `}${momentWords(at)}`;
  const lines: TemplateResult[] = [];
  if (standing === 'reviewAgain') lines.push(html`<p class="t-warn">${codicon('refresh')} <b>Review again.</b> ${reason ?? ''} <span class="dim">${earlier === undefined ? '' : `It was ${earlier}`} ${by}.</span></p>`);
  else if (state !== 'open') {
    const instead = state !== 'overridden' ? '' : override === undefined || override.length === 0 ? ': no counterpart' : `: ${override.map(({ number, title }) => `${number} ${title}`.trim()).join(', ')}`;
    lines.push(html`<p class=${state === 'accepted' ? 't-ok' : ''}>${codicon(REVIEW_ICON[state])} <b>${state}</b>${instead} <span class="dim">${by}</span></p>`);
  }
  if (note !== undefined) lines.push(html`<p class="said-note">${codicon('note')} ${note}</p>`);
  return lines.length === 0 ? nothing : html`<div class="said-of-it">${lines}</div>`;
}

function body(store: PanelStore, run: RunSnapshot, detail: MatchDetail): TemplateResult {
  const isRunning = run.state === 'running';
  return html`${said(store)}<p class="headline">${headline(detail, isRunning)}</p>
    ${factsStrip(detail, store.reading.history, run)}
    ${pair(store, detail, isRunning)}
    ${paneWhy(store, detail)}`;
}

/** Both ends of an evidence are lit while one of them has the pointer or the focus. */
function light(store: PanelStore, event: Event): void {
  const number = event.target instanceof Element ? event.target.closest('[data-fact]')?.getAttribute('data-fact') : null;
  store.reading.light(number === null || number === undefined ? null : Number(number));
}

function neighbours(store: PanelStore): TemplateResult {
  const { index } = store.reading;
  const total = store.matches.rows.total ?? 0;
  return html`<span class="dim s12 place">${index === -1 ? 'outside this filter' : `${formatCount(index + 1)} of ${formatCount(total)}`}</span>
    <button class="tool" title="Previous (K)" aria-label="Previous" @click=${() => store.reading.move(-1)}>${codicon('chevron-up')}</button>
    <button class="tool" title="Next (J)" aria-label="Next" @click=${() => store.reading.move(1)}>${codicon('chevron-down')}</button>`;
}

const lastLit = new WeakMap<PanelStore, number>();

/** An evidence gone to by key is brought into sight. */
function showLit(store: PanelStore): void {
  const { litByKey, lit } = store.reading;
  if ((lastLit.get(store) ?? 0) === litByKey) return;
  lastLit.set(store, litByKey);
  requestAnimationFrame(() => document.querySelector(`.pane .text .fact[data-fact="${String(lit)}"]`)?.scrollIntoView({ block: 'nearest' }));
}

/** The words of the selected row on both sides, what differs, why, the candidates, and what can be said of it. */
export function readingPane(store: PanelStore, run: RunSnapshot): TemplateResult {
  const { detail, failure } = store.reading;
  showLit(store);
  const style = store.paneHeight === null ? '' : `flex:0 0 auto;height:${store.paneHeight}px;max-height:calc(100% - 200px)`;
  return html`<section class="pane" aria-label="Selected provision" .style=${style}>
    ${dragEdge(store.paneHeight, (height) => store.setPaneHeight(height))}
    <div class="pane-top"><button class="tool" title="Back to the list (Esc)" aria-label="Back to the list" @click=${() => store.closeDetail()}>${codicon('arrow-left')}</button>${detail === null ? nothing : badge(detail.row)}<span class="grow"></span>${neighbours(store)}</div>
    <div class="pane-bar">${paneActions(store, detail?.row ?? null)}<span class="grow"></span>
      <button class="tool" title="Compare in the editor (D)" aria-label="Compare in the editor" @click=${() => store.host.diff()}>${codicon('diff')}</button>
      <span class="wide-only">${neighbours(store)}<button class="tool" title="Close (Esc)" aria-label="Close the reading pane" @click=${() => store.closeDetail()}>${codicon('close')}</button></span></div>
    ${paneForm(store)}
    <div class="pane-body" tabindex="0" role="region" aria-label="Words on both sides" @mouseover=${(event: Event) => light(store, event)} @mouseleave=${() => store.reading.light(null)} @focusin=${(event: Event) => {
      if (event.target !== event.currentTarget) light(store, event);
    }}>
      ${failure !== null ? html`<p class="t-bad">${codicon('error')} ${failure.message}</p>` : detail === null ? html`<p class="dim">Reading the words.</p>` : body(store, run, detail)}
    </div>
  </section>`;
}
