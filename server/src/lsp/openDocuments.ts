import { TextDocuments, type Connection, type Disposable, type TextDocumentChangeEvent } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { pathOf } from './home.ts';

/** One name per document, however its URI is written: clients and Node encode the same path differently. */
function nameOf(uri: string): string {
  return pathOf(uri) ?? uri;
}

/** The documents open in the editor, with the text the user sees: saved or not. */
export class OpenDocuments {
  readonly #documents = new TextDocuments(TextDocument);
  readonly #byName = new Map<string, TextDocument>();
  readonly #normalised = new WeakMap<TextDocument, { readonly version: number; readonly text: string }>();

  constructor() {
    this.#documents.onDidChangeContent(({ document }) => this.#byName.set(nameOf(document.uri), document));
    this.#documents.onDidClose(({ document }) => this.#byName.delete(nameOf(document.uri)));
  }

  listen(connection: Connection): Disposable {
    return this.#documents.listen(connection);
  }

  onDidClose(listener: (event: TextDocumentChangeEvent<TextDocument>) => void): Disposable {
    return this.#documents.onDidClose(listener);
  }

  /** The open text, or null where the document is not open. */
  text(uri: string): string | null {
    return this.#byName.get(nameOf(uri))?.getText() ?? null;
  }

  /** The version of the open text, or null where the document is not open. */
  version(uri: string): number | null {
    return this.#byName.get(nameOf(uri))?.version ?? null;
  }

  /** Line ends and byte order mark as every offset of a run counts them. Lines and columns stay the editor's own. */
  normalisedText(uri: string): string | null {
    const document = this.#byName.get(nameOf(uri));
    if (document === undefined) return null;
    const known = this.#normalised.get(document);
    if (known?.version === document.version) return known.text;
    const shown = document.getText().replace(/^\uFEFF/, '');
    const text = shown.includes('\r') ? shown.replace(/\r\n?/g, '\n') : shown;
    this.#normalised.set(document, { version: document.version, text });
    return text;
  }
}
