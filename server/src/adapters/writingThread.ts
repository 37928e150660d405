import { setImmediate as turn } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { Result } from '../../../shared/failure.ts';
import type { ReviewWrite } from '../engine/ports.ts';
import { lineRecord, stateRecord } from './reviewWrites.ts';
import type { WritingDone, WritingPart, WritingTask } from './writingMessages.ts';

/** Lines or states that are handed over at once: a millisecond or two. */
const HANDED_OVER = 200;

/** Writes on a thread and a connection of its own. Rejects where the thread breaks: then nothing is known of the write. */
export type WriteElsewhere = (write: ReviewWrite) => Promise<Result<boolean>>;

function* stretches<T>(all: readonly T[]): Iterable<readonly T[]> {
  for (let at = 0; at < all.length; at += HANDED_OVER) yield all.slice(at, at + HANDED_OVER);
}

function* partsOf({ lines, states }: ReviewWrite): Iterable<WritingPart> {
  for (const some of stretches(lines)) yield { kind: 'lines', lines: some.map(lineRecord) };
  for (const some of stretches([...states])) yield { kind: 'states', states: some.map(stateRecord) };
}

/** One thread a write: large ones are rare, and a thread that waits for the next takes memory. */
export function writingThread(entry: string, file: string, nativeBinding: string | null, tell: (words: string) => void): WriteElsewhere {
  return async (write) => {
    const { seen, run, mark } = write;
    const task: WritingTask = { file, nativeBinding, of: { seen, run, mark } };
    const worker = new Worker(entry, { workerData: task });
    const done = new Promise<WritingDone>((resolve, reject) => {
      worker.once('message', resolve);
      worker.once('error', reject);
      worker.once('exit', (code) => reject(new Error(`The writing thread ended before its work was done (code ${String(code)}).`)));
    });
    const handOver = async (): Promise<WritingDone> => {
      for (const part of partsOf(write)) {
        worker.postMessage(part);
        await turn();
      }
      worker.postMessage({ kind: 'end' } satisfies WritingPart);
      return done;
    };
    try {
      const answer = await Promise.race([done, handOver()]);
      for (const words of answer.told) tell(words);
      return answer.done;
    } catch (thrown) {
      tell(`Many reviews could not be written on a thread of their own: ${thrown instanceof Error ? thrown.message : String(thrown)}`);
      throw thrown;
    } finally {
      await worker.terminate();
    }
  };
}
