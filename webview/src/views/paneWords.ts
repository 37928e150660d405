import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { RunSnapshot } from '../../../shared/model.ts';
import type { MatchDetail, UnitText } from '../../../shared/protocol/results.ts';
import type { ReviewHistory } from '../../../shared/protocol/reviews.ts';
import { counted, fileName } from '../../../shared/words/format.ts';
import { differenceTitle, RELATION_MEANING, sentenceCase } from '../../../shared/words/labels.ts';
import type { PanelStore } from '../state/panelStore.ts';
import { confidence, impact } from '../widgets/figures.ts';
import { badge, codicon, icon } from '../widgets/icon.ts';
import { evidenceOf, markedText, numberedFacts, type Marking, type Side } from '../widgets/markedText.ts';
import { acceptAtOf } from './runState.ts';

/** Facts named in the sentence above the words. */
const NAMED_FACTS = 2;
/** Candidates whose first words stand where the target would, when nothing was claimed. */
const NEAREST = 2;

/** What the row says, in one sentence: the values that differ, or the reason. */
export function headline(detail: MatchDetail, isRunning: boolean): string {
  const { row, differences, why } = detail;
  if (row.outcome !== 'decided') return sentenceCase(row.reason ?? row.outcome);
  if (row.relation === 'missing') return isRunning ? 'No counterpart found so far; parts of the target are still to come.' : 'No provision of the target is the counterpart of this one.';
  if (row.relation === 'new') return 'No provision of the source is the counterpart of this one.';
  const facts = numberedFacts(differences).slice(0, NAMED_FACTS).map(({ difference: { kind, sourceValue, targetValue } }) => `${differenceTitle(kind)}: ${sourceValue ?? 'nothing'} in the source, ${targetValue ?? 'nothing'} in the target`);
  if (row.relation === 'changed' && facts.length > 0) return `${facts.join('; ')}.`;
  const [first] = why;
  return first === undefined ? sentenceCase(RELATION_MEANING[row.relation ?? 'same']) : sentenceCase(first.detail);
}

function fact(label: string, value: unknown, title = ''): TemplateResult {
  return html`<div title=${title}><dt>${label}</dt><dd>${value}</dd></div>`;
}

function effect({ row, differences }: MatchDetail): TemplateResult {
  const facts = numberedFacts(differences).length;
  if (row.outcome !== 'decided') return html`<span class="t-warn">${codicon('question')}</span> not settled`;
  if (row.variance === 'none') return html`<span class="t-ok">${codicon('check')}</span> yes`;
  return html`<span class="b-changed">${icon('changed')}</span>no${facts === 0 ? nothing : `, ${counted(facts, 'difference')}`}`;
}

/** Two questions, never one: same topic, and same effect; then what it weighs, how sure it is, and what waits. */
export function factsStrip(detail: MatchDetail, history: ReviewHistory | null, run: RunSnapshot): TemplateResult {
  const { row, targets, candidates } = detail;
  const paired = row.side === 'source' && targets.length > 0;
  const [best, ...others] = candidates;
  const next = others.find(({ claimed }) => !claimed);
  const lead = best === undefined || next === undefined || !best.claimed ? '' : (best.score - next.score).toFixed(2);
  const exception = history?.exception ?? null;
  return html`<dl class="facts-strip">
    ${fact(row.outcome === 'decided' ? 'Relation' : 'Outcome', badge(row))}
    ${paired ? html`${fact('Same topic', html`<span class="t-ok">${codicon('check')}</span> yes`)}${fact('Same effect', effect(detail))}` : nothing}
    ${fact('Variance', impact(row.impact, row.variance))}
    ${row.confidence === null ? nothing : fact(row.relation === 'missing' ? 'Confidence that nothing fits' : paired && row.outcome !== 'decided' ? 'Confidence in the topic' : 'Confidence', html`${confidence(row.confidence, acceptAtOf(run))}${lead === '' ? nothing : html`<span class="dim">, ${lead} ahead in score</span>`}`, lead === '' ? '' : 'The lead is the distance between the scores of the best candidate and the next one.')}
    ${row.moved ? fact('Place', 'another part of the outline') : nothing}
    ${exception === null ? nothing : fact('Exception', html`<span class=${exception.state === 'open' ? 't-warn' : 'dim'}>${codicon('flag')}</span> ${[exception.label, exception.state === 'closed' ? 'closed' : (exception.owner ?? 'no owner yet'), exception.state === 'closed' ? '' : (exception.dueDate ?? '')].filter((part) => part !== '').join(', ')}`, exception.resolution ?? '')}
  </dl>`;
}

