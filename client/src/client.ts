/** Everything of the extension but its entry; loaded when something of Collate is used for the first time. */
import * as vscode from 'vscode';
import { analyzeDocument, crosswalkWith } from './commands/documentCommands.ts';
import { clearCache } from './commands/cacheCommands.ts';
import { compareWithCounterpart, goToReview, openCounterpart, showMatch } from './commands/counterpartCommands.ts';
import { correctCut, setProvisionType, undoCorrection } from './commands/cutCommands.ts';
import { exportReport, exportReviews, importReviews } from './commands/exchangeCommands.ts';
import { closeException, note, openException, override, reviewAs, stepBack } from './commands/reviewCommands.ts';
import { forgetApiKey, setApiKey, testConnection } from './commands/modelCommands.ts';
import { cancelRun, deleteRun, openRun, reanalyze, resumeRun, showResults } from './commands/runCommands.ts';
import { openSampleWorkspace } from './commands/sampleWorkspace.ts';
import { tellFailure } from './commands/startRun.ts';
import { ActiveDocument } from './documents.ts';
import type { CommandName, ViewName } from './names.ts';
import { ResultsPanel } from './resultsPanel/resultsPanel.ts';
import { RunMessages } from './runMessages.ts';
import { ApiKeys } from './secrets.ts';
import { ServerClient } from './serverClient.ts';
import { DocumentsView } from './sideBar/documentsView.ts';
import { QueuesView, type Queue } from './sideBar/queuesView.ts';
import { RunsView } from './sideBar/runsView.ts';
import { Status } from './status.ts';
import { ReadTexts } from './readTexts.ts';
import { UnitWords } from './unitWords.ts';

export interface Client {
  readonly commands: Readonly<Record<CommandName, (...parameters: readonly unknown[]) => Promise<void>>>;
  readonly views: Readonly<Record<ViewName, vscode.TreeDataProvider<unknown>>>;
  /** Starts the server; a failure is shown. */
  start(): void;
  restorePanel(panel: vscode.WebviewPanel, state: unknown): Promise<void>;
  stop(): Promise<void>;
}

export function createClient(context: vscode.ExtensionContext): Client {
  const keys = new ApiKeys(context.secrets);
  const server = new ServerClient(context, { api: vscode, keys, isTrusted: () => vscode.workspace.isTrusted });
  context.subscriptions.push(keys.onChanged((origin) => {
    // A server that does not run asks when it needs a key.
    if (server.state.state === 'running') void tellFailure(server, async () => void (await server.request('model/keyChanged', { origin })));
  }));
  const panel = new ResultsPanel(context.extensionUri, server);
  const active = new ActiveDocument();
  const told = new Set<string>();
  context.subscriptions.push(server, panel, active, new Status(server), new RunMessages(server, panel, told), new UnitWords(server), new ReadTexts(server));
  const views = { queues: new QueuesView(server), runs: new RunsView(server), documents: new DocumentsView(server) };
  context.subscriptions.push(...Object.values(views));

  const tellingFailure = (work: (parameters: readonly unknown[]) => Promise<void>) =>
    (...parameters: readonly unknown[]): Promise<void> => tellFailure(server, () => work(parameters));
  const commandContext = { server, panel, told };
  // Menus and keys of a window that does not use Collate stay as they were.
  void vscode.commands.executeCommand('setContext', 'collate.inUse', true);
  return {
    commands: {
      analyzeDocument: tellingFailure((parameters) => analyzeDocument(commandContext, active, parameters)),
      crosswalkWith: tellingFailure((parameters) => crosswalkWith(commandContext, active, parameters)),
      showResults: tellingFailure(() => showResults(commandContext)),
      resumeRun: tellingFailure((parameters) => resumeRun(commandContext, parameters)),
      cancelRun: tellingFailure((parameters) => cancelRun(commandContext, parameters)),
      restartServer: tellingFailure(() => server.restart()),
      showLog: tellingFailure(() => {
        server.log.show(true);
        return Promise.resolve();
      }),
      accept: tellingFailure((parameters) => reviewAs(commandContext, 'accept', parameters)),
      reject: tellingFailure((parameters) => reviewAs(commandContext, 'reject', parameters)),
      override: tellingFailure((parameters) => override(commandContext, parameters)),
      note: tellingFailure((parameters) => note(commandContext, parameters)),
      openException: tellingFailure((parameters) => openException(commandContext, parameters)),
      closeException: tellingFailure((parameters) => closeException(commandContext, parameters)),
      undoReview: tellingFailure(() => stepBack(commandContext, 'review/undo')),
      redoReview: tellingFailure(() => stepBack(commandContext, 'review/redo')),
      openCounterpart: tellingFailure((parameters) => openCounterpart(commandContext, parameters)),
      compareWithCounterpart: tellingFailure((parameters) => compareWithCounterpart(commandContext, parameters)),
      showMatch: tellingFailure((parameters) => showMatch(commandContext, parameters)),
      nextToReview: tellingFailure(() => goToReview(commandContext, false)),
      previousToReview: tellingFailure(() => goToReview(commandContext, true)),
      reanalyze: tellingFailure((parameters) => reanalyze(commandContext, active, parameters)),
      exportReport: tellingFailure(() => exportReport(commandContext)),
      exportReviews: tellingFailure(() => exportReviews(commandContext)),
      importReviews: tellingFailure(() => importReviews(commandContext)),
      openSampleWorkspace: tellingFailure(() => openSampleWorkspace(context)),
      joinWithPrevious: tellingFailure((parameters) => correctCut(commandContext, 'join', parameters)),
      splitHere: tellingFailure((parameters) => correctCut(commandContext, 'split', parameters)),
      markAsHeading: tellingFailure((parameters) => correctCut(commandContext, 'heading', parameters)),
      setProvisionType: tellingFailure((parameters) => setProvisionType(commandContext, parameters)),
      undoCorrection: tellingFailure(() => undoCorrection(commandContext)),
      openRun: tellingFailure((parameters) => openRun(commandContext, parameters)),
      deleteRun: tellingFailure(async (parameters) => {
        await deleteRun(commandContext, parameters);
        for (const view of Object.values(views)) view.refresh();
      }),
      showQueue: tellingFailure(([queue]) => {
        panel.showQueue(queue as Queue);
        return Promise.resolve();
      }),
      clearCache: tellingFailure(() => clearCache(commandContext)),
      setApiKey: tellingFailure(() => setApiKey(keys)),
      forgetApiKey: tellingFailure(() => forgetApiKey(keys)),
      testConnection: tellingFailure(() => testConnection(server, keys)),
    },
    views: views as unknown as Client['views'],
    start: () => void tellFailure(server, () => server.start()),
    restorePanel: (restored, state) => tellFailure(server, () => Promise.resolve(panel.restore(restored, state))),
    stop: () => server.stop(),
  };
}
