import * as vscode from 'vscode';
import { nameOf, type ActiveDocument } from '../documents.ts';
import { pickSource, pickTarget, pickToAnalyze } from './pickDocument.ts';
import { startRun, type CommandContext } from './startRun.ts';

/** What VS Code hands a command of a menu: the resource, and in the explorer the whole selection. */
function resources(parameters: readonly unknown[]): { readonly clicked: vscode.Uri | null; readonly selected: readonly vscode.Uri[] } {
  const [clicked, selected] = parameters;
  return {
    clicked: clicked instanceof vscode.Uri ? clicked : null,
    selected: Array.isArray(selected) ? selected.filter((one) => one instanceof vscode.Uri) : [],
  };
}

/** *Collate: Analyze Document*: the resource of a menu, each of a selection, the active editor, otherwise a document the user picks. */
export async function analyzeDocument(context: CommandContext, active: ActiveDocument, parameters: readonly unknown[]): Promise<void> {
  const { clicked, selected } = resources(parameters);
  const uris = selected.length > 1 ? selected : [clicked ?? active.uri ?? (await pickToAnalyze())].filter((uri) => uri !== null);
  for (const uri of uris) await startRun(context, 'auto', [uri]);
}

/** *Collate: Crosswalk With...*: two selected files as they are, otherwise one document, picked where none is open, and a target the user picks. */
export async function crosswalkWith(context: CommandContext, active: ActiveDocument, parameters: readonly unknown[]): Promise<void> {
  const { clicked, selected } = resources(parameters);
  if (selected.length > 2) {
    await vscode.window.showInformationMessage(`A crosswalk compares two documents; ${selected.length} are selected. Select the source and the target.`);
    return;
  }
  const [first, second] = selected;
  if (first !== undefined && second !== undefined) return startRun(context, 'crosswalk', [first, second]);
  const source = clicked ?? active.uri ?? (await pickSource());
  if (source === null) return;
  const target = await pickTarget(source);
  if (target === null) return;
  if (target.toString() === source.toString()) {
    await vscode.window.showInformationMessage(`${nameOf(source)} is the source already; pick another document as the target.`);
    return;
  }
  return startRun(context, 'crosswalk', [source, target]);
}
