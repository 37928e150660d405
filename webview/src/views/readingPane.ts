import { html, nothing, type TemplateResult } from 'lit';
import type { RunSnapshot } from '../../../shared/model.ts';
import type { MatchDetail, UnitText } from '../../../shared/protocol/results.ts';
import { fileName, formatCount } from '../../../shared/words/format.ts';
import { differenceTitle, RELATION_MEANING, sentenceCase } from '../../../shared/words/labels.ts';
import type { PanelStore } from '../state/panelStore.ts';
import { confidence, impact } from '../widgets/figures.ts';
import { badge, codicon } from '../widgets/icon.ts';
import { markedText, numberedFacts } from '../widgets/markedText.ts';
import { acceptAtOf } from './runState.ts';

/** Facts named in the sentence above the words. */
const NAMED_FACTS = 2;
/** Candidates shown; the row keeps more. */
const CANDIDATES = 5;

/** What the row says, in one sentence: the values that differ, or the reason. */
function headline(detail: MatchDetail): string {
  const { row, differences, why } = detail;
  if (row.outcome !== 'decided') return sentenceCase(row.reason ?? row.outcome);
  if (row.relation === 'missing') return 'No provision of the target is the counterpart of this one.';
  if (row.relation === 'new') return 'No provision of the source is the counterpart of this one.';
  const facts = numberedFacts(differences).slice(0, NAMED_FACTS).map(({ difference: { kind, sourceValue, targetValue } }) => `${differenceTitle(kind)}: ${sourceValue ?? 'nothing'} in the source, ${targetValue ?? 'nothing'} in the target`);
  if (row.relation === 'changed' && facts.length > 0) return `${facts.join('; ')}.`;
  const [first] = why;
  return first === undefined ? sentenceCase(RELATION_MEANING[row.relation ?? 'same']) : sentenceCase(first.detail);
}

function strip(detail: MatchDetail, run: RunSnapshot): TemplateResult {
  const { row } = detail;
  return html`<dl class="facts-strip">
    <div><dt>Relation</dt><dd>${badge(row)}</dd></div>
    <div><dt>Impact</dt><dd>${impact(row.impact, row.variance)}</dd></div>
    <div><dt>Confidence</dt><dd>${confidence(row.confidence, acceptAtOf(run))}</dd></div>
    ${row.moved ? html`<div><dt>Place</dt><dd>another part of the outline</dd></div>` : nothing}
  </dl>`;
}

function side(store: PanelStore, name: 'source' | 'target', detail: MatchDetail, text: UnitText, role: string): TemplateResult {
  const { unit, path } = text;
  const marked = detail.differences.length > 0;
  return html`<article class="side" aria-label=${sentenceCase(name)}>
    <h2><span class="dim">${sentenceCase(name)}</span> <b>${unit.number ?? ''}</b> ${unit.title ?? ''}${role === '' ? nothing : html` <span class="dim">${role}</span>`}
      <button class="tool" title="Open in the editor" aria-label="Open the ${name} in the editor" @click=${() => store.reveal(unit.span)}>${codicon('go-to-file')}</button></h2>
    <p class="where"><button class="link" @click=${() => store.reveal(unit.span)}>${fileName(path)}, line ${unit.span.line}</button>${unit.path === undefined || unit.path.length === 0 ? nothing : html`<span class="dim"> in ${unit.path.join(' / ')}</span>`}${marked ? html`<span class="only ${name} sample">only here</span>` : nothing}</p>
    ${markedText(text, name, detail.differences, (span) => void store.reveal(span))}
  </article>`;
}

function absentWords({ row, candidates }: MatchDetail): string {
  if (row.relation === 'missing') return 'Nothing in the target says this.';
  if (row.relation === 'new') return 'Nothing in the source says this.';
  if (row.outcome === 'skipped' || row.outcome === 'failed') return 'Nothing was compared.';
  return candidates.length > 0 ? 'Nothing was claimed. The nearest candidates stand below.' : 'Nothing was claimed, and no candidate was found.';
}

function absent(detail: MatchDetail): TemplateResult {
  return html`<article class="side none"><p class="dim">${absentWords(detail)}</p></article>`;
}

