import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { Span } from '../../../shared/model.ts';
import type { MatchDetail } from '../../../shared/protocol/results.ts';
import { counted } from '../../../shared/words/format.ts';
import { differenceTitle } from '../../../shared/words/labels.ts';
import { momentWords } from '../../../shared/words/moments.ts';
import type { PanelStore } from '../state/panelStore.ts';
import { codicon, icon } from '../widgets/icon.ts';
import { numberedFacts } from '../widgets/markedText.ts';
import { leaveForm } from './paneActions.ts';

/** Candidates shown before more are asked for. */
const CANDIDATES = 5;

/** What both sides state alike, folded away: the eye is to land on what differs. */
function equalTable(store: PanelStore, { equalFacts: { total, facts } }: MatchDetail): TemplateResult | typeof nothing {
  if (total === 0) return nothing;
  const { showsEqual } = store.reading;
  const cell = (span: Span): TemplateResult => html`<td class="words"><button class="link plain" title="Open these words" @click=${() => store.host.reveal(span)}>${span.quote}</button></td>`;
  return html`<button class="fold s12" aria-expanded=${showsEqual} @click=${() => store.reading.toggleEqual()}>${codicon(showsEqual ? 'chevron-down' : 'chevron-right')}${counted(total, 'equal fact')}</button>${!showsEqual ? nothing : html`<table class="figures equal" aria-label="Equal facts"><thead><tr><th scope="col">Fact</th><th scope="col" class="words">Source</th><th scope="col" class="words">Target</th><th scope="col" class="words">Result</th></tr></thead>
    <tbody>${facts.map(({ kind, value, source, target }) => html`<tr><th scope="row">${differenceTitle(kind)}</th>${cell(source)}${cell(target)}<td class="words" title=${value}><span class="b-same">${icon('same')}</span>equal</td></tr>`)}</tbody></table>${facts.length < total ? html`<p class="s12 dim">The first ${facts.length} of ${total}.</p>` : nothing}`}`;
}

function factTable(store: PanelStore, detail: MatchDetail): TemplateResult | typeof nothing {
  const facts = numberedFacts(detail.differences);
  if (facts.length === 0) return detail.equalFacts.total === 0 ? nothing : html`<section><h3>Why: facts compared</h3>${equalTable(store, detail)}</section>`;
  const cell = (value: string | undefined, span: Span | undefined): TemplateResult =>
    span === undefined ? html`<td class="words dim">nothing</td>` : html`<td class="words"><button class="link plain" @click=${() => store.host.reveal(span)}>${value ?? span.quote}</button></td>`;
  return html`<section><h3>Why: facts compared</h3><table class="figures"><thead><tr><th scope="col">Fact</th><th scope="col" class="words">Source</th><th scope="col" class="words">Target</th><th scope="col" class="words">Result</th></tr></thead>
    <tbody>${facts.map(({ number, difference: { kind, source, target, sourceValue, targetValue, rule } }) => html`<tr class=${number === store.reading.lit ? 'lit' : ''} data-fact=${number}><th scope="row">${differenceTitle(kind)} <button class="fact-number" data-fact=${number} aria-label="Evidence ${number}: show it in the words" @click=${() => store.reading.moveEvidence(0, 1)} @focus=${() => store.reading.light(number)}>${number}</button></th>${cell(sourceValue, source)}${cell(targetValue, target)}<td class="words" title=${rule}><span class="b-changed">${icon('changed')}</span>${source === undefined ? 'only in the target' : target === undefined ? 'only in the source' : 'differs'}</td></tr>`)}</tbody></table>${equalTable(store, detail)}</section>`;
}

function take(store: PanelStore, targets: readonly string[]): void {
  void store.lists.review({ kind: 'override', targets }, true).then(() => {
    if (store.reading.mode === 'read') leaveForm(store);
  });
}

/** Takes what is marked; without a mark, the candidate the keys stand on. */
function takeActive(store: PanelStore, detail: MatchDetail): void {
  const { picks, active } = store.reading;
  const on = detail.candidates[active];
  if (picks.size > 0) take(store, detail.candidates.filter(({ targetId }) => picks.has(targetId)).map(({ targetId }) => targetId));
  else take(store, on === undefined ? [] : [on.targetId]);
}

