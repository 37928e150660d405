import * as vscode from 'vscode';
import type { RunSnapshot } from '../../../shared/model.ts';
import { MAX_PAGE } from '../../../shared/protocol/results.ts';
import type { ServerClient } from '../serverClient.ts';
import { runDetail, STATE_ICONS } from './runWords.ts';
import type { CommandContext } from './startRun.ts';

/** The newest runs of this window's stores; a page is one message, and holds what fits it. */
async function newestRuns(server: ServerClient): Promise<readonly RunSnapshot[]> {
  return (await server.request('run/list', { offset: 0, limit: MAX_PAGE })).runs;
}

/** The only run, or the one the user picks; null when the user left. */
async function pickRun(runs: readonly RunSnapshot[], placeHolder: string): Promise<RunSnapshot | null> {
  const [only] = runs;
  if (only !== undefined && runs.length === 1) return only;
  const now = Date.now();
  const items = runs.map((run) => ({
    label: `$(${STATE_ICONS[run.state]}) ${run.title}`,
    description: runDetail(run, now),
    ...(run.stateReason === undefined ? {} : { detail: run.stateReason }),
    run,
  }));
  return (await vscode.window.showQuickPick(items, { placeHolder, matchOnDescription: true }))?.run ?? null;
}

/** *Collate: Show Results*. */
export async function showResults({ server, panel }: CommandContext): Promise<void> {
  const runs = await newestRuns(server);
  if (runs.length === 0) {
    panel.show(null);
    return;
  }
  const run = await pickRun(runs, `${runs.length} runs, the newest first. Pick the one to show.`);
  if (run !== null) panel.show(run.id);
}

/** *Collate: Resume Run*. */
export async function resumeRun({ server, panel }: CommandContext): Promise<void> {
  const runs = (await newestRuns(server)).filter((run) => run.resumable && run.state !== 'running');
  if (runs.length === 0) {
    await vscode.window.showInformationMessage('No run can be resumed: every run is finished or at work.');
    return;
  }
  const run = await pickRun(runs, 'Pick the run to resume. What is finished is kept.');
  if (run === null) return;
  const { runId } = await server.request('run/resume', { runId: run.id });
  panel.show(runId);
}

/** *Collate: Cancel Run*. */
export async function cancelRun({ server }: CommandContext): Promise<void> {
  const runs = (await newestRuns(server)).filter((run) => run.state === 'running');
  if (runs.length === 0) {
    await vscode.window.showInformationMessage('No run is at work.');
    return;
  }
  const run = await pickRun(runs, 'Pick the run to cancel. What is finished is kept and can be resumed.');
  if (run !== null) await server.request('run/cancel', { runId: run.id });
}
