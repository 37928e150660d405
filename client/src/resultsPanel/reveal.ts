import * as vscode from 'vscode';
import { FailureError } from '../../../shared/failure.ts';
import type { Place } from '../../../shared/protocol/lsp.ts';
import { nameOf } from '../documents.ts';

/** How long the note that words have changed stays in the status bar. Milliseconds. */
const NOTE_MS = 8_000;

/** The column that already shows the document, otherwise the one beside the panel. */
function columnFor(uri: vscode.Uri, panel: vscode.ViewColumn | undefined): vscode.ViewColumn {
  const groups = vscode.window.tabGroups.all.filter((group) => group.viewColumn !== panel);
  const showing = groups.find((group) =>
    group.tabs.some(({ input }) => input instanceof vscode.TabInputText && input.uri.toString() === uri.toString()),
  );
  return (showing ?? groups[0])?.viewColumn ?? vscode.ViewColumn.Beside;
}

async function opened(uri: vscode.Uri): Promise<vscode.TextDocument> {
  try {
    return await vscode.workspace.openTextDocument(uri);
  } catch {
    throw new FailureError({ code: 'unreadable', message: `${nameOf(uri)} could not be opened. It may have been moved, renamed or deleted; its words stay in the results panel.`, retry: 'never' });
  }
}

/** Opens a place and selects its words, beside the column it was asked for from. From the panel the focus stays there, so that the next row is one key away. */
export async function reveal(place: Place, panel: vscode.ViewColumn | undefined, preserveFocus = true): Promise<void> {
  const uri = vscode.Uri.parse(place.uri, true);
  const { start, end } = place.range;
  const range = new vscode.Range(start.line, start.character, end.line, end.character);
  const document = await opened(uri);
  const editor = await vscode.window.showTextDocument(document, {
    viewColumn: columnFor(document.uri, panel),
    preserveFocus,
    preview: true,
    selection: range,
  });
  editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  if (!place.current) {
    vscode.window.setStatusBarMessage('These words were changed since the run; this is where they stood.', NOTE_MS);
  }
}
