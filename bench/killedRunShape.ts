/** What the bench of kills and its processes agree on. */
export const RUN_ID = 'run';
/** Calls in flight at once. */
export const SIDE_BY_SIDE = 64;

export interface KilledProcess {
  readonly folder: string;
  readonly url: string;
  readonly items: number;
}

export interface KilledRunResult {
  /** Hash of every item with its outcome, in order. */
  readonly found: string;
  /** Calls that may have been paid twice, as the run says. */
  readonly repeatedAtMost: number;
}
