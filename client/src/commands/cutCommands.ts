import * as vscode from 'vscode';
import type { CutCorrection } from '../../../shared/protocol/lsp.ts';
import type { CommandContext } from './startRun.ts';

/** The place a code action names, otherwise the cursor of the active editor; null, and a sentence, where there is none. */
async function placeOf([given, at]: readonly unknown[]): Promise<{ readonly uri: string; readonly position: { readonly line: number; readonly character: number } } | null> {
  if (typeof given === 'string' && typeof at === 'object' && at !== null && 'line' in at && 'character' in at) {
    return { uri: given, position: { line: Number(at.line), character: Number(at.character) } };
  }
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) {
    await vscode.window.showInformationMessage('Put the cursor into the provision whose cut is wrong, then run the command again.');
    return null;
  }
  const { line, character } = editor.selection.active;
  return { uri: editor.document.uri.toString(), position: { line, character } };
}

async function correctAt({ server }: CommandContext, correction: CutCorrection, parameters: readonly unknown[]): Promise<void> {
  const place = await placeOf(parameters);
  if (place === null) return;
  const { message } = await server.request('cut/correct', { ...place, correction });
  const [again, undo] = ['Analyze Again', 'Undo'];
  const answer = await vscode.window.showInformationMessage(message, again, undo);
  if (answer === again) await vscode.commands.executeCommand('collate.reanalyze', vscode.Uri.parse(place.uri, true));
  else if (answer === undo) await takeBack({ server }, place.uri);
}

async function takeBack({ server }: Pick<CommandContext, 'server'>, uri: string): Promise<void> {
  const taken = await server.request('cut/takeBack', { uri });
  await vscode.window.showInformationMessage(taken?.message ?? 'No correction of this document is left to take back.');
}

/** *Collate: Join with Previous Provision*, *Split Provision Here*, *Mark Line as Heading*. */
export async function correctCut(context: CommandContext, action: 'join' | 'split' | 'heading', parameters: readonly unknown[]): Promise<void> {
  await correctAt(context, { action }, parameters);
}

/** *Collate: Set Provision Type...*. */
export async function setProvisionType(context: CommandContext, parameters: readonly unknown[]): Promise<void> {
  const types = await context.server.request('cut/types', null);
  const type = await vscode.window.showQuickPick([...types], { title: 'Set Provision Type', placeHolder: 'What is the provision about?' });
  if (type !== undefined) await correctAt(context, { action: 'type', type }, parameters);
}

/** *Collate: Undo Correction of Cut*. */
export async function undoCorrection(context: CommandContext): Promise<void> {
  const uri = vscode.window.activeTextEditor?.document.uri.toString();
  if (uri !== undefined) await takeBack(context, uri);
}
