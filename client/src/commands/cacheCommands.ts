import * as vscode from 'vscode';
import type { CacheFigures } from '../../../shared/protocol/lsp.ts';
import { counted, formatBytes } from '../../../shared/words/format.ts';
import type { CommandContext } from './startRun.ts';

function inWords({ answers, extractions }: CacheFigures): string {
  return `${counted(answers.entries, 'answer of a model', 'answers of models')} and ${counted(extractions.entries, 'text read', 'texts read')}`;
}

/** True where clearing costs nothing, or the user wants it all the same. */
async function isWanted({ answers, extractions }: CacheFigures): Promise<boolean> {
  if (answers.entries === 0) return true;
  const clear = 'Clear';
  const detail = [
    `${counted(answers.entries, 'answer of a model was', 'answers of models were')} paid for (${formatBytes(answers.bytes)}) and would be paid for again.`,
    `What was read from texts (${formatBytes(extractions.bytes)}) is read again at no cost. Runs and reviews stay as they are.`,
  ].join(' ');
  return (await vscode.window.showWarningMessage('Clear the cache of this window?', { modal: true, detail }, clear)) === clear;
}

/** *Collate: Clear Cache*: of every folder of the window. */
export async function clearCache({ server }: CommandContext): Promise<void> {
  const held = await server.request('cache/stats', null);
  if (held.answers.entries + held.extractions.entries === 0) {
    await vscode.window.showInformationMessage('The cache is empty.');
    return;
  }
  if (!(await isWanted(held))) return;
  const gone = await server.request('cache/clear', null);
  await vscode.window.showInformationMessage(`${formatBytes(gone.answers.bytes + gone.extractions.bytes)} freed: ${inWords(gone)} are cleared.`);
}
