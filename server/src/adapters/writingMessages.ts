import type { Result } from '../../../shared/failure.ts';
import type { ReviewRecords } from './reviewWrites.ts';

/** What a writing thread is started with: a file that has the newest schema, and what a write is of. */
export interface WritingTask {
  readonly file: string;
  readonly nativeBinding: string | null;
  readonly of: ReviewRecords['of'];
}

/** What it is told then. Nothing is written before `end`. */
export type WritingPart =
  | { readonly kind: 'lines'; readonly lines: ReviewRecords['lines'] }
  | { readonly kind: 'states'; readonly states: ReviewRecords['states'] }
  | { readonly kind: 'end' };

/** Its one answer, with what belongs in the log. */
export interface WritingDone {
  readonly done: Result<boolean>;
  readonly told: readonly string[];
}
