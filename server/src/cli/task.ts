import type { RunInput } from '../engine/index.ts';

/** One thing to run: a document to analyse, or two to compare. */
export interface Task {
  readonly workflow: 'auto' | 'crosswalk';
  readonly inputs: readonly RunInput[];
}
