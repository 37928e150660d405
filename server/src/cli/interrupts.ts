/** Exit codes of a process ended by these signals, as shells count them. */
export const EXIT_INTERRUPTED = 130;
export const EXIT_TERMINATED = 143;

export interface Signals {
  on(signal: 'SIGINT' | 'SIGTERM', listener: () => void): unknown;
  off(signal: 'SIGINT' | 'SIGTERM', listener: () => void): unknown;
  exit(code: number): unknown;
}

/** The first Ctrl+C (or SIGTERM) stops the work, the second ends the process at once. */
export class Interrupts {
  readonly #signals: Signals;
  readonly #listeners = new Set<() => void>();
  readonly #onInterrupt = (): void => this.#receive(EXIT_INTERRUPTED);
  readonly #onTerminate = (): void => this.#receive(EXIT_TERMINATED);
  #code: number | null = null;

  constructor(signals: Signals) {
    this.#signals = signals;
    signals.on('SIGINT', this.#onInterrupt);
    signals.on('SIGTERM', this.#onTerminate);
  }

  /** Exit code of the signal that came, or null. */
  get code(): number | null {
    return this.#code;
  }

  /** Calls back once, at the first signal, at once where it has come already. */
  onFirst(listener: () => void): void {
    if (this.#code !== null) listener();
    else this.#listeners.add(listener);
  }

  close(): void {
    this.#signals.off('SIGINT', this.#onInterrupt);
    this.#signals.off('SIGTERM', this.#onTerminate);
  }

  #receive(code: number): void {
    if (this.#code !== null) {
      this.#signals.exit(code);
      return;
    }
    this.#code = code;
    for (const listener of this.#listeners) listener();
  }
}
