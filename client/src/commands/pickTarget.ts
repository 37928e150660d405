import * as vscode from 'vscode';
import { nameOf, openTabs } from '../documents.ts';

/** What can be compared unit by unit; transcripts and JSON lists are not cut into provisions. */
const TARGETS = '**/*.{md,markdown,txt,jsonl}';
const NOT_TARGETS = '**/{node_modules,.git,.collate,dist,out}/**';
/** Files listed of a workspace; above it the user browses. */
const MAX_FILES = 2_000;

interface TargetItem extends vscode.QuickPickItem {
  readonly uri?: vscode.Uri;
  readonly browse?: true;
}

function itemOf(uri: vscode.Uri): TargetItem {
  const path = uri.scheme === 'file' ? vscode.workspace.asRelativePath(uri) : 'not saved yet';
  return { label: nameOf(uri), description: path === nameOf(uri) ? '' : path, uri };
}

function separator(label: string): TargetItem {
  return { label, kind: vscode.QuickPickItemKind.Separator };
}

async function items(source: vscode.Uri): Promise<TargetItem[]> {
  const isSource = (uri: vscode.Uri): boolean => uri.toString() === source.toString();
  const open = openTabs().filter((uri) => !isSource(uri));
  const isOpen = new Set(open.map((uri) => uri.toString()));
  const files = (await vscode.workspace.findFiles(TARGETS, NOT_TARGETS, MAX_FILES))
    .filter((uri) => !isSource(uri) && !isOpen.has(uri.toString()))
    .sort((a, b) => a.path.localeCompare(b.path));
  return [
    ...(open.length === 0 ? [] : [separator('open editors'), ...open.map(itemOf)]),
    ...(files.length === 0 ? [] : [separator(files.length < MAX_FILES ? 'workspace' : `workspace, the first ${MAX_FILES} files`), ...files.map(itemOf)]),
    separator(''),
    { label: 'Browse...', description: 'a document that is not listed', browse: true, alwaysShow: true },
  ];
}

/** Asks for the document to compare `source` with; null when the user left. */
export async function pickTarget(source: vscode.Uri): Promise<vscode.Uri | null> {
  const picked = await vscode.window.showQuickPick(items(source), {
    title: 'Crosswalk With...',
    placeHolder: `Source: ${nameOf(source)}. Pick the target to compare it with.`,
    matchOnDescription: true,
  });
  if (picked?.browse !== true) return picked?.uri ?? null;
  const [browsed] =
    (await vscode.window.showOpenDialog({
      title: `Target to compare ${nameOf(source)} with`,
      openLabel: 'Compare',
      filters: { Documents: ['md', 'markdown', 'txt', 'jsonl'], 'All Files': ['*'] },
    })) ?? [];
  return browsed ?? null;
}
