import * as vscode from 'vscode';
import { originOf, type ApiKeys } from '../secrets.ts';
import type { ServerClient } from '../serverClient.ts';

const SET_KEY = 'Set API Key';
const SETTINGS = 'Open Settings';

/** The origin of the server that is set; null, and a sentence, where the address is none. */
async function endpointOrigin(): Promise<string | null> {
  const baseUrl = vscode.workspace.getConfiguration('collate').get<string>('openai.baseUrl', '');
  const origin = originOf(baseUrl);
  if (origin !== null) return origin;
  const answer = await vscode.window.showWarningMessage('collate.openai.baseUrl is not the address of a server without user, password and query. Correct it first.', SETTINGS);
  if (answer === SETTINGS) await openSettings('collate.openai.baseUrl');
  return null;
}

async function openSettings(query: string): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.openSettings', query);
}

function wrongKey(key: string): string | null {
  const trimmed = key.trim();
  if (trimmed === '') return 'Paste the key.';
  return /^[\x21-\x7e]+$/.test(trimmed) ? null : 'A key has no blanks and no typographic signs.';
}

/** *Collate: Set API Key...*: keeps a key for the server that is set. */
export async function setApiKey(keys: ApiKeys): Promise<void> {
  const origin = await endpointOrigin();
  if (origin === null) return;
  const key = await vscode.window.showInputBox({
    title: `API key for ${origin}`,
    prompt: `Kept in this computer's secret storage and sent to ${origin} alone.`,
    password: true,
    ignoreFocusOut: true,
    validateInput: wrongKey,
  });
  if (key === undefined) return;
  await keys.set(origin, key.trim());
  await vscode.window.showInformationMessage(`The key for ${origin} is kept. "Collate: Test Connection" says whether it works.`);
}

/** *Collate: Forget API Key*: of the server that is set. */
export async function forgetApiKey(keys: ApiKeys): Promise<void> {
  const origin = await endpointOrigin();
  if (origin === null) return;
  const had = (await keys.get(origin)) !== undefined;
  if (had) await keys.forget(origin);
  await vscode.window.showInformationMessage(had ? `The key for ${origin} is forgotten.` : `There is no key for ${origin}.`);
}

/** *Collate: Test Connection*: one tiny request, and a sentence on what works or what to do. */
export async function testConnection(server: ServerClient, keys: ApiKeys): Promise<void> {
  if (!vscode.workspace.isTrusted) {
    const manage = 'Manage Workspace Trust';
    const answer = await vscode.window.showInformationMessage('This workspace is not trusted, so no language model is asked: documents are read by rules on this machine.', manage);
    if (answer === manage) await vscode.commands.executeCommand('workbench.trust.manage');
    return;
  }
  const uri = vscode.window.activeTextEditor?.document.uri ?? vscode.workspace.workspaceFolders?.[0]?.uri ?? null;
  const { works, message } = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: 'Testing the connection', cancellable: true },
    (_, token) => server.request('model/test', { uri: uri === null ? null : uri.toString() }, token),
  );
  if (works) return void (await vscode.window.showInformationMessage(message));
  const usesKey = vscode.workspace.getConfiguration('collate', uri).get('provider') === 'openai';
  const answer = await vscode.window.showWarningMessage(message, ...(usesKey ? [SET_KEY] : []), SETTINGS);
  if (answer === SET_KEY) await setApiKey(keys);
  else if (answer === SETTINGS) await openSettings('@ext:collate.collate provider');
}
