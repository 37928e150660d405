import type { FailureCode } from '../../../../shared/failure.ts';
import type { Clock } from '../ports.ts';
import type { Planned, Timeline } from './timeline.ts';

/** Milliseconds of trouble after which it is told what is waited for, and then how often. */
const TELL_EVERY_MS = 5_000;
/** Milliseconds without any answer that are told though nothing has failed: models think for a while. */
const SILENT_MS = 30_000;

type Trouble = 'refused' | 'failed';
const TROUBLES: Readonly<Partial<Record<FailureCode, Trouble>>> = { rateLimited: 'refused', quota: 'refused', unreachable: 'failed', timeout: 'failed' };

/** Calls that are not settled. Times are the clock's `monotonic`. */
export interface Unsettled {
  readonly inFlight: number;
  /** When a pause after a refusal is over. */
  readonly readyAt: number;
}

/** Says what a limiter waits for while nothing is answered, to whoever listens; without listeners it does nothing. */
export class WaitWatch {
  readonly #timeline: Timeline;
  readonly #clock: Clock;
  readonly #unsettled: (now: number) => Unsettled | null;
  readonly #listeners = new Set<(words: string | null) => void>();
  #planned: Planned | null = null;
  #isTold = false;
  #quietSince = 0;
  #trouble: Trouble | null = null;
  #troubleSince = 0;
  #attempts = 0;

  readonly #callMs: number;

  /** `unsettled`: null where there is nothing to wait for. `callMs`: milliseconds after which a call is given up. */
  constructor(timeline: Timeline, clock: Clock, unsettled: (now: number) => Unsettled | null, callMs: number) {
    this.#callMs = callMs;
    this.#timeline = timeline;
    this.#clock = clock;
    this.#unsettled = unsettled;
  }

  listen(listener: (words: string | null) => void): () => void {
    this.#listeners.add(listener);
    this.look();
    return () => this.#listeners.delete(listener);
  }

  /** Looks after a while, and again as long as there are calls. */
  look(): void {
    if (this.#planned !== null || this.#listeners.size === 0) return;
    const now = this.#clock.monotonic();
    if (this.#unsettled(now) === null) return;
    this.#planned = this.#timeline.at(now + TELL_EVERY_MS, () => {
      this.#planned = null;
      this.#tell(this.#clock.monotonic());
      this.look();
    });
  }

  /** `isFirst`: nothing else is out. */
  onSend(isFirst: boolean, now: number): void {
    if (isFirst) this.#quietSince = now;
  }

  /** An attempt has ended; null: with an answer. */
  onArrived(code: FailureCode | null, now: number): void {
    if (code === 'cancelled') return;
    this.#quietSince = now;
    const trouble = code === null ? null : (TROUBLES[code] ?? null);
    if (trouble !== null && this.#trouble === null) this.#troubleSince = now;
    this.#attempts = trouble !== null && trouble === this.#trouble ? this.#attempts + 1 : 1;
    this.#trouble = trouble;
    // That it is over is told at once; what goes on, when it is looked for.
    if (trouble === null && this.#isTold) this.#tell(now);
  }

  /** Nothing is asked any more. */
  onIdle(): void {
    this.#planned?.cancel();
    this.#planned = null;
    this.#trouble = null;
    if (this.#isTold) this.#tell(this.#clock.monotonic());
  }

  #tell(now: number): void {
    const unsettled = this.#unsettled(now);
    const words = unsettled === null ? null : this.#words(unsettled, now);
    if (words === null && !this.#isTold) return;
    this.#isTold = words !== null;
    for (const listener of this.#listeners) listener(words);
  }

  #words({ inFlight, readyAt }: Unsettled, now: number): string | null {
    if (this.#trouble === null) {
      const silent = now - this.#quietSince;
      return inFlight > 0 && silent >= SILENT_MS ? `Waiting: no answer for ${lasting(silent)} (a call is given up after ${lasting(this.#callMs)})` : null;
    }
    if (now - this.#troubleSince < TELL_EVERY_MS / 2) return null;
    const attempts = this.#attempts === 1 ? '1 attempt' : `${this.#attempts} attempts`;
    if (this.#trouble === 'failed') return `Waiting: the server does not answer (${attempts})`;
    const next = readyAt - now >= 1_000 ? `next attempt in ${lasting(readyAt - now)}` : attempts;
    return `Waiting: the server takes no more requests for now (${next})`;
  }
}

function lasting(ms: number): string {
  const seconds = Math.round(ms / 1_000);
  return seconds < 120 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
}
