import * as vscode from 'vscode';
import type { RunSnapshot } from '../../../shared/model.ts';
import type { RowAddress } from '../../../shared/protocol/reviews.ts';
import type { ServerClient } from '../serverClient.ts';
import type { CommandContext } from './startRun.ts';
import { whoAnswers } from './whoAnswers.ts';

/** Resolves when a run is at rest; null when the server stopped before. */
async function ended(server: ServerClient, runId: string): Promise<RunSnapshot | null> {
  const listeners: vscode.Disposable[] = [];
  try {
    return await new Promise<RunSnapshot | null>((resolve, reject) => {
      listeners.push(
        server.onProgress((run) => {
          if (run.id === runId && run.state !== 'running') resolve(run);
        }),
        server.onStateChanged(({ state }) => {
          if (state !== 'running') resolve(null);
        }),
      );
      // A short run may have ended before anybody listened.
      server.request('run/get', { runId }).then((run) => {
        if (run.state !== 'running') resolve(run);
      }, reject);
    });
  } finally {
    for (const listener of listeners) listener.dispose();
  }
}

/** The row of a command of the text, with the name of its provision; null for any other parameter. */
export function unitOf([given]: readonly unknown[]): (RowAddress & { readonly unit: string }) | null {
  if (typeof given !== 'object' || given === null || !('runId' in given) || !('id' in given)) return null;
  if (typeof given.runId !== 'string' || typeof given.id !== 'string') return null;
  return { runId: given.runId, id: given.id, unit: 'unit' in given && typeof given.unit === 'string' ? given.unit : '' };
}

/**
 * One provision again: the whole pair is run on the text of now, because what is found of one provision depends on all of
 * them, and what is said afterwards is said of this one.
 */
export async function analyzeAgain({ server, panel, told }: CommandContext, { runId, id, unit }: RowAddress & { readonly unit: string }): Promise<void> {
  const who = await whoAnswers(() => server.request('run/estimateAgain', { runId }));
  if (who === null) return;
  const again = (await server.request('run/again', { runId, rulesOnly: who === 'rules' })).runId;
  told.add(again);
  if ((await ended(server, again)) === null) {
    const resume = 'Resume Run';
    const message = `${unit === '' ? 'The provision' : unit} was not analyzed again: the server stopped. The earlier result stands; what is finished of the run is kept.`;
    if ((await vscode.window.showWarningMessage(message, resume)) === resume) await vscode.commands.executeCommand('collate.resumeRun');
    return;
  }
  const outcome = await server.request('row/outcome', { runId, id, again, name: unit });
  if (outcome.state !== 'done') {
    const [repeat, results] = ['Analyze Again', 'Show Results'];
    const answer = await (outcome.state === 'failed' ? vscode.window.showErrorMessage : vscode.window.showInformationMessage)(outcome.message, repeat, results);
    if (answer === repeat) await analyzeAgain({ server, panel, told }, { runId, id, unit });
    else if (answer === results) panel.show(again);
    return;
  }
  if (panel.visibleRun === runId) panel.show(again);
  const [open, changes] = ['Open Row', 'Show Changes'];
  const offers = [...(outcome.row === null ? [] : [open]), ...(outcome.others === 0 ? [] : [changes])];
  const answer = await vscode.window.showInformationMessage(outcome.message, ...(offers.length === 0 ? ['Show Results'] : offers));
  if (answer === open && outcome.row !== null) panel.select(outcome.row);
  else if (answer === changes) panel.showChanges(again);
  else if (answer !== undefined) panel.show(again);
}