function side(store: PanelStore, name: Side, detail: MatchDetail, text: UnitText, role: string, marking: Marking): TemplateResult {
  const { unit, path } = text;
  const { page, line } = unit.span;
  return html`<article class="side" aria-label=${sentenceCase(name)}>
    <h2><span class="dim s11">${sentenceCase(name)}</span> <b>${unit.number ?? ''}</b> <span class="heading">${unit.title ?? ''}</span>${role === '' ? nothing : html` <span class="dim">${role}</span>`}
      <button class="tool" title="Open in the editor" aria-label="Open the ${name} in the editor" @click=${() => store.host.reveal(unit.span)}>${codicon('go-to-file')}</button></h2>
    <p class="where"><button class="link" @click=${() => store.host.reveal(unit.span)}>${fileName(path)}, ${page === undefined ? `line ${line}` : `page ${page}`}</button>${unit.path === undefined || unit.path.length === 0 ? nothing : html`<span class="dim"> in ${unit.path.join(' / ')}</span>`}${detail.differences.length > 0 ? html`<span class="only ${name} sample">only here</span>` : nothing}</p>
    ${markedText(text, name, marking)}
  </article>`;
}

function absentWords({ row, candidates }: MatchDetail, isRunning: boolean): string {
  if (row.relation === 'missing') return isRunning ? 'None found so far.' : 'Nothing in the target says this.';
  if (row.relation === 'new') return 'Nothing in the source says this.';
  if (row.outcome === 'skipped' || row.outcome === 'failed') return 'Nothing was compared.';
  if (row.outcome === 'waiting') return 'Not compared yet.';
  return candidates.length > 0 ? 'Nothing was claimed. The nearest candidates stand below.' : 'Nothing was claimed, and no candidate was found.';
}

/** Where nothing stands on the other side: that it does not, and the beginning of what comes nearest. */
function absent(store: PanelStore, detail: MatchDetail, isRunning: boolean): TemplateResult {
  const nearest = detail.row.outcome === 'abstained' || detail.row.relation === 'missing' ? detail.candidates.slice(0, NEAREST) : [];
  return html`<div class="targets"><article class="side none"><p class="dim">${absentWords(detail, isRunning)}</p></article>${nearest.map(({ number, title, span }) => html`<article class="side near" aria-label="Candidate">
    <h2><span class="dim s11">Candidate</span> <b>${number}</b> <span class="heading">${title}</span><button class="tool" title="Open in the editor" aria-label="Open the candidate in the editor" @click=${() => store.host.reveal(span)}>${codicon('go-to-file')}</button></h2>
    <p class="text dim">${span.quote} …</p></article>`)}</div>`;
}

/** Both sides, source left and target right. */
export function pair(store: PanelStore, detail: MatchDetail, isRunning: boolean): TemplateResult {
  const marking: Marking = { differences: detail.differences, evidence: evidenceOf(detail), lit: store.reading.lit, reveal: (span) => void store.host.reveal(span) };
  return html`<div class="pair ${detail.source !== null && detail.targets.length === 1 ? 'one' : ''}">
    ${detail.source === null ? absent(store, detail, isRunning) : side(store, 'source', detail, detail.source, '', marking)}
    ${detail.targets.length === 0 ? absent(store, detail, isRunning) : html`<div class="targets">${detail.targets.map(({ text, role }) => side(store, 'target', detail, text, role === 'part' ? 'in part' : '', marking))}</div>`}
  </div>`;
}
