/** The heavy pure jobs, by name. Input and output can be structured-cloned to a worker thread and back. */
import type { NearestFound, NearestInput } from './workflows/crosswalk/meaning/nearestInput.ts';
import type { CrosswalkScores, ScoringInput } from './workflows/crosswalk/scoringTypes.ts';

export interface ComputeJobs {
  readonly scoreCrosswalk: { readonly input: ScoringInput; readonly output: CrosswalkScores };
  readonly nearestTargets: { readonly input: NearestInput; readonly output: readonly NearestFound[] };
}

export interface ComputeContext {
  progress(done: number, total: number): void;
  /** Called about every 10 ms of work; throws to stop it. Absent where the thread is ended from outside. */
  check?(): void;
}
