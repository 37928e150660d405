/** The activation entry: registers, and loads the client when something of Collate is used. */
import { createRequire } from 'node:module';
import * as vscode from 'vscode';
import type * as clientModule from './client.ts';
import { COMMANDS, DOCUMENT_SELECTOR, PANEL_TYPE } from './names.ts';

interface Loaded {
  client?: clientModule.Client;
}
const loaded: Loaded = {};

export function activate(context: vscode.ExtensionContext): void {
  const load = (): clientModule.Client => {
    loaded.client ??= (createRequire(__filename)('./client.cjs') as typeof clientModule).createClient(context);
    return loaded.client;
  };
  for (const name of COMMANDS) {
    context.subscriptions.push(
      vscode.commands.registerCommand(`collate.${name}`, (...parameters: readonly unknown[]) => load().commands[name](...parameters)),
    );
  }
  context.subscriptions.push(
    vscode.window.registerWebviewPanelSerializer(PANEL_TYPE, {
      deserializeWebviewPanel: (panel, state: unknown) => load().restorePanel(panel, state),
    }),
  );
  void startWhereItRan(context, load);
}

export async function deactivate(): Promise<void> {
  await loaded.client?.stop();
}

/** In a folder that has runs, the server starts with the first document they may speak about. */
async function startWhereItRan(context: vscode.ExtensionContext, load: () => clientModule.Client): Promise<void> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const ran = await Promise.all(folders.map((folder) => exists(vscode.Uri.joinPath(folder.uri, '.collate', 'work.db'))));
  if (!ran.includes(true)) return;
  const concerns = (document: vscode.TextDocument): boolean => vscode.languages.match([...DOCUMENT_SELECTOR], document) > 0;
  if (vscode.workspace.textDocuments.some(concerns)) {
    load().start();
    return;
  }
  const waiting = vscode.workspace.onDidOpenTextDocument((document) => {
    if (!concerns(document)) return;
    waiting.dispose();
    load().start();
  });
  context.subscriptions.push(waiting);
}

async function exists(uri: vscode.Uri): Promise<boolean> {
  return vscode.workspace.fs.stat(uri).then(
    () => true,
    () => false,
  );
}
