import { html, nothing, type TemplateResult } from 'lit/html.js';
import { ref } from 'lit/directives/ref.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Analysis, RunSnapshot, SpeakerStatistics } from '../../../shared/model.ts';
import type { FindingRow } from '../../../shared/protocol/results.ts';
import { counted, fileName, formatCount, formatPercent } from '../../../shared/words/format.ts';
import { finderOf, foundBy, shortfallOf } from '../../../shared/words/foundBy.ts';
import { sentenceCase } from '../../../shared/words/labels.ts';
import type { PanelStore } from '../state/panelStore.ts';
import { confidence } from '../widgets/figures.ts';
import { badge, codicon } from '../widgets/icon.ts';
import { reviewBadge } from '../widgets/reviewBadge.ts';
import { findingFilter, findingFilterWords } from './findingFilter.ts';
import { findingNote, writeNote } from './findingNote.ts';
import { listKeeper, settle } from './listOf.ts';
import { searchField } from './searchField.ts';

const listOf = listKeeper({ wide: 84, narrow: 104 }, (store, top) => store.scrolled('insights', top));

/** Fields that are not part of the sentence under the quote. */
const SILENT_FIELDS = new Set(['rule', 'speaker', 'time']);

function analysisItem(store: PanelStore, analysis: Analysis): TemplateResult {
  const { analyzer, title, outcome, reason, findings, read } = analysis;
  const missed = shortfallOf(analysis);
  const active = store.findings.analyzer === analyzer;
  if (outcome !== 'decided') return html`<li class="analysis dim" title=${`${title}: ${reason ?? outcome}`}>${badge({ outcome, relation: null, moved: false })}<span class="heading">${title}</span></li>`;
  return html`<li><button class="analysis ${active ? 'active' : ''}" aria-pressed=${active} title=${[`${title}: ${read}`, ...(missed === null ? [] : [missed])].join('. ')} @click=${() => store.findings.show(analyzer)}>${codicon(missed === null ? 'check' : 'warning')}<span class="heading">${title}</span><span class="n">${formatCount(findings)}</span></button></li>`;
}

function analyses(store: PanelStore, run: RunSnapshot): TemplateResult {
  const done = run.analyses.filter(({ outcome }) => outcome === 'decided');
  const rest = run.analyses.filter(({ outcome }) => outcome !== 'decided');
  const reasons = [...new Set(rest.map(({ reason }) => reason ?? ''))].filter((reason) => reason !== '');
  return html`<nav class="analyses" aria-label="Analyses">
    <ul><li><button class="analysis ${store.findings.analyzer === '' ? 'active' : ''}" aria-pressed=${store.findings.analyzer === ''} @click=${() => store.findings.show('')}>${codicon('list-unordered')}<span class="heading">All</span><span class="n">${formatCount(run.counts.findings)}</span></button></li>
    ${done.map((analysis) => analysisItem(store, analysis))}</ul>
    ${done.flatMap((analysis) => shortfallOf(analysis) ?? []).map((missed) => html`<p class="dim s12">${sentenceCase(missed)}.</p>`)}
    ${rest.length === 0 ? nothing : html`<h2>Not done</h2>${reasons.map((reason) => html`<p class="dim s12">${sentenceCase(reason)}.</p>`)}<ul>${rest.map((analysis) => analysisItem(store, analysis))}</ul>`}
    ${run.speakers.length === 0 ? nothing : speakers(run.speakers)}
  </nav>`;
}

/** In a narrow panel, where the list of analyses has no room: how many were not done, and why. */
function notDone(run: RunSnapshot): TemplateResult | typeof nothing {
  const rest = run.analyses.filter(({ outcome }) => outcome !== 'decided');
  const missed = run.analyses.flatMap((analysis) => shortfallOf(analysis) ?? []).map((words) => `${sentenceCase(words)}.`);
  if (rest.length === 0 && missed.length === 0) return nothing;
  const reasons = [...new Set(rest.flatMap(({ reason }) => reason ?? []))].join('; ');
  const undone = rest.length === 0 ? [] : [`${counted(rest.length, 'analysis', 'analyses')} not done${reasons === '' ? '' : `: ${reasons}`}.`];
  return html`<p class="narrow-only dim s12">${[...missed, ...undone].join(' ')}</p>`;
}

