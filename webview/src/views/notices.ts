import { html, nothing, type TemplateResult } from 'lit';
import type { RunSnapshot } from '../../../shared/model.ts';
import type { PanelState } from '../../../shared/protocol/panel.ts';
import { counted, fileName } from '../../../shared/words/format.ts';
import type { PanelStore } from '../state/panelStore.ts';
import { codicon } from '../widgets/icon.ts';

interface Notice {
  readonly tone: 'bad' | 'warn' | 'info';
  readonly words: string;
  readonly action?: { readonly label: string; readonly run: () => unknown };
}

function ofRun(store: PanelStore, run: RunSnapshot): Notice | null {
  const { stateReason, state, resumable } = run;
  if (state === 'running' || state === 'done' || stateReason === undefined) return null;
  const action = resumable ? { label: 'Resume', run: () => store.resume() } : { label: 'Show log', run: () => store.command('showLog') };
  return { tone: state === 'failed' ? 'bad' : 'warn', words: stateReason, action };
}

function ofFailures(store: PanelStore, run: RunSnapshot): Notice | null {
  const entry = run.ledger.sourceProvision;
  if (run.workflow !== 'crosswalk' || entry === undefined || entry.failed === 0) return null;
  return {
    tone: 'bad',
    words: `${counted(entry.failed, 'provision')} ${entry.failed === 1 ? 'has' : 'have'} no answer. The ledger says why.`,
    action: { label: 'Show', run: () => store.setFilter('failed') },
  };
}

function ofProblems(store: PanelStore, run: RunSnapshot): Notice | null {
  const problems = run.documents.flatMap((document) => document.problems.filter(({ severity }) => severity !== 'info').map((problem) => ({ document, problem })));
  const [first] = problems;
  if (first === undefined) return null;
  const { span, message } = first.problem;
  const more = problems.length === 1 ? '' : ` ${counted(problems.length - 1, 'more place')} in the ledger.`;
  return {
    tone: first.problem.severity === 'error' ? 'bad' : 'warn',
    words: `${fileName(first.document.path)}${span === undefined ? '' : `, line ${span.line}`}: ${message}${more}`,
    ...(span === undefined ? {} : { action: { label: 'Show', run: () => store.reveal(span) } }),
  };
}

const ICON = { bad: 'error', warn: 'warning', info: 'info' } as const;

/** What the reader has to know before the figures, each with what can be done. */
export function notices(store: PanelStore, panel: PanelState, run: RunSnapshot): TemplateResult {
  const { server } = panel;
  const all: readonly (Notice | null)[] = [
    server.state === 'running' ? null : { tone: server.state === 'stopped' ? 'bad' : 'info', words: server.message, ...(server.state === 'stopped' ? { action: { label: 'Start', run: () => store.command('restartServer') } } : {}) },
    panel.store?.mode === 'memory' ? { tone: 'warn', words: panel.store.message } : null,
    ofRun(store, run),
    ofFailures(store, run),
    ofProblems(store, run),
  ];
  const shown = all.filter((notice) => notice !== null);
  return html`${shown.map(({ tone, words, action }) => html`<div class="notice t-${tone}" role=${tone === 'bad' ? 'alert' : 'status'}>${codicon(ICON[tone])}<p>${words}</p>${
    action === undefined ? nothing : html`<button class="link" @click=${action.run}>${action.label}</button>`
  }</div>`)}`;
}