/** Keys of the candidates to choose from; what is none of them is left alone. */
export function onChooseKey(store: PanelStore, detail: MatchDetail, event: KeyboardEvent): void {
  const { reading } = store;
  const on = detail.candidates[reading.active];
  const acts: Readonly<Record<string, (() => void) | undefined>> = {
    ArrowDown: () => reading.moveCandidate(1),
    ArrowUp: () => reading.moveCandidate(-1),
    j: () => reading.moveCandidate(1),
    k: () => reading.moveCandidate(-1),
    Home: () => reading.moveCandidate(-Infinity),
    End: () => reading.moveCandidate(Infinity),
    ' ': on === undefined ? () => undefined : () => reading.togglePick(on.targetId),
    Enter: () => takeActive(store, detail),
    Escape: () => leaveForm(store),
  };
  const act = acts[event.key];
  if (act === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  event.stopPropagation();
  act();
  requestAnimationFrame(() => document.querySelector('.choose .active')?.scrollIntoView({ block: 'nearest' }));
}

/** How far a score lies behind the best one: scores mean something only beside each other. */
function behindBest({ candidates: all }: MatchDetail): (score: number) => string {
  const best = Math.max(...all.map(({ score }) => score));
  return (score) => (best - score).toFixed(2);
}

function candidateName(number: string, title: string, quote: string): TemplateResult {
  return html`<span class="number">${number}</span> ${title === '' ? quote : title}`;
}

/** The candidates as a list to choose from: several, one, or none of them. */
function choose(store: PanelStore, detail: MatchDetail): TemplateResult {
  const { active, picks } = store.reading;
  const none = detail.candidates.length;
  const behind = behindBest(detail);
  const option = (at: number, id: string | null, words: unknown, score: string): TemplateResult => html`<li id="choice-${at}" role="option" class=${at === active ? 'active' : ''} aria-selected=${id !== null && picks.has(id)} @click=${() => {
    store.reading.active = at;
    if (id === null || picks.size === 0) take(store, id === null ? [] : [id]);
    else store.reading.togglePick(id);
  }}>${codicon(id === null ? 'circle-slash' : picks.has(id) ? 'check' : 'blank')}<span class="heading">${words}</span><span class="score">${score}</span></li>`;
  return html`<section><h3>Choose what answers it</h3><ol class="choose" role="listbox" tabindex="0" aria-label="Candidates" aria-multiselectable="true" aria-activedescendant="choice-${active}" @keydown=${(event: KeyboardEvent) => onChooseKey(store, detail, event)}>
    ${detail.candidates.map(({ targetId, number, title, span, score }, at) => option(at, targetId, candidateName(number, title, span.quote), behind(score)))}
    ${option(none, null, 'No counterpart', '')}</ol></section>`;
}

function candidates(store: PanelStore, detail: MatchDetail): TemplateResult | typeof nothing {
  if (store.reading.mode === 'override') return choose(store, detail);
  const all = detail.candidates;
  if (all.length === 0) return nothing;
  const behind = behindBest(detail);
  const shown = store.reading.showsAllCandidates ? all : all.slice(0, CANDIDATES);
  return html`<section><h3>Candidates</h3><table class="figures candidates"><thead><tr><th scope="col">Target</th><th scope="col" title="Distance between the score of a candidate and the best one's">Score behind the best</th></tr></thead><tbody>${shown.map(({ span, number, title, claimed, score }) => html`<tr class=${claimed ? 'claimed' : ''}><th scope="row"><button class="link" @click=${() => store.host.reveal(span)}>${candidateName(number, title, span.quote)}</button>${claimed ? html`<span class="dim"> ${detail.row.outcome === 'decided' ? 'claimed' : 'best'}</span>` : nothing}</th><td>${behind(score)}</td></tr>`)}</tbody></table>
    ${shown.length < all.length ? html`<button class="link s12" @click=${() => store.reading.showAllCandidates()}>Show ${all.length - shown.length} more</button>` : nothing}</section>`;
}

function decidedBy({ why, row }: MatchDetail): TemplateResult | typeof nothing {
  if (why.length === 0) return nothing;
  return html`<section><h3>${row.outcome === 'decided' ? 'Decided by' : 'Why nothing was decided'}</h3><ul class="why">${why.map(({ rule, detail }) => html`<li><code>${rule}</code> ${detail}</li>`)}</ul></section>`;
}

/** Everything that was said of the row, newest first. */
function trail(store: PanelStore): TemplateResult {
  const { history, historyFailure } = store.reading;
  const entries = history?.entries ?? [];
  return html`<section><h3>Trail</h3>${
    historyFailure !== null ? html`<p class="s12 t-bad">${codicon('error')} ${historyFailure.message}</p>`
      : history === null ? html`<p class="s12 dim">Reading the trail.</p>`
        : entries.length === 0 ? html`<p class="s12 dim">Nobody has said anything of it yet.</p>`
          : html`<ol class="trail">${entries.map(({ at, words, reviewer, note }) => html`<li><time class="dim" datetime=${new Date(at).toISOString()}>${momentWords(at)}</time><span>${reviewer === '' ? '' : `${reviewer}: `}${words}${note === undefined || note === '' ? nothing : html`<span class="said-note">${note}</span>`}</span></li>`)}</ol>`
  }</section>`;
}

/** Below the words: why, what else was considered, and what people said. */
export function paneWhy(store: PanelStore, detail: MatchDetail): TemplateResult {
  return html`<div class="pair evidence">${factTable(store, detail)}${candidates(store, detail)}${decidedBy(detail)}${trail(store)}</div>`;
}