function speakers(all: readonly SpeakerStatistics[]): TemplateResult {
  return html`<h2>Speakers</h2><table class="figures speakers"><thead><tr><th scope="col">Name</th><th scope="col">Turns</th><th scope="col">Words</th></tr></thead>
    <tbody>${all.map(({ speaker, turns, words, share, questions }) => html`<tr title="${counted(words, 'word')}, ${counted(questions, 'question')}"><th scope="row">${speaker}</th><td>${formatCount(turns)}</td><td>${formatPercent(Math.round(share * 1000) / 10)}</td></tr>`)}</tbody></table>`;
}

function fieldsOf({ fields }: FindingRow): string {
  return Object.entries(fields ?? {}).filter(([name]) => !SILENT_FIELDS.has(name)).map(([name, value]) => `${sentenceCase(name)}: ${value}`).join(' · ');
}

/** Where a finding rests: the turn of a transcript by time and speaker, otherwise the line. */
function place({ fields, evidence }: FindingRow): string {
  const [at] = evidence;
  const line = at === undefined ? '' : `${fileName(at.document)}, line ${at.line}`;
  return fields?.['speaker'] === undefined ? line : [fields['time'], line].filter((part) => part !== undefined && part !== '').join(', ');
}

const SEVERITY_ICON = { error: 'error', warning: 'warning', info: 'circle-small-filled' } as const;

function findingView(store: PanelStore, finding: FindingRow, index: number, start: number, total: number, measure: (element: Element | undefined) => void): TemplateResult {
  const [at] = finding.evidence;
  const quoted = at !== undefined && !finding.text.includes(at.quote);
  const facts = fieldsOf(finding);
  const open = (): void => {
    if (at !== undefined) void store.host.reveal(at);
  };
  const verdict = (kind: 'accept' | 'reject', icon: string, label: string): TemplateResult => html`<button class="tool" title="${label} (${label.charAt(0)})" aria-label="${label} this finding" @click=${() => store.reviewing.act([finding.key], { kind })}>${codicon(icon)}</button>`;
  return html`<article class="finding s-${finding.severity} ${index === store.findings.active ? 'active' : ''}" aria-current=${index === store.findings.active ? 'true' : nothing} @click=${() => store.findings.activate(index)} data-index=${index} aria-posinset=${index + 1} aria-setsize=${total} .style=${`transform:translateY(${start}px)`} ${ref(measure)}>
    <div class="finding-head"><h2>${codicon(SEVERITY_ICON[finding.severity])}${finding.title}${facts === '' ? nothing : html` <span class="facts">${facts}</span>`}${finding.outcome === 'decided' ? nothing : html` <span class="dim">left for review: ${finding.reason ?? ''}</span>`}</h2>
      <div class="of-review">${finding.confidence === null ? nothing : confidence(finding.confidence, 0)}${reviewBadge(finding.review, true)}${verdict('accept', 'check', 'Accept')}${verdict('reject', 'close', 'Reject')}<button class="tool" title="Note (N)" aria-label="Write a note on this finding" @click=${(event: Event) => {
      event.stopPropagation();
      writeNote(store, index);
    }}>${codicon('note')}</button></div></div>
    <p class="statement">${finding.text}</p>
    ${quoted ? html`<blockquote>${at.quote}</blockquote>` : nothing}
    <p class="where">${at === undefined ? html`<span class="dim">no place in the text</span>` : html`<button class="link" @click=${open}>${place(finding)}</button>`}${finding.fields?.['speaker'] === undefined ? nothing : html` ${finding.fields['speaker']}`}<span class=${foundBy(finding) === '' ? 'dim' : 'by-model'}> · ${foundBy(finding) || finderOf(finding)}</span></p>
    ${findingNote(store, finding, store.findings.isNoting && index === store.findings.active)}
  </article>`;
}

