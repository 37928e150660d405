import * as vscode from 'vscode';
import type { RunSnapshot } from '../../shared/model.ts';
import { stateInWords } from '../../shared/words/labels.ts';
import type { ResultsPanel } from './resultsPanel/resultsPanel.ts';
import type { ServerClient } from './serverClient.ts';

/** A quick run ends before the panel that was opened for it is there. Milliseconds. */
const PANEL_OPENS_MS = 1_000;

/** Says how a run ended where the panel does not show it, and where a store keeps nothing. */
export class RunMessages implements vscode.Disposable {
  readonly #panel: ResultsPanel;
  readonly #told: ReadonlySet<string>;
  readonly #listeners: readonly vscode.Disposable[];

  /** `told`: runs whose end somebody else tells. */
  constructor(server: ServerClient, panel: ResultsPanel, told: ReadonlySet<string>) {
    this.#panel = panel;
    this.#told = told;
    this.#listeners = [
      server.onProgress((run) => void this.#ended(run)),
      server.onStoreChanged(({ mode, message }) => {
        if (mode === 'memory') void vscode.window.showWarningMessage(message);
      }),
    ];
  }

  dispose(): void {
    for (const listener of this.#listeners) listener.dispose();
  }

  async #ended(run: RunSnapshot): Promise<void> {
    if (run.state === 'running') return;
    await new Promise((resolve) => setTimeout(resolve, PANEL_OPENS_MS));
    if (this.#panel.isShowing(run.id) || this.#told.has(run.id)) return;
    const show = 'Show Results';
    const answer =
      run.state === 'failed'
        ? await vscode.window.showErrorMessage(`${run.title} failed. ${run.stateReason ?? ''}`.trim(), show)
        : await vscode.window.showInformationMessage(
            run.state === 'done' ? `${run.title} is finished.` : `${run.title}: ${run.stateReason ?? stateInWords(run)}`,
            show,
          );
    if (answer === show) this.#panel.show(run.id);
  }
}
