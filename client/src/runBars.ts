import * as vscode from 'vscode';
import type { ProgressToken, WorkDoneProgressBegin, WorkDoneProgressEnd, WorkDoneProgressReport } from 'vscode-languageclient/node';

/** A run that ends sooner shows no bar: it would be gone before it is read. Milliseconds. */
const SHOW_AFTER_MS = 400;

class Bar {
  #words: string;
  #ended = false;
  #report: (words: string) => void = () => undefined;
  #close: () => void = () => undefined;

  constructor(words: string) {
    this.#words = words;
  }

  get ended(): boolean {
    return this.#ended;
  }

  report(words: string): void {
    this.#words = words;
    this.#report(words);
  }

  end(): void {
    this.#ended = true;
    this.#close();
  }

  /** Resolves when the bar is gone. */
  show(title: string, cancel: (() => void) | null): Thenable<void> {
    return vscode.window.withProgress(
      { location: vscode.ProgressLocation.Notification, title, cancellable: cancel !== null },
      (progress, cancelled) => {
        if (cancel !== null) cancelled.onCancellationRequested(cancel);
        this.#report = (words) => progress.report({ message: words });
        this.#report(this.#words);
        return new Promise<void>((resolve) => {
          this.#close = resolve;
          if (this.#ended) resolve();
        });
      },
    );
  }
}

/** Shows the server's work-done progress as notifications with a Cancel button; the protocol's own way has none. */
export class RunBars {
  readonly #cancel: (token: ProgressToken) => void;
  readonly #bars = new Map<ProgressToken, Bar>();

  constructor(cancel: (token: ProgressToken) => void) {
    this.#cancel = cancel;
  }

  update(token: ProgressToken, value: WorkDoneProgressBegin | WorkDoneProgressReport | WorkDoneProgressEnd): void {
    switch (value.kind) {
      case 'begin':
        this.#begin(token, value);
        return;
      case 'report':
        if (value.message !== undefined) this.#bars.get(token)?.report(value.message);
        return;
      case 'end':
        this.#bars.get(token)?.end();
        this.#bars.delete(token);
        return;
    }
  }

  /** Ends every bar: the server that fed them is gone. */
  clear(): void {
    for (const bar of this.#bars.values()) bar.end();
    this.#bars.clear();
  }

  #begin(token: ProgressToken, { title, message, cancellable }: WorkDoneProgressBegin): void {
    const bar = new Bar(message ?? '');
    this.#bars.set(token, bar);
    setTimeout(() => {
      if (!bar.ended) void bar.show(title, cancellable === true ? () => this.#cancel(token) : null);
    }, SHOW_AFTER_MS);
  }
}
