import * as vscode from 'vscode';
import { CloseAction, ErrorAction, LanguageClient, LSPErrorCodes, ResponseError, State, TransportKind, type LanguageClientOptions } from 'vscode-languageclient/node';
import { FailureError } from '../../shared/failure.ts';
import type { RunSnapshot } from '../../shared/model.ts';
import { LSP_PREFIX, type ServerEvents, type ServerRequests, type StoreStatus } from '../../shared/protocol/lsp.ts';
import type { PanelState } from '../../shared/protocol/panel.ts';
import { trustedHover } from './hoverTrust.ts';
import { DOCUMENT_SELECTOR } from './names.ts';
import { answerModelRequests, type LentModels } from './modelRequests.ts';
import { requestFailure, startFailure } from './requestFailure.ts';
import { MAX_RESTARTS, RestartPolicy, RESTART_WINDOW_MS } from './restartPolicy.ts';
import { RunBars } from './runBars.ts';
import { sentSections } from './sentSections.ts';
import { SERVER_ARGUMENTS, SERVER_ENVIRONMENT } from './serverArguments.ts';
import { withoutProvider } from './untrusted.ts';

export type ServerState = PanelState['server'];

const WINDOW_MINUTES = RESTART_WINDOW_MS / 60_000;

/** The language server of this window: started on first use, started again when it stops by itself. */
export class ServerClient implements vscode.Disposable {
  readonly log: vscode.LogOutputChannel;
  readonly #context: vscode.ExtensionContext;
  readonly #lent: LentModels;
  readonly #progress = new vscode.EventEmitter<RunSnapshot>();
  readonly #stateChanged = new vscode.EventEmitter<ServerState>();
  readonly #storeChanged = new vscode.EventEmitter<StoreStatus>();
  readonly #reviewsChanged = new vscode.EventEmitter<readonly string[]>();
  readonly #policy = new RestartPolicy();
  readonly #bars = new RunBars((token) => this.#client?.sendNotification('window/workDoneProgress/cancel', { token }));
  #client: LanguageClient | null = null;
  #state: ServerState = { state: 'stopped', message: 'The Collate server starts with the first document.' };
  #store: StoreStatus | null = null;

  readonly onProgress = this.#progress.event;
  readonly onStateChanged = this.#stateChanged.event;
  readonly onStoreChanged = this.#storeChanged.event;
  /** Ids of runs whose rows have other reviews now. */
  readonly onReviewsChanged = this.#reviewsChanged.event;

  constructor(context: vscode.ExtensionContext, lent: LentModels) {
    this.#context = context;
    this.#lent = lent;
    this.log = vscode.window.createOutputChannel('Collate', { log: true });
  }

  get state(): ServerState {
    return this.#state;
  }

  /** Where results are kept, as far as the server has said; null before it opened a store. */
  get store(): StoreStatus | null {
    return this.#store;
  }

  /** Starts the server when it does not run. Rejects with a Failure when it cannot be started. */
  async start(): Promise<void> {
    this.#client ??= this.#create();
    try {
      await this.#client.start();
    } catch (thrown) {
      throw new FailureError(startFailure(thrown));
    }
  }

  /** Asks the server; rejects with a FailureError, also when the server stops before it has answered. */
  async request<K extends keyof ServerRequests>(
    method: K,
    params: Parameters<ServerRequests[K]>[0],
    token?: vscode.CancellationToken,
  ): Promise<Awaited<ReturnType<ServerRequests[K]>>> {
    await this.start();
    try {
      // An undefined token would be sent as a second parameter.
      const rest = token === undefined ? [] : [token];
      return (await this.#client?.sendRequest(LSP_PREFIX + method, params, ...rest)) as Awaited<ReturnType<ServerRequests[K]>>;
    } catch (thrown) {
      throw new FailureError(requestFailure(thrown));
    }
  }

  /** Starts a new server process, whatever state the old one is in. */
  async restart(): Promise<void> {
    this.#policy.reset();
    await this.stop();
    await this.start();
  }

  async stop(): Promise<void> {
    const client = this.#client;
    this.#client = null;
    this.#bars.clear();
    if (client === null) return;
    try {
      await client.dispose();
    } catch (thrown) {
      this.log.warn(`The server did not stop in order: ${requestFailure(thrown).message}`);
    }
    this.#setState({ state: 'stopped', message: 'The Collate server is stopped.' });
  }

  dispose(): void {
    this.#progress.dispose();
    this.#stateChanged.dispose();
    this.#storeChanged.dispose();
    this.#reviewsChanged.dispose();
    this.log.dispose();
  }

  #setState(state: ServerState): void {
    this.#state = state;
    this.#stateChanged.fire(state);
  }

