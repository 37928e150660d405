/** One listener a signal, however many calls of a run wait on it: removing a listener of a host's signal is a search. */
export class SignalWatch {
  readonly #watched = new Map<AbortSignal, { readonly reactions: Set<() => void>; readonly listener: () => void }>();

  /** Calls `react` once when the signal is aborted. The signal must not be aborted yet. */
  add(signal: AbortSignal, react: () => void): void {
    let watched = this.#watched.get(signal);
    if (watched === undefined) {
      const reactions = new Set<() => void>();
      const listener = (): void => {
        this.#watched.delete(signal);
        for (const reaction of [...reactions]) reaction();
      };
      watched = { reactions, listener };
      this.#watched.set(signal, watched);
      signal.addEventListener('abort', listener, { once: true });
    }
    watched.reactions.add(react);
  }

  remove(signal: AbortSignal, react: () => void): void {
    const watched = this.#watched.get(signal);
    if (watched === undefined || !watched.reactions.delete(react) || watched.reactions.size > 0) return;
    this.#watched.delete(signal);
    signal.removeEventListener('abort', watched.listener);
  }
}
