import * as vscode from 'vscode';
import { failureOf } from '../../../shared/failure.ts';
import type { PanelApi, PanelState } from '../../../shared/protocol/panel.ts';
import type { RowAddress } from '../../../shared/protocol/reviews.ts';
import { PANEL_TYPE } from '../names.ts';
import type { ServerClient } from '../serverClient.ts';
import { hostApi } from './hostApi.ts';
import { PageChannel } from './pageChannel.ts';
import { panelHtml } from './panelHtml.ts';

interface Shown {
  readonly panel: vscode.WebviewPanel;
  readonly channel: PageChannel;
}

/** The run a page kept in its view state, or null. */
function runIdOf(state: unknown): string | null {
  return typeof state === 'object' && state !== null && 'runId' in state && typeof state.runId === 'string' ? state.runId : null;
}

/** The one results panel of a window: beside the text, showing one run at a time. */
export class ResultsPanel implements vscode.Disposable {
  readonly #dist: vscode.Uri;
  readonly #server: ServerClient;
  readonly #listeners: readonly vscode.Disposable[];
  #shown: Shown | null = null;
  #runId: string | null = null;
  /** The page has asked for the state since it was last hidden. */
  #loaded = false;
  #pending: (() => void) | null = null;

  constructor(extension: vscode.Uri, server: ServerClient) {
    this.#dist = vscode.Uri.joinPath(extension, 'dist');
    this.#server = server;
    this.#listeners = [
      server.onStateChanged(() => this.#tellState()),
      server.onStoreChanged(() => this.#tellState()),
      server.onProgress((run) => {
        if (run.id === this.#runId) this.#tell('runChanged', run);
      }),
      server.onReviewsChanged((runIds) => {
        if (this.#runId !== null && runIds.includes(this.#runId)) this.#tell('reviewsChanged', { runId: this.#runId });
      }),
    ];
  }

  /** True while the run can be seen. */
  isShowing(runId: string): boolean {
    return this.#runId === runId && this.#shown?.panel.visible === true;
  }

  /** Shows a run, or with null the empty state. The focus stays where it is. */
  show(runId: string | null): void {
    this.#runId = runId;
    if (this.#shown === null) {
      this.#attach(
        vscode.window.createWebviewPanel(PANEL_TYPE, 'Collate', { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true }, this.#options()),
      );
    } else {
      this.#shown.panel.reveal(undefined, true);
      this.#tellState();
    }
  }

  /** The run that can be seen, or null. */
  get visibleRun(): string | null {
    return this.#shown?.panel.visible === true ? this.#runId : null;
  }

  /** Where the panel stands, so that documents are opened elsewhere. */
  get column(): vscode.ViewColumn | undefined {
    return this.#shown?.panel.viewColumn;
  }

  /** Shows a row of a run. */
  select(address: RowAddress): void {
    this.#showThen(address.runId, () => this.#tell('selectRow', address));
  }

  /** Shows the rows of a review queue. */
  showQueue(queue: Parameters<PanelApi['showQueue']>[0]): void {
    this.#showThen(queue.runId, () => this.#tell('showQueue', queue));
  }

  /** Shows what moved since the run before this one. */
  showChanges(runId: string): void {
    this.#showThen(runId, () => this.#tell('showChanges', { runId }));
  }

  /** A page that has yet to load is told once it has asked what to show. */
  #showThen(runId: string, tell: () => void): void {
    const isThere = this.#loaded && this.#shown?.panel.visible === true;
    this.#pending = isThere ? null : tell;
    this.show(runId);
    if (isThere) tell();
  }

  #stateAsked(): PanelState {
    this.#loaded = true;
    const pending = this.#pending;
    this.#pending = null;
    if (pending !== null) setTimeout(pending);
    return this.#state();
  }

  /** Takes over a panel that VS Code kept over a reload. */
  restore(panel: vscode.WebviewPanel, state: unknown): void {
    // A run may have been started, and shown, before VS Code got to restoring.
    if (this.#shown !== null) {
      panel.dispose();
      return;
    }
    this.#runId = runIdOf(state);
    panel.webview.options = this.#options();
    this.#attach(panel);
  }

  dispose(): void {
    for (const listener of this.#listeners) listener.dispose();
    this.#shown?.channel.dispose();
  }

  #options(): vscode.WebviewOptions {
    return { enableScripts: true, localResourceRoots: [this.#dist] };
  }

  #state(): PanelState {
    return { runId: this.#runId, server: this.#server.state, store: this.#server.store };
  }

  #attach(panel: vscode.WebviewPanel): void {
    const channel = new PageChannel(
      panel.webview,
      hostApi(this.#server, {
        state: () => this.#stateAsked(),
        column: () => panel.viewColumn,
        show: (runId) => this.show(runId),
      }),
    );
    this.#shown = { panel, channel };
    panel.iconPath = vscode.Uri.joinPath(this.#dist, '..', 'images', 'icon.png');
    panel.onDidChangeViewState(() => {
      if (panel.visible) return;
      this.#loaded = false;
      channel.renew();
    });
    panel.onDidDispose(() => {
      channel.dispose();
      this.#shown = null;
      this.#loaded = false;
      this.#pending = null;
    });
    panel.webview.html = panelHtml(panel.webview, this.#dist);
  }

  #tellState(): void {
    this.#tell('stateChanged', this.#state());
  }

  /** Tells the page, if there is one to hear it; a hidden page asks when it comes back. */
  #tell<K extends keyof PanelApi & string>(event: K, value: Parameters<PanelApi[K]>[0]): void {
    if (this.#shown?.panel.visible !== true) return;
    this.#shown.channel.page.request(event, value).catch((thrown: unknown) => {
      const failure = failureOf(thrown);
      if (failure.code !== 'unreachable') this.#server.log.error(`${event}: ${failure.message}`);
    });
  }
}