function factTable(store: PanelStore, detail: MatchDetail): TemplateResult | typeof nothing {
  const facts = numberedFacts(detail.differences);
  if (facts.length === 0) return nothing;
  const cell = (value: string | undefined, span: (typeof detail.differences)[number]['source']): TemplateResult =>
    span === undefined ? html`<td class="words dim">nothing</td>` : html`<td class="words"><button class="link" @click=${() => store.reveal(span)}>${value ?? span.quote}</button></td>`;
  return html`<section><h3>Facts that differ</h3><table class="figures"><thead><tr><th scope="col">Fact</th><th scope="col" class="words">Source</th><th scope="col" class="words">Target</th><th scope="col" class="words">Rule</th></tr></thead>
    <tbody>${facts.map(({ number, difference: { kind, source, target, sourceValue, targetValue, rule } }) => html`<tr><th scope="row"><span class="fact-number">${number}</span> ${differenceTitle(kind)}</th>${cell(sourceValue, source)}${cell(targetValue, target)}<td class="words"><code>${rule}</code></td></tr>`)}</tbody></table></section>`;
}

function candidates(store: PanelStore, detail: MatchDetail): TemplateResult | typeof nothing {
  const shown = detail.candidates.slice(0, CANDIDATES);
  if (shown.length === 0) return nothing;
  return html`<section><h3>Candidates, best first</h3><ol class="candidates">${shown.map(({ span, number, title, claimed, score }) => html`<li class=${claimed ? 'claimed' : ''} title="Score ${score.toFixed(2)}"><span class="number">${number}</span> <button class="link" @click=${() => store.reveal(span)}>${title === '' ? span.quote : title}</button>${claimed ? html`<span class="dim"> claimed</span>` : nothing}</li>`)}</ol></section>`;
}

function why(detail: MatchDetail): TemplateResult | typeof nothing {
  if (detail.why.length === 0) return nothing;
  return html`<section><h3>Decided by</h3><ul class="why">${detail.why.map(({ rule, detail: words }) => html`<li><code>${rule}</code> ${words}</li>`)}</ul></section>`;
}

function body(store: PanelStore, run: RunSnapshot, detail: MatchDetail): TemplateResult {
  const targets = detail.targets;
  return html`<p class="headline">${headline(detail)}</p>
    ${strip(detail, run)}
    <div class="pair">
      ${detail.source === null ? absent(detail) : side(store, 'source', detail, detail.source, '')}
      ${targets.length === 0 ? absent(detail) : html`<div class="targets">${targets.map(({ text, role }) => side(store, 'target', detail, text, role === 'part' ? 'in part' : ''))}</div>`}
    </div>
    <div class="pair evidence">${factTable(store, detail)}${candidates(store, detail)}${why(detail)}</div>`;
}

/** The words of the selected row on both sides, what differs, why, and the candidates. */
export function readingPane(store: PanelStore, run: RunSnapshot): TemplateResult {
  const { detail, detailFailure } = store;
  const total = store.matches.total ?? 0;
  return html`<section class="pane" aria-label="Selected provision">
    <div class="pane-bar"><span class="dim s12">${store.selectedIndex === -1 ? '' : `${formatCount(store.selectedIndex + 1)} of ${formatCount(total)}`}</span>
      <button class="tool" title="Previous (K)" aria-label="Previous" @click=${() => store.move(-1)}>${codicon('chevron-up')}</button>
      <button class="tool" title="Next (J)" aria-label="Next" @click=${() => store.move(1)}>${codicon('chevron-down')}</button>
      <button class="tool" title="Close (Esc)" aria-label="Close the reading pane" @click=${() => store.closeDetail()}>${codicon('close')}</button></div>
    <div class="pane-body" tabindex="0" role="region" aria-label="Words on both sides">
      ${detailFailure !== null ? html`<p class="t-bad">${codicon('error')} ${detailFailure.message}</p>` : detail === null ? html`<p class="dim">Reading the words.</p>` : body(store, run, detail)}
    </div>
  </section>`;
}
