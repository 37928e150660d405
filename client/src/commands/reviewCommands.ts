import * as vscode from 'vscode';
import type { ReviewAction, ReviewDone, RowAddress } from '../../../shared/protocol/reviews.ts';
import { MAX_PAGE } from '../../../shared/protocol/results.ts';
import { pickTargets } from './pickTargets.ts';
import { rowOf } from './rowOf.ts';
import type { CommandContext } from './startRun.ts';

/** How long the line that names the way back stays in the status bar. Milliseconds. */
const NOTE_MS = 10_000;
const DAY = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/u;

function say({ message, canUndo }: ReviewDone): void {
  vscode.window.setStatusBarMessage(canUndo ? `${message} Undo: Collate: Undo Review` : message, NOTE_MS);
}

async function act({ server }: CommandContext, { runId, id }: RowAddress, action: ReviewAction): Promise<void> {
  say(await server.request('review/act', { runId, ids: [id], action }));
}

/** A review without further questions. */
export async function reviewAs(context: CommandContext, kind: 'accept' | 'reject', parameters: readonly unknown[]): Promise<void> {
  const row = await rowOf(context.server, parameters);
  if (row !== null) await act(context, row, { kind });
}

/** *Collate: Override...*: other counterparts, or none. */
export async function override(context: CommandContext, parameters: readonly unknown[]): Promise<void> {
  const row = await rowOf(context.server, parameters);
  if (row === null) return;
  const targets = await pickTargets(context.server, row);
  if (targets !== null) await act(context, row, { kind: 'override', targets });
}

/** *Collate: Add Note...*. */
export async function note(context: CommandContext, parameters: readonly unknown[]): Promise<void> {
  const row = await rowOf(context.server, parameters);
  if (row === null) return;
  const { review } = await context.server.request('review/history', row);
  const words = await vscode.window.showInputBox({ title: 'Add Note', prompt: 'The note is kept with your name and the time.', value: review?.note ?? '' });
  if (words !== undefined && words.trim() !== '') await act(context, row, { kind: 'note', note: words.trim() });
}

/** *Collate: Open Exception...*: who settles it, and until when; both may stay open. */
export async function openException(context: CommandContext, parameters: readonly unknown[]): Promise<void> {
  const row = await rowOf(context.server, parameters);
  if (row === null) return;
  const title = 'Open Exception';
  const owner = await vscode.window.showInputBox({ title: `${title} (1/2)`, prompt: 'Who settles it? Leave it empty if nobody does yet.' });
  if (owner === undefined) return;
  const dueDate = await vscode.window.showInputBox({
    title: `${title} (2/2)`,
    prompt: 'Until when? Leave it empty if there is no date yet.',
    placeHolder: '2026-12-31',
    validateInput: (value) => (value.trim() === '' || DAY.test(value.trim()) ? null : 'A date is written as 2026-12-31.'),
  });
  if (dueDate === undefined) return;
  await act(context, row, {
    kind: 'openException',
    ...(owner.trim() === '' ? {} : { owner: owner.trim() }),
    ...(dueDate.trim() === '' ? {} : { dueDate: dueDate.trim() }),
  });
}

/** *Collate: Close Exception...*: never without saying how it was settled. */
export async function closeException(context: CommandContext, parameters: readonly unknown[]): Promise<void> {
  const row = await rowOf(context.server, parameters);
  if (row === null) return;
  const { exception } = await context.server.request('review/history', row);
  if (exception?.state !== 'open') {
    await vscode.window.showInformationMessage('This row has no open exception.');
    return;
  }
  const resolution = await vscode.window.showInputBox({
    title: `Close ${exception.label}`,
    prompt: 'How was it settled?',
    validateInput: (value) => (value.trim() === '' ? 'An exception is closed with a resolution.' : null),
  });
  if (resolution !== undefined && resolution.trim() !== '') await act(context, row, { kind: 'closeException', resolution: resolution.trim() });
}

/** The run whose last review is meant: the one in sight, otherwise the newest of this window. */
async function runInHand({ server, panel }: CommandContext): Promise<string | null> {
  if (panel.visibleRun !== null) return panel.visibleRun;
  const uri = vscode.window.activeTextEditor?.document.uri.toString();
  const latest = uri === undefined ? null : await server.request('run/latest', { uri });
  return latest?.id ?? (await server.request('run/list', { offset: 0, limit: MAX_PAGE })).runs[0]?.id ?? null;
}

/** *Collate: Undo Review* and *Redo Review*. */
export async function stepBack(context: CommandContext, method: 'review/undo' | 'review/redo'): Promise<void> {
  const runId = await runInHand(context);
  if (runId === null) {
    await vscode.window.showInformationMessage('There is no run yet, so there is nothing to take back.');
    return;
  }
  say(await context.server.request(method, { runId }));
}
