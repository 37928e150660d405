/** Entry of a worker thread: does the one job it was started with, says how far it is, and ends. */
import { parentPort, workerData } from 'node:worker_threads';
import type { ComputeMessage, ComputeTask } from '../adapters/computeMessages.ts';
import { runComputeJob } from '../engine/index.ts';

/** Progress at most this often, in milliseconds. */
const PROGRESS_MS = 50;

const task = workerData as ComputeTask;
const tell = (message: ComputeMessage): void => parentPort?.postMessage(message);
let toldAt = -PROGRESS_MS;

const output = runComputeJob(task.job, task.input, {
  progress: (done, total) => {
    const now = performance.now();
    if (now - toldAt < PROGRESS_MS && done < total) return;
    toldAt = now;
    tell({ kind: 'progress', done, total });
  },
});
tell({ kind: 'done', output });
