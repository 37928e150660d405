import { html, nothing, type TemplateResult } from 'lit';
import type { RunSnapshot } from '../../../shared/model.ts';
import { counted, fileName, formatDuration } from '../../../shared/words/format.ts';
import { KIND_LABEL, WORKFLOW_LABEL } from '../../../shared/words/labels.ts';
import { ledgerRows } from '../../../shared/words/ledgerRows.ts';
import { timeAtWork } from '../../../shared/words/timeAtWork.ts';
import { progressWords } from '../../../shared/words/progressWords.ts';
import type { PanelStore } from '../state/panelStore.ts';
import { ledgerBar, ledgerKey } from '../widgets/figures.ts';
import { codicon } from '../widgets/icon.ts';
import { stateWords } from './runState.ts';

const WORKFLOW_ICON = { crosswalk: 'git-compare', transcript: 'comment-discussion', document: 'file' } as const;

function documents(run: RunSnapshot): TemplateResult {
  const [first, second] = run.documents;
  if (first === undefined) return html``;
  const name = (path: string, kind: string): TemplateResult => html`<span class="doc" title="${path}, read as a ${kind}">${fileName(path)}</span>`;
  return html`<span class="part">${name(first.path, KIND_LABEL[first.kind])}${second === undefined ? nothing : html` ${codicon('arrow-right')} ${name(second.path, KIND_LABEL[second.kind])}`}</span>`;
}

function measures(run: RunSnapshot): string {
  const passed = timeAtWork(run);
  const calls = run.metrics.reduce((sum, metric) => sum + metric.calls, 0);
  return [passed === null ? '' : formatDuration(passed), calls === 0 ? 'no model calls' : counted(calls, 'model call')].filter((part) => part !== '').join(' · ');
}

function about(run: RunSnapshot): string {
  if (run.workflow !== 'transcript' || run.speakers.length === 0) return '';
  return `${counted(run.speakers.length, 'speaker')}, ${counted(run.ledger.turn?.total ?? 0, 'turn')}`;
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
        ${run.state === 'running' ? html`<button class="tool" title="Cancel the run; what is finished is kept" aria-label="Cancel the run" @click=${() => store.cancel()}>${codicon('debug-stop')}</button>` : nothing}
        ${run.state !== 'running' && run.resumable ? html`<button class="tool" title="Resume the run" aria-label="Resume the run" @click=${() => store.resume()}>${codicon('debug-continue')}</button>` : nothing}
        <button class="tool" title="Other runs" aria-label="Other runs" @click=${() => store.command('showResults')}>${codicon('history')}</button>
      </span>
    </div>
    <div class="meta">
      <span class="part">${WORKFLOW_LABEL[run.workflow]}</span>${documents(run)}${extra === '' ? nothing : html`<span class="part">${extra}</span>`}
      <span class="part">${codicon('lock')} rules on this machine</span>
      <span class="measures">${run.state === 'running' ? progressWords(run) : measures(run)}</span>
    </div>
    ${row === undefined ? html`<p class="ledger-none dim s12">Nothing is counted yet.</p>` : html`${ledgerBar(row)}${ledgerKey(row)}`}
  </header>`;
}
