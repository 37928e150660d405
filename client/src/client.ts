/** Everything of the extension but its entry; loaded when something of Collate is used for the first time. */
import type * as vscode from 'vscode';
import { analyzeDocument, crosswalkWith } from './commands/documentCommands.ts';
import { cancelRun, resumeRun, showResults } from './commands/runCommands.ts';
import { tellFailure } from './commands/startRun.ts';
import { ActiveDocument } from './documents.ts';
import type { CommandName } from './names.ts';
import { ResultsPanel } from './resultsPanel/resultsPanel.ts';
import { RunMessages } from './runMessages.ts';
import { ServerClient } from './serverClient.ts';
import { Status } from './status.ts';

export interface Client {
  readonly commands: Readonly<Record<CommandName, (...parameters: readonly unknown[]) => Promise<void>>>;
  /** Starts the server; a failure is shown. */
  start(): void;
  restorePanel(panel: vscode.WebviewPanel, state: unknown): Promise<void>;
  stop(): Promise<void>;
}

export function createClient(context: vscode.ExtensionContext): Client {
  const server = new ServerClient(context);
  const panel = new ResultsPanel(context.extensionUri, server);
  const active = new ActiveDocument();
  context.subscriptions.push(server, panel, active, new Status(server), new RunMessages(server, panel));

  const told = (work: (parameters: readonly unknown[]) => Promise<void>) =>
    (...parameters: readonly unknown[]): Promise<void> => tellFailure(server, () => work(parameters));
  const commandContext = { server, panel };
  return {
    commands: {
      analyzeDocument: told((parameters) => analyzeDocument(commandContext, active, parameters)),
      crosswalkWith: told((parameters) => crosswalkWith(commandContext, active, parameters)),
      showResults: told(() => showResults(commandContext)),
      resumeRun: told(() => resumeRun(commandContext)),
      cancelRun: told(() => cancelRun(commandContext)),
      restartServer: told(() => server.restart()),
      showLog: told(() => {
        server.log.show(true);
        return Promise.resolve();
      }),
    },
    start: () => void tellFailure(server, () => server.start()),
    restorePanel: (restored, state) => tellFailure(server, () => Promise.resolve(panel.restore(restored, state))),
    stop: () => server.stop(),
  };
}
