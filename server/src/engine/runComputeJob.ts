import type { ComputeContext, ComputeJobs } from './computeJobs.ts';
import type { YieldToHost } from './ports.ts';
import { nearestTargets } from './workflows/crosswalk/meaning/nearestTargets.ts';
import { scoreCrosswalk } from './workflows/crosswalk/scoring/scoreCrosswalk.ts';

/** Every heavy job, as work that pauses about every 10 ms. */
const JOBS: {
  readonly [K in keyof ComputeJobs]: (input: ComputeJobs[K]['input'], context: ComputeContext) => Generator<void, ComputeJobs[K]['output']>;
} = { scoreCrosswalk, nearestTargets };

/** Does a heavy job in one go, on this thread. Pure: no clock, no I/O. Throws only what `context.check` throws. */
export function runComputeJob<K extends keyof ComputeJobs>(
  name: K,
  input: ComputeJobs[K]['input'],
  context: ComputeContext,
): ComputeJobs[K]['output'] {
  const work = JOBS[name](input, context);
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
    context.check?.();
  }
}

/**
 * The same on a thread that has other things to do: the host's events get a turn about every 10 ms of work.
 * Rejects with the signal's reason once it is aborted.
 */
export async function runComputeJobInSlices<K extends keyof ComputeJobs>(
  name: K,
  input: ComputeJobs[K]['input'],
  context: ComputeContext,
  yieldToHost: YieldToHost,
  signal: AbortSignal,
): Promise<ComputeJobs[K]['output']> {
  const work = JOBS[name](input, context);
  for (;;) {
    signal.throwIfAborted();
    const step = work.next();
    if (step.done === true) return step.value;
    context.check?.();
    await yieldToHost();
  }
}
