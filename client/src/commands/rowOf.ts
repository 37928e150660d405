import * as vscode from 'vscode';
import type { RowAddress } from '../../../shared/protocol/reviews.ts';
import type { RowAtPosition } from '../../../shared/protocol/lsp.ts';
import type { ServerClient } from '../serverClient.ts';

function isAddress(value: unknown): value is RowAddress {
  return (
    typeof value === 'object' && value !== null && 'runId' in value && 'id' in value &&
    typeof value.runId === 'string' && typeof value.id === 'string'
  );
}

/** The row of the unit at the cursor of the active editor; null, and a sentence, where there is none. */
export async function rowAtCursor(server: ServerClient): Promise<RowAtPosition | null> {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) {
    await vscode.window.showInformationMessage('Put the cursor into a provision that was analyzed, then run the command again.');
    return null;
  }
  const { line, character } = editor.selection.active;
  const row = await server.request('row/at', { uri: editor.document.uri.toString(), position: { line, character } });
  if (row !== null) return row;
  const crosswalk = 'Crosswalk With...';
  const answer = await vscode.window.showInformationMessage('There is no result at the cursor. Put it into a provision of a document that was compared.', crosswalk);
  if (answer === crosswalk) await vscode.commands.executeCommand('collate.crosswalkWith');
  return null;
}

/** The row a command was given (by a lens, a hover, a code action, the panel), otherwise the one at the cursor. */
export async function rowOf(server: ServerClient, [given]: readonly unknown[]): Promise<RowAddress | null> {
  return isAddress(given) ? { runId: given.runId, id: given.id } : rowAtCursor(server);
}
