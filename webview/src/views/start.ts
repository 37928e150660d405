import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { RunSnapshot } from '../../../shared/model.ts';
import type { PanelCommand, PanelState } from '../../../shared/protocol/panel.ts';
import { WORKFLOW_LABEL } from '../../../shared/words/labels.ts';
import { momentWords } from '../../../shared/words/moments.ts';
import type { PanelStore } from '../state/panelStore.ts';
import { codicon } from '../widgets/icon.ts';
import { stateWords } from './runState.ts';

function earlierRun(store: PanelStore, run: RunSnapshot): TemplateResult {
  const state = stateWords(run);
  return html`<li><button class="link" @click=${() => store.host.openRun(run.id)}>${run.title}</button>
    <span class="dim s12">${WORKFLOW_LABEL[run.workflow]} · ${state.words} · ${momentWords(run.startedAt)}</span></li>`;
}

function choice(store: PanelStore, key: number, icon: string, words: string, command: PanelCommand, about: string): TemplateResult {
  return html`<li>${codicon(icon)}<div><button class="link" aria-keyshortcuts=${key} @click=${() => store.host.command(command)}>${words}</button><p class="dim s12">${about}</p></div><kbd>${key}</kbd></li>`;
}

/** The panel without a run: what can be started, who answers, what rules cannot do, and earlier runs. */
export function startView(store: PanelStore, panel: PanelState): TemplateResult {
  const { earlier } = store;
  return html`<main class="start">
    <h1>${earlier.length === 0 ? 'Nothing has been run in this folder yet' : 'No run is open'}</h1>
    <p>A run compares or analyses documents and shows every answer beside the words it rests on.</p>
    ${panel.server.state === 'stopped' ? html`<p class="t-bad">${panel.server.message}</p>` : nothing}
    <ul class="choices">
      ${choice(store, 1, 'git-compare', 'Crosswalk two documents', 'crosswalkWith', 'Takes the document in the editor as the source and asks for the target.')}
      ${choice(store, 2, 'file', 'Analyze the document in the editor', 'analyzeDocument', 'A plan, a policy, a contract or a transcript, as Markdown, plain text, VTT, SRT or JSON.')}
      ${choice(store, 3, 'beaker', 'Open the sample workspace', 'openSampleWorkspace', 'Invented plans in two versions and invented meetings, to look around in.')}
    </ul>
    <h2>Who answers</h2>
    <p class="s12">${codicon('lock')} Rules on this machine: nothing leaves it and nothing costs money, unless you name a language model in the settings.</p>
    <h2>What rules cannot do</h2>
    <p class="s12">Say whether two differently worded provisions have the same effect. Those are left for your review, never guessed.</p>
    <h2>Earlier runs</h2>
    ${earlier.length === 0 ? html`<p class="s12">None. A run that stops is kept and can be resumed.</p>` : html`<ul class="earlier">${earlier.map((run) => earlierRun(store, run))}</ul>`}
    <p class="said" role="status">${store.said}</p>
  </main>`;
}
