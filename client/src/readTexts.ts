import * as vscode from 'vscode';
import { asReadOf, AS_READ_SCHEME } from '../../shared/asRead.ts';
import type { ServerClient } from './serverClient.ts';

/** Shows what a model read from a picture, which has no lines of its own: read-only, as the run has it. */
export class ReadTexts implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #server: ServerClient;
  readonly #registration: vscode.Disposable;

  constructor(server: ServerClient) {
    this.#server = server;
    this.#registration = vscode.Disposable.from(
      vscode.workspace.registerTextDocumentContentProvider(AS_READ_SCHEME, this),
      // Pages come as Markdown, whose lines the editor wraps.
      vscode.workspace.onDidOpenTextDocument((document) => {
        if (document.uri.scheme === AS_READ_SCHEME && document.languageId === 'plaintext') void vscode.languages.setTextDocumentLanguage(document, 'markdown');
      }),
    );
  }

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    const asked = asReadOf(uri.query);
    if (asked === null) throw new Error('This address names no text that was read. Open it from the results again.');
    return (await this.#server.request('run/readText', asked)).text;
  }

  dispose(): void {
    this.#registration.dispose();
  }
}
