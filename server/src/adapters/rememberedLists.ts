import type { Connection } from './openDatabase.ts';

/** Lists that are remembered a connection, in the order they were asked for: a panel, its search and another run's beside it. */
const REMEMBERED = 4;

interface Lists {
  /** Another after every write, by whatever process. */
  readonly version: string;
  readonly spots: ReadonlyMap<string, Float64Array>;
}

const lists = new WeakMap<Connection, Lists>();

function versionOf(connection: Connection): string {
  const own = connection.prepare<[], number>('SELECT total_changes()').pluck().get() ?? 0;
  return `${String(connection.pragma('data_version', { simple: true }))}:${String(own)}`;
}

/** The spots of a list, worked out once while nothing is written: a list is read page by page, and asked where its rows are. */
export function rememberedList(connection: Connection, key: string, list: () => readonly number[]): Float64Array {
  const version = versionOf(connection);
  const known = lists.get(connection);
  const before = known?.version === version ? known.spots : new Map<string, Float64Array>();
  const spots = before.get(key) ?? Float64Array.from(list());
  const others = [...before].filter(([other]) => other !== key).slice(-(REMEMBERED - 1));
  lists.set(connection, { version, spots: new Map([...others, [key, spots]]) });
  return spots;
}
