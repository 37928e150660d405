import type { Connection, WorkDoneProgressServerReporter } from 'vscode-languageserver/node';
import { failureOf } from '../../../../shared/failure.ts';
import type { RunSnapshot } from '../../../../shared/model.ts';
import { progressWords } from '../../../../shared/words/progressWords.ts';

interface Shown {
  words: string;
  reporter: WorkDoneProgressServerReporter | null;
}

/** Work-done progress of the runs at work here. Cancelling it cancels the run. */
export class RunProgress {
  readonly #connection: Connection;
  readonly #cancel: (runId: string) => void;
  readonly #shown = new Map<string, Shown>();

  constructor(connection: Connection, cancel: (runId: string) => void) {
    this.#connection = connection;
    this.#cancel = cancel;
  }

  update(snapshot: RunSnapshot): void {
    const shown = this.#shown.get(snapshot.id);
    if (snapshot.state !== 'running') {
      this.#shown.delete(snapshot.id);
      shown?.reporter?.done();
      return;
    }
    const words = progressWords(snapshot);
    if (shown === undefined) this.#begin(snapshot, words);
    else if (shown.words !== words) {
      shown.words = words;
      shown.reporter?.report(words);
    }
  }

  #begin(snapshot: RunSnapshot, words: string): void {
    const shown: Shown = { words, reporter: null };
    this.#shown.set(snapshot.id, shown);
    this.#connection.window.createWorkDoneProgress().then(
      (reporter) => {
        reporter.begin(`Collate: ${snapshot.title}`, undefined, shown.words, true);
        // The run may have come to rest while the client made the bar.
        if (this.#shown.get(snapshot.id) !== shown) {
          reporter.done();
          return;
        }
        shown.reporter = reporter;
        reporter.token.onCancellationRequested(() => this.#cancel(snapshot.id));
      },
      (thrown: unknown) => this.#connection.console.error(`No progress for run ${snapshot.id}: ${failureOf(thrown).message}`),
    );
  }
}
