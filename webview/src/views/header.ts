import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { Outcome, RunSnapshot } from '../../../shared/model.ts';
import { counted, fileName, formatDuration } from '../../../shared/words/format.ts';
import { KIND_LABEL, WORKFLOW_LABEL } from '../../../shared/words/labels.ts';
import { ledgerRows } from '../../../shared/words/ledgerRows.ts';
import { timeAtWork } from '../../../shared/words/timeAtWork.ts';
import { progressWords } from '../../../shared/words/progressWords.ts';
import type { PanelStore } from '../state/panelStore.ts';
import { ledgerBar, ledgerKey } from '../widgets/figures.ts';
import { costWords } from '../../../shared/words/costWords.ts';
import { modelName } from '../../../shared/words/modelWords.ts';
import { codicon } from '../widgets/icon.ts';
import { closeMenu, menu } from '../widgets/menu.ts';
import { stateWords } from './runState.ts';

const WORKFLOW_ICON = { crosswalk: 'git-compare', transcript: 'comment-discussion', document: 'file' } as const;
const MENU = 'more-menu';

function documents(store: PanelStore, run: RunSnapshot): TemplateResult {
  const [first, second] = run.documents;
  if (first === undefined) return html``;
  const name = ({ key, path, kind }: typeof first): TemplateResult => html`<button class="link doc" title="${path}, read as a ${KIND_LABEL[kind]}" @click=${() => store.host.openDocument(key)}>${fileName(path)}</button>`;
  return html`<span class="part">${name(first)}${second === undefined ? nothing : html` ${codicon('arrow-right')} ${name(second)}`}</span>`;
}

/** Who answers; where, as long as there is room for it. */
function provider({ provider: name }: RunSnapshot): TemplateResult {
  const words = name === 'local' ? 'rules only, nothing leaves this machine' : modelName(name);
  const at = words.search(/,| at | of this editor$/);
  const [who, where] = at === -1 ? [words, ''] : [words.slice(0, at), words.slice(at)];
  return html`<span class="part who" title=${words}>${codicon(name === 'local' ? 'lock' : 'cloud')} ${who}<span class="unit">${where}</span></span>`;
}

function measures(run: RunSnapshot): string {
  const passed = timeAtWork(run);
  const calls = run.metrics.reduce((sum, metric) => sum + metric.calls, 0);
  const spent = calls === 0 ? ['no model calls'] : [counted(calls, 'model call'), costWords(run)];
  return [...(passed === null ? [] : [formatDuration(passed)]), ...spent].join(' · ');
}

function about(run: RunSnapshot): string {
  if (run.workflow !== 'transcript' || run.speakers.length === 0) return '';
  return `${counted(run.speakers.length, 'speaker')}, ${counted(run.ledger.turn?.total ?? 0, 'turn')}`;
}

/** A part of the ledger is a filter: of the matches, or else of the ledger's own reasons. */
function showPart(store: PanelStore, run: RunSnapshot, outcome: Outcome): void {
  if (run.workflow === 'crosswalk') store.showMatches({ filter: outcome });
  else store.setTab(outcome === 'decided' ? 'insights' : 'ledger');
}

function moreMenu(store: PanelStore, run: RunSnapshot): TemplateResult {
  const item = (icon: string, words: string, act: () => unknown): TemplateResult => html`<button @click=${() => { closeMenu(MENU); act(); }}>${codicon(icon)}<span class="heading">${words}</span></button>`;
  return menu(MENU, { icon: 'ellipsis', label: '', title: 'More', kind: 'tool' }, () => html`
    ${item('history', 'Other runs', () => store.host.command('showResults'))}
    ${item('export', 'Export report', () => store.host.command('exportReport'))}
    ${item('save', 'Export decisions', () => store.host.command('exportReviews'))}
    ${item('cloud-download', 'Import decisions', () => store.host.command('importReviews'))}
    ${item('output', 'Show log', () => store.host.command('showLog'))}
    ${run.workflow === 'crosswalk' ? item('keyboard', 'All keys', () => store.setKeys(true)) : nothing}`);
}

/** Title, state and what was read; then the ledger of the units the run is about. */
export function header(store: PanelStore, run: RunSnapshot): TemplateResult {
  const state = stateWords(run);
  const row = ledgerRows(run.ledger, run.workflow)[0];
  const extra = about(run);
  return html`<header class="header">
    <div class="title">
      ${codicon(WORKFLOW_ICON[run.workflow])}<h1 title=${run.title}>${run.title}</h1>
      <span class="state t-${state.tone}">${codicon(state.icon)}<span>${state.words}</span></span>
      <span class="tools">
        ${run.state === 'running' ? html`<button class="tool" title="Cancel the run; what is finished is kept" aria-label="Cancel the run" @click=${() => store.host.cancel()}>${codicon('debug-stop')}</button>` : nothing}
        ${run.state !== 'running' && run.resumable ? html`<button class="tool" title="Resume the run" aria-label="Resume the run" @click=${() => store.host.resume()}>${codicon('debug-continue')}</button>` : nothing}
        ${run.state === 'running' ? nothing : html`<button class="tool wide-only" title="Export report" aria-label="Export report" @click=${() => store.host.command('exportReport')}>${codicon('export')}</button>`}
        <button class="tool wide-only" title="Other runs" aria-label="Other runs" @click=${() => store.host.command('showResults')}>${codicon('history')}</button>
        ${moreMenu(store, run)}
      </span>
    </div>
    <div class="meta">
      <span class="part wide-only">${WORKFLOW_LABEL[run.workflow]}</span>${documents(store, run)}${extra === '' ? nothing : html`<span class="part">${extra}</span>`}
      ${provider(run)}
      <span class="measures">${run.state === 'running' ? progressWords(run) : measures(run)}</span>
    </div>
    ${row === undefined ? html`<p class="ledger-none dim s12">Nothing is counted yet.</p>` : html`${ledgerBar(row)}${ledgerKey(row, (outcome) => showPart(store, run, outcome))}`}
  </header>`;
}
