import {
  DidChangeConfigurationNotification, TextDocumentSyncKind, type Connection, type InitializeParams,
} from 'vscode-languageserver/node';
import { failureOf } from '../../../shared/failure.ts';
import { tell, valueOf } from './answer.ts';
import { CurrentTexts } from './currentTexts.ts';
import { diagnosticDocs } from './diagnosticDocs.ts';
import { editorModelsOf } from './editorModelsOf.ts';
import { Engines, type OpenedEngine } from './engines.ts';
import { registerCache } from './features/cache.ts';
import { registerCut } from './features/cut.ts';
import { CODE_ACTION_KINDS, registerCodeActions } from './features/codeActions.ts';
import { registerCodeLens } from './features/codeLens.ts';
import { registerDefinition } from './features/definition.ts';
import { registerDocumentKind } from './features/documentKind.ts';
import { registerDocumentLinks } from './features/documentLinks.ts';
import { registerDocumentSymbols } from './features/documentSymbols.ts';
import { registerFoldingRanges } from './features/foldingRanges.ts';
import { registerHover } from './features/hover.ts';
import { registerInlayHints } from './features/inlayHints.ts';
import { registerLocate } from './features/locate.ts';
import { registerModels } from './features/models.ts';
import { RunProgress } from './features/progress.ts';
import { registerDiagnostics } from './features/pullDiagnostics.ts';
import { registerReadText } from './features/readText.ts';
import { registerRunReport } from './features/runReport.ts';
import { registerReferences } from './features/references.ts';
import { registerReviews } from './features/reviews.ts';
import { registerRows } from './features/rows.ts';
import { RunMarks } from './features/runMarks.ts';
import { registerRuns } from './features/runs.ts';
import { registerRunTargets } from './features/runTargets.ts';
import { createModelProviders, type ModelProviders } from '../models/modelProviders.ts';
import { pathOf, type Home } from './home.ts';
import { keyFromClient } from './keyFromClient.ts';
import { OpenDocuments } from './openDocuments.ts';
import { FileReadings } from './partners/fileReadings.ts';
import { Partners } from './partners/partners.ts';
import { refresher } from './refresh.ts';
import { Results } from './results/results.ts';
import { settingsOf } from './settingsReader.ts';
import { TextReadings } from './textReadings.ts';

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

/** Opens the engine of a store; what it asks of language models it asks of `models`. */
export type OpenEngineWith = (home: Home, models: ModelProviders) => Promise<OpenedEngine>;

/** Wires the features to a connection. `open` gives the engine of a store; the connection is not yet listening. */
export function startServer(connection: Connection, open: OpenEngineWith): void {
  connection.onInitialize((params) => {
    const { workspace, textDocument } = params.capabilities;
    const options = (params.initializationOptions ?? {}) as InitializationOptions;
    const documents = new OpenDocuments();
    const settings = settingsOf(connection, workspace?.configuration === true);
    const askAgain = refresher(connection, params.capabilities);
    const refresh = (): void => {
      results.changed();
      askAgain();
    };
    const reviewsChanged = (runIds: readonly string[]): void => {
      tell(connection, 'review/changed', { runIds });
      refresh();
    };
    const models = createModelProviders({ keyOf: (origin) => keyFromClient(connection, origin), editor: editorModelsOf(connection) });
    const engines: Engines = new Engines((home) => open(home, models), settings, foldersOf(params), options.storeDir, {
      progress: (snapshot) => {
        progress.update(snapshot);
        tell(connection, 'run/progress', snapshot);
        if (snapshot.state !== 'running') refresh();
      },
      storeChanged: (status) => tell(connection, 'store/status', status),
      reviewsChanged,
    });
    const progress = new RunProgress(connection, (runId) => {
      engines.forRun(runId).then(
        ({ engine }) => engine.runs.cancel(runId, 'the user'),
        (thrown: unknown) => connection.console.error(failureOf(thrown).message),
      );
    });
    const texts = new CurrentTexts(documents, settings);
    const results: Results = new Results(engines, documents, texts, async (runId, { engine }) => valueOf(await engine.runs.rowReviews(runId)));
    const readings = new TextReadings(documents, engines, settings);

    registerRuns({ connection, engines, documents, settings, runsChanged: refresh });
    registerRunTargets(connection, engines);
    registerRunReport(connection, engines);
    registerReviews({ connection, engines, settings, reviewsChanged });
    registerCache(connection, engines);
    registerLocate(connection, engines, texts);
    registerReadText(connection, engines);
    registerCut(connection, engines, documents, settings);
    registerDocumentKind(connection, engines, documents, settings);
    registerDiagnostics({
      connection, documents, results, settings,
      marks: new RunMarks(),
      documentation: diagnosticDocs(options.documentation, (reason) => connection.console.warn(reason)),
    });
    const partners = new Partners({ engines, results, files: new FileReadings(readings), settings });
    const navigation = { connection, results, readings, partners, linkSupport: textDocument?.definition?.linkSupport === true };
    registerHover(navigation);
    registerDefinition(navigation);
    registerReferences(navigation);
    registerDocumentSymbols(connection, readings);
    registerFoldingRanges(connection, readings);
    registerDocumentLinks(navigation);
    registerCodeLens(connection, results, settings);
    registerInlayHints(connection, results, settings);
    registerCodeActions(connection, results);
    registerRows(connection, results, engines);
    registerModels(connection, models, settings);
    documents.listen(connection);
    connection.onDidChangeConfiguration(refresh);
    connection.onShutdown(async () => {
      await engines.close();
      await models.close();
    });
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
        hoverProvider: true,
        definitionProvider: true,
        referencesProvider: true,
        documentSymbolProvider: { label: 'Collate' },
        foldingRangeProvider: true,
        documentLinkProvider: {},
        codeLensProvider: {},
        inlayHintProvider: true,
        codeActionProvider: { codeActionKinds: [...CODE_ACTION_KINDS] },
        workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
      },
    };
  });
}
