import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { RunSnapshot } from '../../../shared/model.ts';
import { RULES_ON_PICTURES } from '../../../shared/pictures.ts';
import type { PanelState } from '../../../shared/protocol/panel.ts';
import { counted, fileName, formatCount } from '../../../shared/words/format.ts';
import type { PanelStore } from '../state/panelStore.ts';
import { codicon } from '../widgets/icon.ts';

/** Share of the units left for a person from which it is told above the list that only rules were asked. */
const MUCH_LEFT = 0.1;

interface Notice {
  readonly tone: 'bad' | 'warn' | 'info';
  readonly words: string;
  /** The one thing that matters, before the rest of the words. */
  readonly first?: string;
  readonly canGo?: boolean;
  readonly action?: { readonly label: string; readonly run: () => unknown };
}

function ofRun(store: PanelStore, run: RunSnapshot): Notice | null {
  const { stateReason, state, resumable } = run;
  if (state === 'running' || state === 'done' || stateReason === undefined) return null;
  const action = resumable ? { label: 'Resume', run: () => store.host.resume() } : { label: 'Show log', run: () => store.host.command('showLog') };
  return { tone: state === 'failed' ? 'bad' : 'warn', words: stateReason, action };
}

/** Reasons that may be those of `count` failures; the wire does not tie a reason to an outcome. */
function reasonsOf(reasons: Readonly<Record<string, number>>, count: number): string {
  const whole = Object.entries(reasons).filter(([, counted]) => counted === count);
  const [only] = whole;
  return whole.length === 1 && only !== undefined ? `${only[0]}.` : 'the ledger says why.';
}

function ofFailures(store: PanelStore, run: RunSnapshot): Notice | null {
  const entry = run.ledger.sourceProvision;
  if (run.workflow !== 'crosswalk' || entry === undefined || entry.failed === 0) return null;
  return {
    tone: 'bad',
    first: `${counted(entry.failed, 'provision')} ${entry.failed === 1 ? 'has' : 'have'} no answer:`,
    words: reasonsOf(entry.reasons, entry.failed),
    action: { label: 'Show', run: () => store.showMatches({ filter: 'failed' }) },
  };
}

/** By rules alone, also where a model read the words of a picture before. */
function isByRules({ provider }: RunSnapshot): boolean {
  return provider === 'local' || provider.startsWith(RULES_ON_PICTURES);
}

/** What rules left open, where that is much: how many, why, and what settles it. */
function ofRulesOnly(store: PanelStore, run: RunSnapshot): Notice | null {
  const entry = run.ledger.sourceProvision;
  if (run.workflow !== 'crosswalk' || !isByRules(run) || run.state !== 'done' || entry === undefined || entry.abstained < entry.total * MUCH_LEFT) return null;
  return {
    tone: 'info', first: 'Rules only.', canGo: true,
    words: `${formatCount(entry.decided)} of ${counted(entry.total, 'provision')} were decided without a language model. ${formatCount(entry.abstained)} ${entry.abstained === 1 ? 'is' : 'are'} left for you, not guessed.`,
    action: { label: 'Show why', run: () => store.setTab('ledger') },
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
    ...(span === undefined ? {} : { action: { label: 'Show', run: () => store.host.reveal(span) } }),
  };
}

const ICON = { bad: 'error', warn: 'warning', info: 'info' } as const;

/** The other tabs, the reading pane and the keys are missing then. */
export const LACKS_PART = 'A part of this panel could not be loaded. Close the panel and open it again.';

/** What the reader has to know before the figures, each with what can be done. */
export function notices(store: PanelStore, panel: PanelState, run: RunSnapshot): TemplateResult {
  const { server } = panel;
  const all: readonly (Notice | null)[] = [
    store.lacksPart ? { tone: 'bad', words: LACKS_PART } : null,
    server.state === 'running' ? null : { tone: server.state === 'stopped' ? 'bad' : 'info', words: server.message, ...(server.state === 'stopped' ? { action: { label: 'Start', run: () => store.host.command('restartServer') } } : {}) },
    panel.store?.mode === 'memory' ? { tone: 'warn', words: panel.store.message } : null,
    ofRun(store, run),
    ofFailures(store, run),
    ofProblems(store, run),
    store.tab === 'matches' ? ofRulesOnly(store, run) : null,
  ];
  const shown = all.filter((notice) => notice !== null);
  return html`${shown.filter(({ words }) => !store.dismissed.has(words)).map(({ tone, first, words, action, canGo }) => html`<div class="notice t-${tone}" role=${tone === 'bad' ? 'alert' : 'status'}>${codicon(ICON[tone])}<p>${first === undefined ? nothing : html`<b>${first}</b> `}${words}</p>${
    action === undefined ? nothing : html`<button class="link" @click=${action.run}>${action.label}</button>`
  }${canGo === true ? html`<button class="tool" title="Close" aria-label="Close this notice" @click=${() => store.dismiss(words)}>${codicon('close')}</button>` : nothing}</div>`)}`;
}
