/** Attempts that are out: what they may cost is on disk before they go, and is counted where nobody hears how they ended. */
import type { Metric } from '../../../../shared/model.ts';
import { unansweredMetric, type ModelMeter } from './modelMeter.ts';

/** An attempt that is about to go out. Times are milliseconds since the epoch, costs US dollars. */
export interface NextAttempt {
  readonly operation: string;
  readonly meter: ModelMeter;
  readonly startedAt: number;
  readonly isRetry: boolean;
  readonly mostUsd: number;
}

export interface OpenAttempt {
  /** Its number among those that went out. */
  readonly begun: number;
  /** Resolves when what it may cost is on disk. */
  readonly written: Promise<void>;
  /** It has come back, or did not go. False: it was counted before that. */
  end(): boolean;
}

export class OpenAttempts {
  readonly #write: (begun: number, attempt: Metric) => Promise<void>;
  readonly #now: () => number;
  readonly #open = new Map<number, NextAttempt>();
  #begun = 0;

  /** `write` never rejects. */
  constructor(write: (begun: number, attempt: Metric) => Promise<void>, now: () => number) {
    this.#write = write;
    this.#now = now;
  }

  begin(next: NextAttempt): OpenAttempt {
    const begun = ++this.#begun;
    this.#open.set(begun, next);
    const { operation, startedAt, isRetry, mostUsd } = next;
    const written = this.#write(begun, unansweredMetric(operation, startedAt, startedAt, isRetry, mostUsd));
    return { begun, written, end: () => this.#open.delete(begun) };
  }

  /** The run is at rest: nobody waits for what is out. */
  close(): void {
    const now = this.#now();
    for (const [begun, { operation, meter, startedAt, isRetry, mostUsd }] of this.#open) meter.unanswered(operation, startedAt, now, isRetry, mostUsd, false, begun);
    this.#open.clear();
  }
}
