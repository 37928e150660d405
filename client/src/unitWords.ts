import * as vscode from 'vscode';
import type { RowAddress } from '../../shared/protocol/reviews.ts';
import { WORDS_SCHEME } from './names.ts';
import type { ServerClient } from './serverClient.ts';

/** Longest part of a heading in a tab. */
const MAX_NAME = 60;

interface Words extends RowAddress {
  readonly unit: string;
}

/** A document that shows the words of one unit of a row and nothing else. */
export function wordsUri({ runId, id }: RowAddress, unit: string, name: string): vscode.Uri {
  const words: Words = { runId, id, unit };
  const path = name.replace(/[^\p{L}\p{N}.()]+/gu, ' ').trim().slice(0, MAX_NAME);
  return vscode.Uri.from({
    scheme: WORDS_SCHEME,
    // As Markdown, whose lines the editor wraps.
    path: `/${path === '' ? 'words' : path}.md`,
    query: JSON.stringify(words),
  });
}

/** Gives the difference view the words of units as the run read them. */
export class UnitWords implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #server: ServerClient;
  readonly #registration: vscode.Disposable;

  constructor(server: ServerClient) {
    this.#server = server;
    this.#registration = vscode.workspace.registerTextDocumentContentProvider(WORDS_SCHEME, this);
  }

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    const { runId, id, unit } = JSON.parse(uri.query) as Words;
    const { source, targets } = await this.#server.request('run/match', { runId, id });
    const found = [...(source === null ? [] : [source]), ...targets.map(({ text }) => text)].find((one) => one.unit.key === unit);
    if (found === undefined) throw new Error('This provision is no longer part of the match. Open the match in the results and compare again.');
    const cut = found.truncated ? '\n\n(The rest is too long to be compared here; open the document.)' : '';
    // A sentence a line: the difference view compares lines.
    return `${found.text.trim().replace(/(?<=[.;:])\s+(?=\S)/gu, '\n')}\n${cut}`;
  }

  dispose(): void {
    this.#registration.dispose();
  }
}
