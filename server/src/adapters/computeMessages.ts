import type { ComputeJobs } from '../engine/index.ts';

/** What a compute thread is started with. */
export interface ComputeTask<K extends keyof ComputeJobs = keyof ComputeJobs> {
  readonly job: K;
  readonly input: ComputeJobs[K]['input'];
}

/** What a compute thread says. `done` is the last word. */
export type ComputeMessage<K extends keyof ComputeJobs = keyof ComputeJobs> =
  | { readonly kind: 'progress'; readonly done: number; readonly total: number }
  | { readonly kind: 'done'; readonly output: ComputeJobs[K]['output'] };
