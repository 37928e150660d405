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
  context.subscriptions.push(server, panel, active, new Status(server), new RunMessages(server, panel), new UnitWords(server));
  const views = { queues: new QueuesView(server), runs: new RunsView(server), documents: new DocumentsView(server) };
  context.subscriptions.push(...Object.values(views));

  const told = (work: (parameters: readonly unknown[]) => Promise<void>) =>
    (...parameters: readonly unknown[]): Promise<void> => tellFailure(server, () => work(parameters));
  const commandContext = { server, panel };
  // Menus and keys of a window that does not use Collate stay as they were.
  void vscode.commands.executeCommand('setContext', 'collate.inUse', true);
  return {
    commands: {
      analyzeDocument: told((parameters) => analyzeDocument(commandContext, active, parameters)),
      crosswalkWith: told((parameters) => crosswalkWith(commandContext, active, parameters)),
      showResults: told(() => showResults(commandContext)),
      resumeRun: told((parameters) => resumeRun(commandContext, parameters)),
      cancelRun: told((parameters) => cancelRun(commandContext, parameters)),
      restartServer: told(() => server.restart()),
      showLog: told(() => {
        server.log.show(true);
        return Promise.resolve();
      }),
      accept: told((parameters) => reviewAs(commandContext, 'accept', parameters)),
      reject: told((parameters) => reviewAs(commandContext, 'reject', parameters)),
      override: told((parameters) => override(commandContext, parameters)),
      note: told((parameters) => note(commandContext, parameters)),
      openException: told((parameters) => openException(commandContext, parameters)),
      closeException: told((parameters) => closeException(commandContext, parameters)),
      undoReview: told(() => stepBack(commandContext, 'review/undo')),
      redoReview: told(() => stepBack(commandContext, 'review/redo')),
      openCounterpart: told((parameters) => openCounterpart(commandContext, parameters)),
      compareWithCounterpart: told((parameters) => compareWithCounterpart(commandContext, parameters)),
      showMatch: told((parameters) => showMatch(commandContext, parameters)),
      nextToReview: told(() => goToReview(commandContext, false)),
      previousToReview: told(() => goToReview(commandContext, true)),
      reanalyze: told((parameters) => reanalyze(commandContext, active, parameters)),
      exportReport: told(() => exportReport(commandContext)),
      exportReviews: told(() => exportReviews(commandContext)),
      importReviews: told(() => importReviews(commandContext)),
      openSampleWorkspace: told(() => openSampleWorkspace(context)),
      joinWithPrevious: told((parameters) => correctCut(commandContext, 'join', parameters)),
      splitHere: told((parameters) => correctCut(commandContext, 'split', parameters)),
      markAsHeading: told((parameters) => correctCut(commandContext, 'heading', parameters)),
      setProvisionType: told((parameters) => setProvisionType(commandContext, parameters)),
      undoCorrection: told(() => undoCorrection(commandContext)),
      openRun: told((parameters) => openRun(commandContext, parameters)),
      deleteRun: told(async (parameters) => {
        await deleteRun(commandContext, parameters);
        for (const view of Object.values(views)) view.refresh();
      }),
      showQueue: told(([queue]) => {
        panel.showQueue(queue as Queue);
        return Promise.resolve();
      }),
      clearCache: told(() => clearCache(commandContext)),
      setApiKey: told(() => setApiKey(keys)),
      forgetApiKey: told(() => forgetApiKey(keys)),
      testConnection: told(() => testConnection(server, keys)),
    },
    views: views as unknown as Client['views'],
    start: () => void tellFailure(server, () => server.start()),
    restorePanel: (restored, state) => tellFailure(server, () => Promise.resolve(panel.restore(restored, state))),
    stop: () => server.stop(),
  };
}
