import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import pLimit from 'p-limit';
import { FailureError, type Failure } from '../../../shared/failure.ts';
import type { ComputeJobs } from '../engine/index.ts';
import type { Compute } from '../engine/ports.ts';
import type { ComputeMessage, ComputeTask } from './computeMessages.ts';

export interface WorkerCompute extends Compute {
  /** Ends every thread; what they worked on is rejected as cancelled. */
  close(): Promise<void>;
}

/** V8's own default, in megabytes: a thread makes much that it soon drops, also where its process was told to stay small. */
const YOUNG_GENERATION_MB = 48;

const CANCELLED: Failure = { code: 'cancelled', message: 'Cancelled.', retry: 'now' };

function broken(message: string, retry: Failure['retry']): FailureError {
  return new FailureError({ code: 'internal', message, retry });
}

function crashed(thrown: Error): FailureError {
  if ('code' in thrown && thrown.code === 'ERR_WORKER_OUT_OF_MEMORY') {
    return broken('The documents need more memory than this process may use. Compare smaller parts of them.', 'never');
  }
  return broken(`The computing thread broke: ${thrown.message}.`, 'later');
}

function reasonOf(signal: AbortSignal): unknown {
  return signal.reason instanceof FailureError ? signal.reason : new FailureError(CANCELLED);
}

/**
 * Heavy jobs on worker threads, one thread a job and no more than there are cores. Aborting ends the thread at once;
 * a thread that breaks rejects its own job alone.
 */
export function createWorkerCompute(workerFile: string): WorkerCompute {
  const slots = pLimit(Math.max(1, availableParallelism() - 1));
  const closing = new AbortController();

  const inThread = <K extends keyof ComputeJobs>(
    task: ComputeTask<K>,
    onProgress: (done: number, total: number) => void,
    signal: AbortSignal,
  ): Promise<ComputeJobs[K]['output']> =>
    new Promise((resolve, reject) => {
      if (signal.aborted) {
        reject(reasonOf(signal));
        return;
      }
      const worker = new Worker(workerFile, { workerData: task, resourceLimits: { maxYoungGenerationSizeMb: YOUNG_GENERATION_MB } });
      const end = (settle: () => void): void => {
        signal.removeEventListener('abort', abort);
        settle();
        void worker.terminate();
      };
      const abort = (): void => end(() => reject(reasonOf(signal)));
      signal.addEventListener('abort', abort, { once: true });
      worker.on('message', (message: ComputeMessage<K>) => {
        if (message.kind === 'done') end(() => resolve(message.output));
        else if (!signal.aborted) onProgress(message.done, message.total);
      });
      worker.on('error', (thrown) => end(() => reject(crashed(thrown instanceof Error ? thrown : new Error(String(thrown))))));
      worker.on('exit', (code) => end(() => reject(broken(`The computing thread ended before its work was done (code ${code}).`, 'later'))));
    });

  return {
    run: (job, input, onProgress, signal) => {
      const stop = AbortSignal.any([signal, closing.signal]);
      if (stop.aborted) return Promise.reject(reasonOf(stop));
      return new Promise((resolve, reject) => {
        // Waiting for a slot honours the signal too: the place in the queue is given up when its turn comes.
        stop.addEventListener('abort', () => reject(reasonOf(stop)), { once: true });
        slots(() => inThread({ job, input }, onProgress, stop)).then(resolve, reject);
      });
    },
    async close() {
      closing.abort(new FailureError(CANCELLED));
      slots.clearQueue();
    },
  };
}
