/** A server that stops more often than this, in this time, has a lasting cause; starting it again would only repeat it. */
export const MAX_RESTARTS = 4;
export const RESTART_WINDOW_MS = 3 * 60_000;

/** Decides whether a server that stopped is started again. Times are milliseconds of one clock. */
export class RestartPolicy {
  #restarts: readonly number[] = [];

  /** The number of this restart within the window, or null when the server stays stopped. */
  stopped(now: number): number | null {
    const recent = this.#restarts.filter((at) => now - at < RESTART_WINDOW_MS);
    if (recent.length >= MAX_RESTARTS) return null;
    this.#restarts = [...recent, now];
    return this.#restarts.length;
  }

  /** Forgets what was; the user asked for a new start. */
  reset(): void {
    this.#restarts = [];
  }
}
