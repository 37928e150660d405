import * as vscode from 'vscode';
import { failureOf } from '../../shared/failure.ts';
import type { RunSnapshot } from '../../shared/model.ts';
import { ago } from './commands/runWords.ts';
import { KIND_WORDS } from './kindWords.ts';
import { DOCUMENT_SELECTOR } from './names.ts';
import type { ServerClient } from './serverClient.ts';

/** The language status of documents Collate reads: what they are read as, and how their newest run stands. */
export class Status implements vscode.Disposable {
  readonly #server: ServerClient;
  readonly #item = vscode.languages.createLanguageStatusItem('collate.status', [...DOCUMENT_SELECTOR]);
  readonly #listeners: readonly vscode.Disposable[];
  /** The document asked about last; an answer on another one is too late. */
  #asked: string | null = null;

  constructor(server: ServerClient) {
    this.#server = server;
    this.#item.name = 'Collate';
    this.#item.command = { command: 'collate.showResults', title: 'Show Results' };
    this.#listeners = [
      vscode.window.onDidChangeActiveTextEditor(() => void this.#update()),
      server.onStateChanged(() => void this.#update()),
      server.onProgress((run) => this.#followed(run)),
    ];
    void this.#update();
  }

  dispose(): void {
    for (const listener of this.#listeners) listener.dispose();
    this.#item.dispose();
  }

  #say(text: string, detail: string, severity = vscode.LanguageStatusSeverity.Information, busy = false): void {
    this.#item.text = text;
    this.#item.detail = detail;
    this.#item.severity = severity;
    this.#item.busy = busy;
  }

  /** While a run is at work the status follows it; at rest it speaks of the document again. */
  #followed(run: RunSnapshot): void {
    if (run.state === 'running') {
      this.#say('Collate', run.progress?.message ?? 'A run starts', vscode.LanguageStatusSeverity.Information, true);
    } else void this.#update();
  }

  async #update(): Promise<void> {
    const { state, message } = this.#server.state;
    if (state !== 'running') {
      const severity = state === 'stopped' ? vscode.LanguageStatusSeverity.Error : vscode.LanguageStatusSeverity.Information;
      this.#say('Collate', message, severity, state === 'starting');
      return;
    }
    const document = vscode.window.activeTextEditor?.document;
    if (document === undefined || vscode.languages.match([...DOCUMENT_SELECTOR], document) === 0) return;
    const uri = document.uri.toString();
    this.#asked = uri;
    try {
      const [read, latest] = await Promise.all([
        this.#server.request('document/kind', { uri }),
        this.#server.request('run/latest', { uri }),
      ]);
      if (this.#asked !== uri) return;
      const text = read === null ? 'Collate' : KIND_WORDS[read.kind];
      const units = read === null ? '' : `${read.units} ${read.units === 1 ? 'unit' : 'units'}, `;
      this.#say(text, latest === null ? `${units}not analyzed yet` : `${units}analyzed ${ago(latest.startedAt, Date.now())}`);
    } catch (thrown) {
      if (this.#asked === uri) this.#say('Collate', failureOf(thrown).message, vscode.LanguageStatusSeverity.Warning);
    }
  }
}
