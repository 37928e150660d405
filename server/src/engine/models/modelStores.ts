/** Where answers and finished calls are kept. */
import type { Result } from '../../../../shared/failure.ts';
import type { ModelUsage } from './modelPort.ts';

/** An answer that was valid: errors, refusals and cut off answers are never kept. */
export interface CachedAnswer {
  /** JSON of the checked answer, or of the vectors. */
  readonly answer: string;
  readonly usage: ModelUsage;
}

/** What a cache holds. Times are milliseconds since the epoch; null where it is empty. */
export interface CacheStats {
  readonly entries: number;
  /** UTF-8 bytes of keys and values. */
  readonly bytes: number;
  readonly oldest: number | null;
  readonly newest: number | null;
}

/**
 * Answers by key (see cacheKey.ts): memory before a file shared by windows and terminals. It may be lost at any time;
 * no method fails: what the file cannot do is logged and done without.
 */
export interface AnswerCache {
  /** One for each key, in order; null where there is none or it is too old. */
  get(keys: readonly string[]): Promise<readonly (CachedAnswer | null)[]>;
  /** Resolves when they are in the file; the same process finds them at once. */
  put(entries: readonly { readonly key: string; readonly value: CachedAnswer }[]): Promise<void>;
  /** Another number once another process may have put something. */
  version(): Promise<number>;
  stats(): Promise<CacheStats>;
  /** How many entries went, for every process on the file. */
  clear(): Promise<number>;
}

/** Answers in the file. `generation` is another number once they have been cleared, here or in another process. */
export interface KeptAnswers extends AnswerCache {
  generation(): Promise<number>;
}

/** A finished call of a run. `call` is unique in the run: the key of its cache and the item's id. */
export interface JournalledCall {
  readonly call: string;
  /** JSON of the checked answer, or of the failure that ended it. */
  readonly outcome: string;
  readonly usage: ModelUsage;
  readonly costUsd: number;
  readonly attempts: number;
  readonly finishedAt: number;
}

/**
 * Finished calls of runs, in work.db: a call counts when it is here. Written in groups, one transaction each, in the
 * order they came in; `begin` and `append` resolve when it is on disk. So a call that takes the place of a finished one goes out
 * when that is written, and no more calls are out or unwritten than may be in flight. Writing to a run that another owner has taken up is `refused`. Where the file
 * takes no more writes, the run goes on in memory, as in the run store.
 */
export interface CallJournal {
  /** Says that calls are about to go out, so that a resumed run can say how many may be paid twice. */
  begin(runId: string, owner: string, calls: readonly string[]): Promise<Result<void>>;
  /** A call that is there already is replaced: what failed may be tried again by a resumed run. */
  append(runId: string, owner: string, calls: readonly JournalledCall[]): Promise<Result<void>>;
  /**
   * Every finished call of a run by its id, and how many were begun and not finished. Asked before a run goes on, those
   * were in flight when it ended: they may be paid twice.
   */
  load(runId: string): Promise<Result<{ readonly finished: readonly JournalledCall[]; readonly unfinished: number }>>;
}

/** The calls of all runs of a store. */
export interface KeptCalls extends CallJournal {
  /**
   * Forgets which calls were begun and not finished: whoever has taken the run up counts them in its snapshot, and those of its own
   * begin anew.
   */
  forgetBegun(runId: string, owner: string): Promise<Result<void>>;
}
