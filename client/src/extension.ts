/** The activation entry: registers, and loads the client when something of Collate is used. */
import { createRequire } from 'node:module';
import * as vscode from 'vscode';
import type * as clientModule from './client.ts';
import { COMMANDS, DOCUMENT_SELECTOR, PANEL_TYPE, VIEWS, type ViewName } from './names.ts';

interface Loaded {
  client?: clientModule.Client;
}
const loaded: Loaded = {};

export function activate(context: vscode.ExtensionContext): void {
  const firstUse = new vscode.EventEmitter<clientModule.Client>();
  context.subscriptions.push(firstUse);
  const load = (): clientModule.Client => {
    if (loaded.client === undefined) {
      loaded.client = (createRequire(__filename)('./client.cjs') as typeof clientModule).createClient(context);
      firstUse.fire(loaded.client);
    }
    return loaded.client;
  };
  for (const name of COMMANDS) {
    context.subscriptions.push(
      vscode.commands.registerCommand(`collate.${name}`, (...parameters: readonly unknown[]) => load().commands[name](...parameters)),
    );
  }
  for (const name of VIEWS) context.subscriptions.push(vscode.window.registerTreeDataProvider(`collate.${name}`, lateView(name, firstUse.event, () => ranHere(context), load)));
  context.subscriptions.push(
    vscode.window.registerWebviewPanelSerializer(PANEL_TYPE, {
      deserializeWebviewPanel: (panel, state: unknown) => load().restorePanel(panel, state),
    }),
  );
  void startWhereItRan(context, load);
}

/** A view whose provider is loaded when there is something to show; a window without runs shows the welcome and loads nothing. */
function lateView(name: ViewName, whenLoaded: vscode.Event<clientModule.Client>, hasRuns: () => Promise<boolean>, load: () => clientModule.Client): vscode.TreeDataProvider<unknown> {
  const changed = new vscode.EventEmitter<unknown>();
  whenLoaded((client) => {
    client.views[name].onDidChangeTreeData?.((item) => changed.fire(item));
    changed.fire(undefined);
  });
  return {
    onDidChangeTreeData: changed.event,
    getTreeItem: (item) => load().views[name].getTreeItem(item),
    getChildren: async (item) => (loaded.client === undefined && !(await hasRuns()) ? [] : load().views[name].getChildren(item)),
  };
}

export async function deactivate(): Promise<void> {
  await loaded.client?.stop();
}

/** In a folder that has runs, the server starts with the first document they may speak about. */
async function startWhereItRan(context: vscode.ExtensionContext, load: () => clientModule.Client): Promise<void> {
  if (!(await ranIn(workspaceStores()))) return;
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

const STORE_FILE = 'work.db';

/** Stores of the window's folders, where no setting moves them. */
function workspaceStores(): readonly vscode.Uri[] {
  return (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => vscode.Uri.joinPath(uri, '.collate', STORE_FILE));
}

async function ranIn(stores: readonly vscode.Uri[]): Promise<boolean> {
  return (await Promise.all(stores.map(exists))).includes(true);
}

/** True where the window has runs to show: of its folders, of a folder that a setting names, or of documents outside of every folder. */
function ranHere({ globalStorageUri }: vscode.ExtensionContext): Promise<boolean> {
  const moved = vscode.workspace.getConfiguration('collate').get<string>('store', '');
  return moved === '' ? ranIn([...workspaceStores(), vscode.Uri.joinPath(globalStorageUri, STORE_FILE)]) : Promise.resolve(true);
}

async function exists(uri: vscode.Uri): Promise<boolean> {
  return vscode.workspace.fs.stat(uri).then(
    () => true,
    () => false,
  );
}