function emptyList(store: PanelStore, run: RunSnapshot): TemplateResult {
  const { failure, total } = store.findings.rows;
  if (failure !== null) return html`<p class="empty t-bad">${codicon('error')} ${failure.message} <button class="link" @click=${() => store.findings.rows.refresh()}>Try again</button></p>`;
  if (total === null) return html`<p class="empty dim">Reading the findings.</p>`;
  const words = findingFilterWords(store);
  const { search } = store.findings;
  const narrowed = [search === '' ? '' : `has "${search}"`, words === '' ? '' : `is of this filter (${words})`].filter((part) => part !== '').join(' and ');
  if (narrowed !== '') return html`<p class="empty">No finding ${narrowed}. <button class="link" @click=${() => store.lists.showAll()}>Show all</button></p>`;
  if (run.state === 'running') return html`<p class="empty dim">${run.progress?.message ?? 'Starting'}.</p>`;
  if (run.state !== 'done' && !run.analyses.some(({ outcome }) => outcome === 'decided')) return html`<p class="empty">No answer: nothing was analysed before the run ended. The reason stands above.</p>`;
  const read = run.analyses.filter(({ outcome }) => outcome === 'decided').map((analysis) => `${analysis.title}: read ${analysis.read}`);
  return html`<div class="empty"><p>${run.provider === 'local' ? 'Rules found nothing.' : 'Nothing was found.'} That is not the same as nothing being there.</p>${read.map((line) => html`<p class="dim s12">${line}.</p>`)}</div>`;
}

/** Findings of the analyses, each with its words; beside them what was done, what was not and why. */
export function insightsView(store: PanelStore, run: RunSnapshot): TemplateResult {
  const { findings } = store;
  const state = listOf(store);
  settle(state, findings.question, findings.scrollTop);
  const total = findings.rows.total ?? 0;
  // A list without rows has nowhere to go to yet.
  if (state.active !== findings.active && (total > 0 || findings.active === -1)) {
    state.active = findings.active;
    if (findings.active !== -1) requestAnimationFrame(() => state.list.scrollTo(findings.active));
  }
  const { items, height } = state.list.items(total);
  const first = items[0];
  const last = items.at(-1);
  if (first !== undefined && last !== undefined) findings.rows.show(first.index, last.index + 1);
  return html`<div class="filters">${searchField(store, 'Search findings and quotes')}
      <select class="chip-menu" aria-label="Analysis" @change=${(event: Event) => {
        if (event.target instanceof HTMLSelectElement) store.findings.show(event.target.value);
      }}><option value="">All ${formatCount(run.counts.findings)}</option>${run.analyses.filter(({ outcome }) => outcome === 'decided').map(({ analyzer, title, findings }) => html`<option value=${analyzer} ?selected=${analyzer === store.findings.analyzer}>${title} ${formatCount(findings)}</option>`)}</select>${findingFilter(store)}${notDone(run)}</div>
    <div class="insights">${analyses(store, run)}
      <div class="rows findings" tabindex="0" role="feed" aria-label="Findings" ${ref(state.list.attach)}>
        ${total === 0 ? emptyList(store, run) : html`<div class="sizer" role="presentation" .style=${`height:${height}px`}>${repeat(
          items.flatMap((item) => {
            const finding = findings.rows.row(item.index);
            return finding === undefined ? [] : [{ item, finding }];
          }),
          ({ item, finding }) => `${item.index} ${finding.key}`,
          ({ item, finding }) => findingView(store, finding, item.index, item.start, total, state.list.measure),
        )}</div>`}
      </div></div>`;
}
