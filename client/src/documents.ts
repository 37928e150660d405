import * as vscode from 'vscode';
import { DOCUMENT_SELECTOR, PICTURE_ENDINGS } from './names.ts';

/** Last part of a document's path, as its tab shows it. */
export function nameOf(uri: vscode.Uri): string {
  return uri.path.slice(uri.path.lastIndexOf('/') + 1);
}

function isReadableScheme(uri: vscode.Uri): boolean {
  return uri.scheme === 'file' || uri.scheme === 'untitled';
}

/** The document a tab shows: a text, or a picture in its preview. Null: anything else. */
function shownIn({ input }: vscode.Tab): vscode.Uri | null {
  if (input instanceof vscode.TabInputText) return input.uri;
  const isPicture = input instanceof vscode.TabInputCustom && PICTURE_ENDINGS.some((ending) => input.uri.path.toLowerCase().endsWith(`.${ending}`));
  return isPicture ? input.uri : null;
}

/** Remembers the document the user last worked in, so that a command finds it while the results panel has the focus. */
export class ActiveDocument implements vscode.Disposable {
  #last: vscode.Uri | null = null;
  readonly #listeners = [
    vscode.window.onDidChangeActiveTextEditor(() => this.#take()),
    vscode.window.tabGroups.onDidChangeTabs(() => this.#take()),
    vscode.window.tabGroups.onDidChangeTabGroups(() => this.#take()),
  ];

  constructor() {
    this.#last = vscode.window.visibleTextEditors.map(({ document }) => document.uri).find(isReadableScheme) ?? null;
    this.#take();
  }

  /** The active document, or the last that was and is still open; null where there is none. */
  get uri(): vscode.Uri | null {
    this.#take();
    const last = this.#last?.toString();
    const isOpen =
      openTabs().some((uri) => uri.toString() === last) ||
      vscode.workspace.textDocuments.some(({ uri, isClosed }) => !isClosed && uri.toString() === last);
    return isOpen ? this.#last : null;
  }

  dispose(): void {
    for (const listener of this.#listeners) listener.dispose();
  }

  /** The tab goes first: a file VS Code finds too large to show without asking has a tab and no editor. */
  #take(): void {
    const tab = vscode.window.tabGroups.activeTabGroup.activeTab;
    const uri = (tab === undefined ? null : shownIn(tab)) ?? vscode.window.activeTextEditor?.document.uri;
    if (uri !== undefined && isReadableScheme(uri)) this.#last = uri;
  }
}

/**
 * Sees to it that what the user sees is what is read. Open text is sent for the file types of the selector; an unsaved
 * change of any other type has to be saved first. False where the user did not want that.
 */
export async function readyToRead(uri: vscode.Uri): Promise<boolean> {
  const document = vscode.workspace.textDocuments.find((open) => open.uri.toString() === uri.toString());
  if (document === undefined || !document.isDirty || vscode.languages.match([...DOCUMENT_SELECTOR], document) > 0) return true;
  const save = 'Save and Continue';
  const answer = await vscode.window.showWarningMessage(
    `${nameOf(uri)} has unsaved changes, and files of this type are read from the disk.`,
    save,
  );
  return answer === save && (await document.save());
}

/** The documents of all tabs, in tab order, without doubles. */
export function openTabs(): readonly vscode.Uri[] {
  const uris = vscode.window.tabGroups.all.flatMap((group) =>
    group.tabs.flatMap((tab) => {
      const uri = shownIn(tab);
      return uri !== null && isReadableScheme(uri) ? [uri] : [];
    }),
  );
  return [...new Map(uris.map((uri) => [uri.toString(), uri])).values()];
}
