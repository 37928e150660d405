import { fail, type Result } from '../../../shared/failure.ts';
import type { ReviewStore, ReviewWrite, RunStore } from '../engine/ports.ts';
import type { SqliteReviewStore } from './sqliteReviewStore.ts';

export interface OverlayRuns {
  /** True for a run that lives in memory. */
  isMoved(runId: string): boolean;
  status(): RunStore['status'];
}

/**
 * The trail is in the file and nowhere else: where the file takes no more writes, reviewing is refused and what was said
 * is shown as before. How the rows of a run stand is kept where the run is.
 */
export class OverlayReviewStore implements ReviewStore {
  readonly #file: SqliteReviewStore;
  readonly #memory: SqliteReviewStore;
  readonly #runs: OverlayRuns;

  constructor(file: SqliteReviewStore, memory: SqliteReviewStore, runs: OverlayRuns) {
    this.#file = file;
    this.#memory = memory;
    this.#runs = runs;
  }

  #of(runId: string): SqliteReviewStore {
    return this.#runs.isMoved(runId) ? this.#memory : this.#file;
  }

  refusal(runId: string): string | null {
    if (!this.#runs.isMoved(runId)) return null;
    const { mode, message } = this.#runs.status();
    return mode === 'memory' ? message : 'This run is kept only until this process ends. Start it again, now that the store can be written, and review that one.';
  }

  async write(write: ReviewWrite): Promise<Result<boolean>> {
    const { run } = write.run;
    if (!this.#runs.isMoved(run)) return this.#file.write(write);
    const refused = this.refusal(run);
    if (refused !== null && write.lines.length > 0) return fail('storeUnavailable', refused, 'later');
    const newest = await this.#file.newest();
    if (!newest.ok) return newest;
    return newest.value === write.seen ? this.#memory.putStates(write) : { ok: true, value: false };
  }

  onElsewhere(listener: (runIds: readonly string[]) => void): () => void {
    return this.#file.onElsewhere(listener);
  }
  newest(): ReturnType<ReviewStore['newest']> {
    return this.#file.newest();
  }
  reviewedRuns(): ReturnType<ReviewStore['reviewedRuns']> {
    return this.#file.reviewedRuns();
  }
  heads(...of: Parameters<ReviewStore['heads']>): ReturnType<ReviewStore['heads']> {
    return this.#file.heads(...of);
  }
  lines(...of: Parameters<ReviewStore['lines']>): ReturnType<ReviewStore['lines']> {
    return this.#file.lines(...of);
  }
  stepLines(...of: Parameters<ReviewStore['stepLines']>): ReturnType<ReviewStore['stepLines']> {
    return this.#file.stepLines(...of);
  }
  steps(...of: Parameters<ReviewStore['steps']>): ReturnType<ReviewStore['steps']> {
    return this.#file.steps(...of);
  }
  lastException(): ReturnType<ReviewStore['lastException']> {
    return this.#file.lastException();
  }
  carriedTo(runId: string): ReturnType<ReviewStore['carriedTo']> {
    return this.#of(runId).carriedTo(runId);
  }
  states(...of: Parameters<ReviewStore['states']>): ReturnType<ReviewStore['states']> {
    return this.#of(of[0]).states(...of);
  }
  rows(...of: Parameters<ReviewStore['rows']>): ReturnType<ReviewStore['rows']> {
    return this.#of(of[0]).rows(...of);
  }
  units(...of: Parameters<ReviewStore['units']>): ReturnType<ReviewStore['units']> {
    return this.#of(of[0]).units(...of);
  }
  exceptional(runId: string): ReturnType<ReviewStore['exceptional']> {
    return this.#of(runId).exceptional(runId);
  }
  facets(runId: string): ReturnType<ReviewStore['facets']> {
    return this.#of(runId).facets(runId);
  }
  groups(...of: Parameters<ReviewStore['groups']>): ReturnType<ReviewStore['groups']> {
    return this.#of(of[0].runId).groups(...of);
  }
  index(...of: Parameters<ReviewStore['index']>): ReturnType<ReviewStore['index']> {
    return this.#of(of[0].runId).index(...of);
  }
  offer(...of: Parameters<ReviewStore['offer']>): ReturnType<ReviewStore['offer']> {
    return this.#of(of[0]).offer(...of);
  }
  openAbove(...of: Parameters<ReviewStore['openAbove']>): ReturnType<ReviewStore['openAbove']> {
    return this.#of(of[0]).openAbove(...of);
  }
}
