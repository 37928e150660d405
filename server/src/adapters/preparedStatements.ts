import type { Connection, Statement } from './openDatabase.ts';

const STATEMENTS = new WeakMap<Connection, Map<string, Statement>>();

/**
 * The statement of a connection, prepared once: for what is asked thousands of times. It must not be asked again while it is
 * being iterated, nor be given a mode (pluck, raw), because every caller shares it.
 */
export function prepared<Bound extends unknown[], Row = unknown>(connection: Connection, sql: string): Statement<Bound, Row> {
  let statements = STATEMENTS.get(connection);
  if (statements === undefined) STATEMENTS.set(connection, (statements = new Map()));
  let statement = statements.get(sql);
  if (statement === undefined) statements.set(sql, (statement = connection.prepare(sql)));
  return statement as Statement<Bound, Row>;
}
