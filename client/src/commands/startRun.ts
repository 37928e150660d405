import * as vscode from 'vscode';
import { failureOf } from '../../../shared/failure.ts';
import type { StartRunParams } from '../../../shared/protocol/lsp.ts';
import type { ResultsPanel } from '../resultsPanel/resultsPanel.ts';
import type { ServerClient } from '../serverClient.ts';
import { readyToRead } from '../documents.ts';
import { isPicture } from '../pictures.ts';
import { mayAskModels, whoAnswers } from './whoAnswers.ts';

/** What every command works with. */
export interface CommandContext {
  readonly server: ServerClient;
  readonly panel: ResultsPanel;
  /** Runs whose end a command tells in its own words, so that it is not told twice. */
  readonly told: Set<string>;
}

/** Runs a command; a failure is a message with the way to the log, never silence. */
export async function tellFailure(server: ServerClient, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (thrown) {
    const failure = failureOf(thrown);
    if (failure.code === 'cancelled') return;
    server.log.error(thrown instanceof Error ? (thrown.stack ?? failure.message) : failure.message);
    const showLog = 'Show Log';
    if ((await vscode.window.showErrorMessage(failure.message, showLog)) === showLog) server.log.show(true);
  }
}

/** Starts a run on documents as the user sees them and shows it at once, while it is at work. */
export async function startRun({ server, panel }: Pick<CommandContext, 'server' | 'panel'>, workflow: StartRunParams['workflow'], uris: readonly vscode.Uri[]): Promise<void> {
  for (const uri of uris) if (!(await readyToRead(uri))) return;
  const params: StartRunParams = { workflow, uris: uris.map((uri) => uri.toString()) };
  const asks = workflow === 'crosswalk' || (mayAskModels() && (await Promise.all(uris.map(isPicture))).includes(true));
  const who = await whoAnswers(asks ? () => server.request('run/estimate', params) : null);
  if (who === null) return;
  const { runId } = await server.request('run/start', who === 'rules' ? { ...params, rulesOnly: true } : params);
  panel.show(runId);
}
