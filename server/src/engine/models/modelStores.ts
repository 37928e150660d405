/** Where answers and finished calls are kept. */
import type { Result } from '../../../../shared/failure.ts';
import type { ModelUsage } from './modelPort.ts';

/** An answer that was valid: errors, refusals and cut off answers are never kept. */
export interface CachedAnswer {
  /** JSON of the checked answer, or of the vectors. */
  readonly answer: string;
  readonly usage: ModelUsage;
}

export interface CacheStats {
  readonly entries: number;
  /** UTF-8 bytes of keys and answers. */
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
  put(entries: readonly { readonly key: string; readonly value: CachedAnswer }[]): Promise<void>;
  stats(): Promise<CacheStats>;
  /** How many entries went. */
  clear(): Promise<number>;
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
 * Finished calls of runs, in work.db: a call counts when it is here. Written in groups, one transaction each;
 * `append` resolves when it is on disk.
 */
export interface CallJournal {
  /** Says that a call is about to go out, so that a resumed run can say how many may be paid twice. */
  begin(runId: string, owner: string, calls: readonly string[]): Promise<Result<void>>;
  append(runId: string, owner: string, calls: readonly JournalledCall[]): Promise<Result<void>>;
  /** Every finished call of a run, and how many were begun by another process and not finished. */
  load(runId: string): Promise<Result<{ readonly finished: readonly JournalledCall[]; readonly unfinished: number }>>;
}
