import * as vscode from 'vscode';
import type { RunSnapshot } from '../../../shared/model.ts';
import { counted } from '../../../shared/words/format.ts';
import type { ServerClient } from '../serverClient.ts';
import { newestRuns } from './runCommands.ts';
import type { CommandContext } from './startRun.ts';

const REVIEW_FILES = { 'Collate reviews': ['json'] };

/** The run in sight, otherwise the newest with results; null, and a sentence, where there is none. */
async function runToExchange({ server, panel }: CommandContext): Promise<RunSnapshot | null> {
  if (panel.visibleRun !== null) return server.request('run/get', { runId: panel.visibleRun });
  const run = (await newestRuns(server)).find(({ state }) => state !== 'running' && state !== 'failed');
  if (run !== undefined) return run;
  await vscode.window.showInformationMessage('There is no finished run yet. Analyze a document first.');
  return null;
}

function defaultUri(run: RunSnapshot, ending: string): vscode.Uri | undefined {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const name = run.title.replace(/[^\p{L}\p{N}.-]+/gu, '-').replace(/^-|-$/gu, '');
  return folder === undefined ? undefined : vscode.Uri.joinPath(folder, `${name}.${ending}`);
}

async function saveAs(title: string, run: RunSnapshot, ending: string, filters: Record<string, string[]>): Promise<vscode.Uri | null> {
  const suggested = defaultUri(run, ending);
  return (await vscode.window.showSaveDialog({ title, filters, ...(suggested === undefined ? {} : { defaultUri: suggested }) })) ?? null;
}

/** *Collate: Export Report...*: one HTML file to send to a client. */
export async function exportReport(context: CommandContext): Promise<void> {
  const run = await runToExchange(context);
  if (run === null) return;
  const uri = await saveAs('Export Report', run, 'html', { 'HTML report': ['html'] });
  if (uri === null) return;
  await context.server.request('run/report', { runId: run.id, uri: uri.toString() });
  const open = 'Open';
  if ((await vscode.window.showInformationMessage(`The report of ${run.title} is written.`, open)) === open) await vscode.env.openExternal(uri);
}

/** *Collate: Export Reviews...*: the decisions, for a colleague or for the files of the case. */
export async function exportReviews(context: CommandContext): Promise<void> {
  const run = await runToExchange(context);
  if (run === null) return;
  const uri = await saveAs('Export Reviews', run, 'reviews.json', REVIEW_FILES);
  if (uri === null) return;
  const { written } = await context.server.request('review/export', { runId: run.id, uri: uri.toString() });
  void vscode.window.showInformationMessage(`${counted(written, 'decision', 'decisions')} on ${run.title} ${written === 1 ? 'is' : 'are'} written.`);
}

async function importFrom(server: ServerClient, run: RunSnapshot, uri: vscode.Uri, conflicts: 'mine' | 'theirs'): Promise<void> {
  const result = await server.request('review/import', { runId: run.id, uri: uri.toString(), conflicts });
  for (const problem of result.problems) server.log.warn(`Import of reviews: ${problem}`);
  const parts = [
    `${counted(result.applied, 'decision', 'decisions')} taken over`,
    ...(result.unchanged === 0 ? [] : [`${result.unchanged} were the same`]),
    ...(result.unknown === 0 ? [] : [`${result.unknown} could not be taken over (the log says why)`]),
  ];
  if (result.conflicts.length === 0) {
    void vscode.window.showInformationMessage(`${parts.join('; ')}.`);
    return;
  }
  const [first] = result.conflicts;
  const example = first === undefined ? '' : ` For example ${first.name}: you said ${first.mine.state}, ${first.theirs.reviewer} says ${first.theirs.state}.`;
  const theirs = 'Take Theirs';
  const answer = await vscode.window.showWarningMessage(
    `${parts.join('; ')}. ${counted(result.conflicts.length, 'decision differs', 'decisions differ')} from yours and yours stand.${example}`,
    theirs,
    'Keep Mine',
  );
  if (answer === theirs) await importFrom(server, run, uri, 'theirs');
}

/** *Collate: Import Reviews...*: a colleague's decisions; where they differ, nothing is taken over without being asked. */
export async function importReviews(context: CommandContext): Promise<void> {
  const run = await runToExchange(context);
  if (run === null) return;
  const [uri] = (await vscode.window.showOpenDialog({ title: `Import reviews of ${run.title}`, openLabel: 'Import', filters: REVIEW_FILES })) ?? [];
  if (uri !== undefined) await importFrom(context.server, run, uri, 'mine');
}
