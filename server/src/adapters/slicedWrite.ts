import { setImmediate as turn } from 'node:timers/promises';
import { ok, type Result } from '../../../shared/failure.ts';
import type { GuardedDatabase } from './guardedDatabase.ts';
import type { Connection } from './openDatabase.ts';

/** Longest time a slice of a large write keeps others waiting, in milliseconds. */
const SLICE_MS = 8;

/** One transaction in small parts. */
export interface SlicedWork {
  /** False where nothing is to be written. */
  begin(connection: Connection): boolean;
  /** Writes the next part; false when there is none. */
  next(connection: Connection): boolean;
  end(connection: Connection): void;
}

/**
 * Writes in one transaction, and lets others have a turn between its parts. For a connection nobody else uses: what another
 * did on it meanwhile would be part of the transaction.
 */
export async function slicedWrite(database: GuardedDatabase, work: SlicedWork): Promise<Result<boolean>> {
  const begun = await database.run((connection) => {
    connection.exec('BEGIN IMMEDIATE');
    try {
      if (work.begin(connection)) return true;
    } catch (thrown) {
      connection.exec('ROLLBACK');
      throw thrown;
    }
    connection.exec('ROLLBACK');
    return false;
  });
  if (!begun.ok || !begun.value) return begun;
  const undone = async (failed: Result<boolean>): Promise<Result<boolean>> => {
    await database.run((connection) => connection.inTransaction && connection.exec('ROLLBACK'));
    return failed;
  };
  for (;;) {
    const written = await database.run((connection) => {
      const limit = performance.now() + SLICE_MS;
      while (performance.now() < limit) if (!work.next(connection)) return false;
      return true;
    });
    if (!written.ok) return undone(written);
    await turn();
    if (!written.value) break;
  }
  const ended = await database.run((connection) => {
    work.end(connection);
    connection.exec('COMMIT');
    return true;
  });
  return ended.ok ? ok(true) : undone(ended);
}
