import {
  DidChangeConfigurationNotification, TextDocumentSyncKind, type Connection, type InitializeParams,
} from 'vscode-languageserver/node';
import { failureOf } from '../../../shared/failure.ts';
import { tell, valueOf } from './answer.ts';
import { CurrentTexts } from './currentTexts.ts';
import { diagnosticDocs } from './diagnosticDocs.ts';
import { Engines, type OpenEngine } from './engines.ts';
import { registerDocumentKind } from './features/documentKind.ts';
import { registerLocate } from './features/locate.ts';
import { RunProgress } from './features/progress.ts';
import { registerDiagnostics } from './features/pullDiagnostics.ts';
import { registerReviews } from './features/reviews.ts';
import { registerRuns } from './features/runs.ts';
import { pathOf } from './home.ts';
import { OpenDocuments } from './openDocuments.ts';
import { Results } from './results/results.ts';
import { settingsOf } from './settingsReader.ts';

/** What a client may say when it starts the server; all of it optional. */
export interface InitializationOptions {
  /** Folder for the runs of documents outside of every workspace folder. */
  readonly storeDir?: string;
  /** URI of docs/diagnostics.md, where diagnostic codes are explained. */
  readonly documentation?: string;
}

function foldersOf({ workspaceFolders, rootUri }: Pick<InitializeParams, 'workspaceFolders' | 'rootUri'>): readonly string[] {
  const uris = workspaceFolders?.map(({ uri }) => uri) ?? (typeof rootUri === 'string' ? [rootUri] : []);
  return uris.flatMap((uri) => pathOf(uri) ?? []);
}

/** Wires the features to a connection. `open` gives the engine of a store; the connection is not yet listening. */
export function startServer(connection: Connection, open: OpenEngine): void {
  connection.onInitialize((params) => {
    const { workspace } = params.capabilities;
    const options = (params.initializationOptions ?? {}) as InitializationOptions;
    const documents = new OpenDocuments();
    const settings = settingsOf(connection, workspace?.configuration === true);
    const refresh = (): void => {
      if (workspace?.diagnostics?.refreshSupport !== true) return;
      connection.languages.diagnostics.refresh().catch((thrown: unknown) => {
        connection.console.warn(`Diagnostics were not refreshed: ${failureOf(thrown).message}`);
      });
    };
    const engines: Engines = new Engines(open, settings, foldersOf(params), options.storeDir, {
      progress: (snapshot) => {
        progress.update(snapshot);
        tell(connection, 'run/progress', snapshot);
        if (snapshot.state !== 'running') refresh();
      },
      storeChanged: (status) => tell(connection, 'store/status', status),
      reviewsChanged: (runIds) => tell(connection, 'review/changed', { runIds }),
    });
    const progress = new RunProgress(connection, (runId) => {
      engines.forRun(runId).then(
        ({ engine }) => engine.runs.cancel(runId, 'the user'),
        (thrown: unknown) => connection.console.error(failureOf(thrown).message),
      );
    });
    const texts = new CurrentTexts(documents, settings);
    const results = new Results(engines, documents, texts, async (runId, { engine }) => valueOf(await engine.runs.rowReviews(runId)));

    registerRuns({ connection, engines, documents, settings });
    registerReviews({ connection, engines, settings });
    registerLocate(connection, engines, texts);
    registerDocumentKind(connection, engines, documents, settings);
    registerDiagnostics({
      connection, documents, results, settings,
      documentation: diagnosticDocs(options.documentation, (reason) => connection.console.warn(reason)),
    });
    documents.listen(connection);
    connection.onDidChangeConfiguration(refresh);
    connection.onShutdown(() => engines.close());
    connection.onInitialized(() => {
      if (workspace?.didChangeConfiguration?.dynamicRegistration === true) {
        void connection.client.register(DidChangeConfigurationNotification.type, { section: 'collate' });
      }
      if (workspace?.workspaceFolders === true) {
        connection.workspace.onDidChangeWorkspaceFolders(async () => {
          engines.roots = foldersOf({ workspaceFolders: await connection.workspace.getWorkspaceFolders(), rootUri: null });
          refresh();
        });
      }
    });
    return {
      serverInfo: { name: 'Collate' },
      capabilities: {
        textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
        diagnosticProvider: { identifier: 'collate', interFileDependencies: true, workspaceDiagnostics: false },
        workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
      },
    };
  });
}
