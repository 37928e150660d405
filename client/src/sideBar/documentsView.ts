import * as vscode from 'vscode';
import type { DocumentSummary, RunSnapshot } from '../../../shared/model.ts';
import { counted } from '../../../shared/words/format.ts';
import { newestRuns } from '../commands/runCommands.ts';
import { runDetail, STATE_ICONS } from '../commands/runWords.ts';
import { KIND_WORDS } from '../kindWords.ts';
import type { ServerClient } from '../serverClient.ts';
import { LiveView } from './liveView.ts';

interface DocumentItem {
  readonly document: DocumentSummary;
  /** Where it is now; null where it is not found. */
  readonly uri: vscode.Uri | null;
  /** Runs that read it, the newest first. */
  readonly runs: readonly RunSnapshot[];
}
type Item = DocumentItem | { readonly run: RunSnapshot; readonly of: string };

const KIND_ICONS = { transcript: 'comment-discussion', adoptionAgreement: 'checklist', labelledRecords: 'table' } as const;

function iconOf({ kind }: DocumentSummary): string {
  return (KIND_ICONS as Readonly<Record<string, string>>)[kind] ?? 'file-text';
}

/** Where a document of a run stands: its key starts at one of the workspace folders. */
async function uriOf({ key }: DocumentSummary): Promise<vscode.Uri | null> {
  const isWhole = key.startsWith('/') || /^[A-Za-z]:\//u.test(key);
  const places = isWhole ? [vscode.Uri.file(key)] : (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => vscode.Uri.joinPath(uri, key));
  for (const uri of places) {
    const isThere = await vscode.workspace.fs.stat(uri).then(() => true, () => false);
    if (isThere) return uri;
  }
  return null;
}

/** Documents that were analyzed, each with its runs. */
export class DocumentsView extends LiveView<Item> {
  readonly #server: ServerClient;

  constructor(server: ServerClient) {
    super(server);
    this.#server = server;
  }

  getTreeItem(item: Item): vscode.TreeItem {
    if ('run' in item) {
      const { run, of } = item;
      const leaf = new vscode.TreeItem(run.title);
      leaf.id = `${of} ${run.id}`;
      leaf.description = runDetail(run, Date.now());
      leaf.iconPath = new vscode.ThemeIcon(STATE_ICONS[run.state]);
      leaf.contextValue = 'run';
      leaf.command = { command: 'collate.openRun', title: 'Show Results', arguments: [{ run }] };
      return leaf;
    }
    const { document, uri } = item;
    const node = new vscode.TreeItem(document.path.slice(document.path.lastIndexOf('/') + 1), vscode.TreeItemCollapsibleState.Collapsed);
    node.id = document.key;
    node.description = `${KIND_WORDS[document.kind]}, ${counted(document.units, 'unit', 'units')}`;
    node.iconPath = new vscode.ThemeIcon(iconOf(document));
    node.tooltip = [document.path, ...document.problems.slice(0, 5).map(({ message }) => message)].join('\n');
    node.contextValue = 'document';
    if (uri !== null) {
      node.resourceUri = uri;
      node.command = { command: 'vscode.open', title: 'Open', arguments: [uri] };
    }
    return node;
  }

  protected async load(): Promise<readonly Item[]> {
    const found = new Map<string, { document: DocumentSummary; runs: RunSnapshot[] }>();
    for (const run of await newestRuns(this.#server)) {
      for (const document of run.documents) {
        const known = found.get(document.key);
        if (known === undefined) found.set(document.key, { document, runs: [run] });
        else known.runs.push(run);
      }
    }
    const items = await Promise.all([...found.values()].map(async (one) => ({ ...one, uri: await uriOf(one.document) })));
    return items.sort((a, b) => a.document.path.localeCompare(b.document.path));
  }

  protected below(item: Item): readonly Item[] {
    return 'run' in item ? [] : item.runs.map((run) => ({ run, of: item.document.key }));
  }
}
