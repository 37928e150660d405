import type { RunSnapshot } from '../../../../shared/model.ts';
import type { Clock } from '../ports.ts';

/** At most ten snapshots a second for each run. */
const MIN_INTERVAL_MS = 100;

/** Hands snapshots to listeners, coalesced per run; a run at rest is always told. */
export class ProgressFeed {
  readonly #clock: Clock;
  readonly #listeners = new Set<(snapshot: RunSnapshot) => void>();
  readonly #lastAt = new Map<string, number>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  listen(listener: (snapshot: RunSnapshot) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  tell(snapshot: RunSnapshot): void {
    const now = this.#clock.monotonic();
    const last = this.#lastAt.get(snapshot.id);
    if (snapshot.state === 'running' && last !== undefined && now - last < MIN_INTERVAL_MS) return;
    if (snapshot.state === 'running') this.#lastAt.set(snapshot.id, now);
    else this.#lastAt.delete(snapshot.id);
    for (const listener of this.#listeners) listener(snapshot);
  }
}
