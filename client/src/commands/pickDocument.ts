import * as vscode from 'vscode';
import { nameOf, openTabs } from '../documents.ts';
import { PICTURE_ENDINGS, READABLE_ENDINGS } from '../names.ts';

/** What can be compared unit by unit; transcripts and JSON lists are not cut into provisions. */
const COMPARABLE = ['md', 'markdown', 'txt', 'jsonl'] as const;
const NOT_LISTED = '**/{node_modules,.git,.collate,dist,out}/**';
/** Files listed of a workspace; above it the user browses. */
const MAX_FILES = 2_000;

interface DocumentItem extends vscode.QuickPickItem {
  readonly uri?: vscode.Uri;
  readonly browse?: true;
}

function itemOf(uri: vscode.Uri): DocumentItem {
  const path = uri.scheme === 'file' ? vscode.workspace.asRelativePath(uri) : 'not saved yet';
  return { label: nameOf(uri), description: path === nameOf(uri) ? '' : path, uri };
}

function separator(label: string): DocumentItem {
  return { label, kind: vscode.QuickPickItemKind.Separator };
}

interface Question {
  readonly title: string;
  readonly placeHolder: string;
  /** What the button of the file dialog says. */
  readonly openLabel: string;
  readonly endings: readonly string[];
  /** A document that is no answer. */
  readonly without: vscode.Uri | null;
}

async function items({ endings, without }: Question): Promise<DocumentItem[]> {
  const isAnswer = (uri: vscode.Uri): boolean => uri.toString() !== without?.toString();
  const open = openTabs().filter(isAnswer);
  const isOpen = new Set(open.map((uri) => uri.toString()));
  const files = (await vscode.workspace.findFiles(`**/*.{${endings.join(',')}}`, NOT_LISTED, MAX_FILES))
    .filter((uri) => isAnswer(uri) && !isOpen.has(uri.toString()))
    .sort((a, b) => a.path.localeCompare(b.path));
  return [
    ...(open.length === 0 ? [] : [separator('open editors'), ...open.map(itemOf)]),
    ...(files.length === 0 ? [] : [separator(files.length < MAX_FILES ? 'workspace' : `workspace, the first ${MAX_FILES} files`), ...files.map(itemOf)]),
    separator(''),
    { label: 'Browse...', description: 'a document that is not listed', browse: true, alwaysShow: true },
  ];
}

/** Null when the user left. */
async function pick(question: Question): Promise<vscode.Uri | null> {
  const { title, placeHolder, openLabel, endings } = question;
  const picked = await vscode.window.showQuickPick(items(question), { title, placeHolder, matchOnDescription: true, ignoreFocusOut: true });
  if (picked?.browse !== true) return picked?.uri ?? null;
  const [browsed] = (await vscode.window.showOpenDialog({ title: placeHolder, openLabel, filters: { Documents: [...endings, ...PICTURE_ENDINGS], 'All Files': ['*'] } })) ?? [];
  return browsed ?? null;
}

/** Asks for the document that is compared with another. */
export function pickSource(): Promise<vscode.Uri | null> {
  return pick({ title: 'Crosswalk With... (1/2)', placeHolder: 'Pick the source: the older or the governing document.', openLabel: 'Take as Source', endings: COMPARABLE, without: null });
}

/** Asks for the document to compare `source` with. */
export function pickTarget(source: vscode.Uri): Promise<vscode.Uri | null> {
  return pick({
    title: 'Crosswalk With...', placeHolder: `Source: ${nameOf(source)}. Pick the target to compare it with.`, openLabel: 'Compare', endings: COMPARABLE, without: source,
  });
}

/** Asks for the document to analyze. */
export function pickToAnalyze(): Promise<vscode.Uri | null> {
  return pick({ title: 'Analyze Document', placeHolder: 'Pick the document to analyze.', openLabel: 'Analyze', endings: READABLE_ENDINGS, without: null });
}
