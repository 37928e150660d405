import type { RunSnapshot } from '../../../shared/model.ts';
import { formatCount, oneLine } from '../engine/index.ts';
import type { Terminal } from './terminal.ts';

/** Milliseconds between two refreshes of the line: at most ten a second over all runs. */
const REFRESH_MS = 100;
const CLEAR_LINE = '\r\u001b[2K';

/**
 * Shows what runs are doing: on a screen one line that is refreshed, elsewhere a plain line at each change of operation and where a
 * run begins to wait.
 */
export class ProgressDisplay {
  readonly #terminal: Terminal;
  readonly #total: number;
  readonly #operations = new Map<string, string>();
  readonly #waiting = new Set<string>();
  #ended = 0;
  #drawnAt = -Infinity;
  #drawn = false;

  constructor(terminal: Terminal, total: number) {
    this.#terminal = terminal;
    this.#total = total;
  }

  show(snapshot: RunSnapshot): void {
    const { progress } = snapshot;
    if (snapshot.state !== 'running') {
      if (this.#operations.delete(snapshot.id)) this.#ended += 1;
      return;
    }
    if (progress === null) return;
    const changed = this.#operations.get(snapshot.id) !== progress.operation;
    this.#operations.set(snapshot.id, progress.operation);
    const beginsToWait = progress.waiting === true && !this.#waiting.has(snapshot.id);
    if (progress.waiting === true) this.#waiting.add(snapshot.id);
    else this.#waiting.delete(snapshot.id);
    const title = oneLine(snapshot.title);
    if (!this.#terminal.refreshes) {
      if (changed || beginsToWait) this.#terminal.err(`${title}: ${oneLine(progress.message)}\n`);
      return;
    }
    const now = this.#terminal.now();
    if (now - this.#drawnAt < REFRESH_MS) return;
    this.#drawnAt = now;
    const count = progress.total > 0 ? ` ${formatCount(progress.done)} of ${formatCount(progress.total)}` : '';
    const which = this.#total > 1 ? `[${String(this.#ended + 1)} of ${String(this.#total)}] ` : '';
    const line = [...`${which}${title}: ${oneLine(progress.message)}${count}`].slice(0, this.#terminal.messageColumns - 1).join('');
    this.#terminal.err(`${CLEAR_LINE}${line}`);
    this.#drawn = true;
  }

  /** A message of its own line; the progress line comes back with the next change. */
  message(text: string): void {
    this.clear();
    this.#terminal.err(`${text}\n`);
  }

  clear(): void {
    if (this.#drawn) this.#terminal.err(CLEAR_LINE);
    this.#drawn = false;
  }
}
