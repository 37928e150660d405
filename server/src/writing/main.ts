/** Entry of a thread that writes many review lines at once: what waits for the disk there keeps nobody waiting. */
import { parentPort, workerData } from 'node:worker_threads';
import { GuardedDatabase } from '../adapters/guardedDatabase.ts';
import { openDatabase } from '../adapters/openDatabase.ts';
import { writeReviews, type ReviewRecords } from '../adapters/reviewWrites.ts';
import type { WritingDone, WritingPart, WritingTask } from '../adapters/writingMessages.ts';

const { file, nativeBinding, of } = workerData as WritingTask;
const lines: ReviewRecords['lines'][number][] = [];
const states: ReviewRecords['states'][number][] = [];

async function written(): Promise<WritingDone> {
  const told: string[] = [];
  const connection = openDatabase(file, { synchronous: 'FULL', ...(nativeBinding === null ? {} : { nativeBinding }) });
  const database = new GuardedDatabase(connection, (words) => void told.push(words));
  const done = await database.run((own) => writeReviews(own, { of, lines, states }));
  database.close();
  return { done, told };
}

parentPort?.on('message', (part: WritingPart) => {
  switch (part.kind) {
    case 'lines':
      lines.push(...part.lines);
      break;
    case 'states':
      states.push(...part.states);
      break;
    case 'end':
      // Where it cannot be opened the thread breaks, and with it the write.
      void written().then((done) => parentPort?.postMessage(done));
  }
});
