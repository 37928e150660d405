import { runComputeJobInSlices } from '../../server/src/engine/runComputeJob.ts';
import type { Compute, YieldToHost } from '../../server/src/engine/ports.ts';

/** The heavy jobs on this thread, in slices. */
export function inlineCompute(yieldToHost: YieldToHost = () => Promise.resolve()): Compute {
  return {
    run: async (job, input, onProgress, signal) =>
      runComputeJobInSlices(job, input, { progress: onProgress }, yieldToHost, signal),
  };
}
