import type { RowReview } from '../../../shared/protocol/reviews.ts';
import type { ReviewLine, ReviewWrite } from '../engine/ports.ts';
import { listedState, type ListedState } from './listedRows.ts';
import type { Connection } from './openDatabase.ts';

/** A write as the tables have it: JSON is made once, by the thread that has the objects. */
export interface ReviewRecords {
  readonly of: Pick<ReviewWrite, 'seen' | 'run' | 'mark'>;
  readonly lines: readonly LineRecord[];
  readonly states: readonly StateRecord[];
}

type LineRecord = readonly [
  sequence: number, run: string, findingKey: string, action: string, step: string, madeIn: string, aboutStep: string | null, exception: number | null, line: string,
];
type StateRecord = readonly [id: string, state: ListedState | null, review: string];

/** `EX-14` -> 14. */
function labelNumber(line: ReviewLine): number | null {
  const [, digits] = /^EX-(\d+)$/.exec(line.exception?.label ?? '') ?? [];
  return digits === undefined ? null : Number(digits);
}

export function lineRecord(line: ReviewLine): LineRecord {
  const { sequence, run, findingKey, action, step, madeIn, about } = line;
  return [sequence, run, findingKey, action, step, madeIn, about?.step ?? null, labelNumber(line), JSON.stringify(line)];
}

export function stateRecord([id, review]: readonly [id: string, review: RowReview | null]): StateRecord {
  if (review === null) return [id, null, ''];
  const { state, standing, note, exception } = review;
  return [id, [state, standing, note === undefined ? 0 : 1, exception ?? null], JSON.stringify(review)];
}

export function recordsOf({ lines, states, ...of }: ReviewWrite): ReviewRecords {
  return { of, lines: lines.map(lineRecord), states: [...states].map(stateRecord) };
}

/** The newest line of the trail; 0 where it is empty. */
export function newestLine(connection: Connection): number {
  return connection.prepare<[], { newest: number }>('SELECT coalesce(max(sequence), 0) AS newest FROM reviewLines').get()?.newest ?? 0;
}

function putLines(connection: Connection, { of: { run: { run, workflow, documents } }, lines }: ReviewRecords): void {
  if (lines.length === 0) return;
  connection.prepare('INSERT OR IGNORE INTO reviewedRuns (run, workflow, documents) VALUES (?, ?, ?)').run(run, workflow, JSON.stringify(documents));
  const insert = connection.prepare(
    'INSERT INTO reviewLines (sequence, run, findingKey, action, step, madeIn, aboutStep, exception, line) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
  );
  for (const line of lines) insert.run(...line);
}

/** How rows stand, without what was said of them. Within a transaction. */
export function writeStates(connection: Connection, { of: { seen, run: { run }, mark }, lines, states }: ReviewRecords): void {
  const put = connection.prepare('INSERT OR REPLACE INTO rowStates (run, id, state, standing, noted, exception, review) VALUES (?, ?, ?, ?, ?, ?, ?)');
  const remove = connection.prepare('DELETE FROM rowStates WHERE run = ? AND id = ?');
  const list = listedState(connection, run);
  for (const [id, state, review] of states) {
    list(id, state ?? [null, null, null, null]);
    if (state === null) remove.run(run, id);
    else put.run(run, id, ...state, review);
  }
  connection.prepare('INSERT OR REPLACE INTO carriedReviews (run, sequence, mark) VALUES (?, ?, ?)').run(run, lines.at(-1)?.[0] ?? seen, mark);
}

/** All of a write, or nothing where there are lines the writer has not seen. */
export function writeReviews(connection: Connection, records: ReviewRecords): boolean {
  return connection
    .transaction(() => {
      if (newestLine(connection) !== records.of.seen) return false;
      putLines(connection, records);
      writeStates(connection, records);
      return true;
    })
    .immediate();
}