  #create(): LanguageClient {
    const module = this.#context.asAbsolutePath('dist/server.cjs');
    const server = { module, transport: TransportKind.ipc, options: { execArgv: [...SERVER_ARGUMENTS], env: SERVER_ENVIRONMENT } };
    const client = new LanguageClient('collate', 'Collate', { run: server, debug: server }, this.#options());
    client.onDidChangeState(({ newState }) => {
      // A client that was replaced has nothing to say any more.
      if (this.#client !== client) return;
      if (newState === State.Running) this.#setState({ state: 'running', message: 'The Collate server is running.' });
      else if (newState === State.Starting) this.#setState({ state: 'starting', message: 'The Collate server is starting.' });
      else {
        this.#bars.clear();
        this.#setState({ state: 'stopped', message: 'The Collate server is stopped. Run "Collate: Restart Server" to start it.' });
      }
    });
    const event = <K extends keyof ServerEvents>(name: K, listener: (value: ServerEvents[K]) => void): void => {
      client.onNotification(LSP_PREFIX + name, listener);
    };
    event('run/progress', (snapshot) => this.#progress.fire(snapshot));
    event('store/status', (status) => {
      this.#store = status;
      this.#storeChanged.fire(status);
    });
    answerModelRequests(client, this.#lent, (failure) => new ResponseError(LSPErrorCodes.RequestFailed, failure.message, failure));
    event('review/changed', ({ runIds }) => this.#reviewsChanged.fire(runIds));
    return client;
  }

  #options(): LanguageClientOptions {
    return {
      documentSelector: [...DOCUMENT_SELECTOR],
      outputChannel: this.log,
      diagnosticPullOptions: { onChange: true, onSave: true, onFocus: true },
      initializationOptions: {
        storeDir: this.#context.globalStorageUri.fsPath,
        documentation: vscode.Uri.joinPath(this.#context.extensionUri, 'docs', 'diagnostics.md').toString(),
      },
      middleware: {
        ...trustedHover,
        workspace: {
          configuration: async (params, token, next) => {
            const sections = await next(params, token);
            if (!Array.isArray(sections)) return sections;
            return [...(this.#lent.isTrusted() ? sentSections(sections) : withoutProvider(sentSections(sections)))];
          },
        },
        handleWorkDoneProgress: (token, value) => this.#bars.update(token, value),
      },
      initializationFailedHandler: () => false,
      errorHandler: {
        // A broken message is logged; a broken connection closes, and then `closed` decides.
        error: () => ({ action: ErrorAction.Continue, handled: true }),
        closed: () => this.#closed(),
      },
    };
  }

  #closed(): { readonly action: CloseAction; readonly message: string; readonly handled: boolean } {
    this.#bars.clear();
    const restart = this.#policy.stopped(Date.now());
    if (restart === null) {
      const message = `The Collate server stopped ${MAX_RESTARTS + 1} times within ${WINDOW_MINUTES} minutes and stays stopped. Finished work is kept.`;
      void this.#offer(vscode.window.showErrorMessage(message, 'Restart', 'Show Log'));
      return { action: CloseAction.DoNotRestart, message, handled: true };
    }
    const message = `The Collate server stopped and was started again (${restart} of ${MAX_RESTARTS} times within ${WINDOW_MINUTES} minutes). Runs that were at work can be resumed.`;
    void this.#offer(vscode.window.showWarningMessage(message, 'Resume Run', 'Show Log'));
    return { action: CloseAction.Restart, message, handled: true };
  }

  async #offer(answer: Thenable<string | undefined>): Promise<void> {
    const action = await answer;
    if (action === 'Restart') await vscode.commands.executeCommand('collate.restartServer');
    else if (action === 'Resume Run') await vscode.commands.executeCommand('collate.resumeRun');
    else if (action === 'Show Log') this.log.show(true);
  }
}
