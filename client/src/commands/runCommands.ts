import * as vscode from 'vscode';
import type { RunSnapshot, RunState } from '../../../shared/model.ts';
import { MAX_PAGE } from '../../../shared/protocol/results.ts';
import type { ServerClient } from '../serverClient.ts';
import type { ActiveDocument } from '../documents.ts';
import { analyzeAgain, unitOf } from './analyzeAgain.ts';
import { runDetail, STATE_ICONS } from './runWords.ts';
import { resumeAsked } from './resumeAsked.ts';
import type { CommandContext } from './startRun.ts';
import { whoAnswers } from './whoAnswers.ts';

/** The run of the tree item a command was given, or null. */
function runGiven([given]: readonly unknown[]): RunSnapshot | null {
  return typeof given === 'object' && given !== null && 'run' in given ? (given.run as RunSnapshot) : null;
}

/** The newest runs of this window's stores; a page is one message, and holds what fits it. */
export async function newestRuns(server: ServerClient): Promise<readonly RunSnapshot[]> {
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
  return (await vscode.window.showQuickPick(items, { placeHolder, matchOnDescription: true, ignoreFocusOut: true }))?.run ?? null;
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
export async function resumeRun({ server, panel }: CommandContext, parameters: readonly unknown[]): Promise<void> {
  const given = runGiven(parameters);
  if (given !== null) {
    await resumeAsked(server, (runId) => panel.show(runId), given);
    return;
  }
  const runs = (await newestRuns(server)).filter((run) => run.resumable && run.state !== 'running');
  if (runs.length === 0) {
    await vscode.window.showInformationMessage('No run can be resumed: every run is finished or at work.');
    return;
  }
  const run = await pickRun(runs, 'Pick the run to resume. What is finished is kept.');
  if (run === null) return;
  await resumeAsked(server, (runId) => panel.show(runId), run);
}

/** *Collate: Cancel Run*. */
export async function cancelRun({ server }: CommandContext, parameters: readonly unknown[]): Promise<void> {
  const given = runGiven(parameters);
  if (given !== null) {
    await server.request('run/cancel', { runId: given.id });
    return;
  }
  const runs = (await newestRuns(server)).filter((run) => run.state === 'running');
  if (runs.length === 0) {
    await vscode.window.showInformationMessage('No run is at work.');
    return;
  }
  const run = await pickRun(runs, 'Pick the run to cancel. What is finished is kept and can be resumed.');
  if (run !== null) await server.request('run/cancel', { runId: run.id });
}

/** A run of the side bar in the results panel. */
export function openRun({ panel }: CommandContext, parameters: readonly unknown[]): Promise<void> {
  const run = runGiven(parameters);
  if (run !== null) panel.show(run.id);
  return Promise.resolve();
}

const AT_REST: ReadonlySet<RunState> = new Set(['done', 'partial', 'cancelled', 'failed', 'paused']);

/** Deletes a run after a question: it cannot be brought back. */
export async function deleteRun({ server, panel }: CommandContext, parameters: readonly unknown[]): Promise<void> {
  const run = runGiven(parameters) ?? (await pickRun((await newestRuns(server)).filter(({ state }) => AT_REST.has(state)), 'Pick the run to delete.'));
  if (run === null) return;
  const remove = 'Delete';
  const answer = await vscode.window.showWarningMessage(
    `Delete the run "${run.title}"?`,
    { modal: true, detail: 'Its matches, findings and timing are removed. Reviews stay and hold for later runs. Documents are not touched.' },
    remove,
  );
  if (answer !== remove) return;
  await server.request('run/delete', { runId: run.id });
  if (panel.visibleRun === run.id) panel.show(null);
}

/** *Collate: Re-analyze*: the newest run of the document again, on the text of now; of a provision, what came out for it. */
export async function reanalyze(context: CommandContext, active: ActiveDocument, parameters: readonly unknown[]): Promise<void> {
  const unit = unitOf(parameters);
  if (unit !== null) return analyzeAgain(context, unit);
  const { server, panel } = context;
  const [given] = parameters;
  const uri = given instanceof vscode.Uri ? given : active.uri;
  const runId = runGiven(parameters)?.id ?? (uri === null ? null : ((await server.request('run/latest', { uri: uri.toString() }))?.id ?? null));
  if (runId === null) return void (await vscode.commands.executeCommand('collate.analyzeDocument'));
  const who = await whoAnswers(() => server.request('run/estimateAgain', { runId }));
  if (who === null) return;
  panel.show((await server.request('run/again', { runId, rulesOnly: who === 'rules' })).runId);
}
