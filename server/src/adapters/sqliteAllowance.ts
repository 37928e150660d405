import { DAY_MS, utcDay } from '../engine/index.ts';
import type { Log, SharedAllowance, Spend, WindowLimits } from '../engine/ports.ts';
import { openDisposable, type DisposableSchema } from './disposableDatabase.ts';
import { whileBusy } from './guardedDatabase.ts';
import type { Connection } from './openDatabase.ts';
import { isUnwritable, troubleOf } from './storeTrouble.ts';

/** What is counted in a cell counts until the whole cell has left. */
interface Span {
  readonly name: SpanName;
  readonly cellMs: number;
  /** The first moment of what still counts at a moment. */
  from(at: number): number;
  /** When a cell does not count any more. */
  leaves(cell: number): number;
}
type SpanName = 'minute' | 'day';
/** A minute slides: 60 cells of a second, and the one that is under way. */
const MINUTE: Span = { name: 'minute', cellMs: 1_000, from: (at) => at - 60_000, leaves: (cell) => (cell + 1) * 1_000 + 60_000 };
/** A day is one cell, see utcDay. */
const DAY: Span = { name: 'day', cellMs: DAY_MS, from: (at) => utcDay(at).begins, leaves: (cell) => utcDay(cell * DAY_MS).ends };
const SPANS = [MINUTE, DAY];
const PARTS = ['requests', 'tokens'] as const;
type Lease = Awaited<ReturnType<SharedAllowance['lease']>>;

/** Milliseconds until asking again where other processes kept the file locked. */
const BUSY_AGAIN_MS = 1_000;
const LIMITS: DisposableSchema = {
  version: 2,
  tables: `CREATE TABLE spent (
    resource TEXT NOT NULL, span TEXT NOT NULL, cell INTEGER NOT NULL, requests INTEGER NOT NULL, tokens INTEGER NOT NULL,
    PRIMARY KEY (resource, span, cell)
  ) WITHOUT ROWID`,
};
const NONE: Spend = { requests: 0, tokens: 0 };

interface Room {
  /** How much may be used; infinite where there is no limit. */
  readonly left: number;
  /** When more than that is left. */
  readonly moreAt: number;
}
type Counted = Spend & { readonly span: SpanName; readonly cell: number };

/** Clocks of processes that ask at the same time may differ by so much. Milliseconds. */
const CLOCKS_DIFFER_MS = 1_000;

const cellAt = (at: number, { cellMs }: Span): number => Math.floor(at / cellMs);
/** The oldest cell that still counts. */
const oldestAt = (at: number, span: Span): number => cellAt(span.from(at), span);

/** What of a limit is left beside what is counted in one window, the oldest first. */
function roomOf(counted: readonly Counted[], part: keyof Spend, span: Span, limit: number | null, at: number): Room {
  if (limit === null) return { left: Infinity, moreAt: at };
  const cells = counted.filter((one) => one.span === span.name && one[part] > 0);
  let free = limit - cells.reduce((sum, one) => sum + one[part], 0);
  const left = Math.max(0, free);
  for (const one of cells) {
    free += one[part];
    if (free > left) return { left, moreAt: span.leaves(one.cell) };
  }
  // What is given now leaves with the cell of now.
  return { left, moreAt: span.leaves(cellAt(at, span)) };
}

/** Of two limits on the same. */
function tighter(a: Room, b: Room): Room {
  if (a.left !== b.left) return a.left < b.left ? a : b;
  return a.moreAt > b.moreAt ? a : b;
}

function addTo(connection: Connection, resource: string, span: SpanName, cell: number, { requests, tokens }: Spend): void {
  connection
    .prepare(
      `INSERT INTO spent (resource, span, cell, requests, tokens) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET requests = requests + excluded.requests, tokens = tokens + excluded.tokens`,
    )
    .run(resource, span, cell, requests, tokens);
}

/** What is counted of a resource, the oldest first. What has left is deleted, what lies in the future is of now: the clock was set back. */
function countedAt(connection: Connection, resource: string, at: number): readonly Counted[] {
  for (const span of SPANS) {
    const ahead = connection
      .prepare<[string, string, number], Spend>('DELETE FROM spent WHERE resource = ? AND span = ? AND cell > ? RETURNING requests, tokens')
      .all(resource, span.name, cellAt(at + CLOCKS_DIFFER_MS, span));
    for (const spend of ahead) addTo(connection, resource, span.name, cellAt(at, span), spend);
    connection.prepare('DELETE FROM spent WHERE resource = ? AND span = ? AND cell < ?').run(resource, span.name, oldestAt(at, span));
  }
  return connection.prepare<[string], Counted>('SELECT span, cell, requests, tokens FROM spent WHERE resource = ? ORDER BY span, cell').all(resource);
}

function leaseIn(connection: Connection, resource: string, wanted: Spend, limits: WindowLimits, at: number): Lease {
  const counted = countedAt(connection, resource, at);
  const room: Readonly<Record<keyof Spend, Room>> = {
    requests: tighter(
      roomOf(counted, 'requests', MINUTE, limits.requestsPerMinute, at),
      roomOf(counted, 'requests', DAY, limits.requestsPerDay, at),
    ),
    tokens: roomOf(counted, 'tokens', MINUTE, limits.tokensPerMinute, at),
  };
  const lacking = PARTS.filter((part) => room[part].left < wanted[part]);
  const missing = lacking.filter((part) => room[part].left === 0);
  if (missing.length > 0) return { granted: NONE, retryAt: Math.max(...missing.map((part) => room[part].moreAt)) };
  const granted = { requests: Math.min(wanted.requests, room.requests.left), tokens: Math.min(wanted.tokens, room.tokens.left) };
  for (const span of SPANS) addTo(connection, resource, span.name, cellAt(at, span), granted);
  return { granted, retryAt: lacking.length === 0 ? null : Math.min(...lacking.map((part) => room[part].moreAt)) };
}

/**
 * Takes `back` from the cell of the lease, and what it has not from older ones: the count of no window that is still to
 * come falls below what was used in it, because what stays counted is as new as the lease or newer.
 */
function giveBack(connection: Connection, resource: string, part: keyof Spend, back: number, span: Span, leasedAt: number): void {
  const cells = connection
    .prepare<[string, string, number], { cell: number; amount: number }>(
      `SELECT cell, ${part} AS amount FROM spent WHERE resource = ? AND span = ? AND cell <= ? AND ${part} > 0 ORDER BY cell DESC`,
    )
    .all(resource, span.name, cellAt(leasedAt, span));
  const take = connection.prepare(`UPDATE spent SET ${part} = ${part} - ? WHERE resource = ? AND span = ? AND cell = ?`);
  let left = back;
  for (const { cell, amount } of cells) {
    if (left === 0) return;
    const taken = Math.min(left, amount);
    take.run(taken, resource, span.name, cell);
    left -= taken;
  }
}

function correctIn(connection: Connection, resource: string, by: Spend, at: number, leasedAt: number): void {
  countedAt(connection, resource, at);
  for (const span of SPANS) {
    addTo(connection, resource, span.name, cellAt(at, span), { requests: Math.max(0, by.requests), tokens: Math.max(0, by.tokens) });
    if (cellAt(leasedAt, span) < oldestAt(at, span)) continue;
    for (const part of PARTS) if (by[part] < 0) giveBack(connection, resource, part, -by[part], span, leasedAt);
  }
}

function alone(thrown: unknown): string {
  return `The limits of models are counted for this process alone: ${troubleOf(thrown)}.`;
}

export interface AllowanceOptions {
  readonly nativeBinding?: string;
  readonly log: Log;
  /** Milliseconds; a lease counts from when the file took it, not from when it was asked for. */
  readonly monotonic?: () => number;
}

/**
 * The allowance in limits.db: a file of its own, because it outlives what is cleared from the cache and is written with
 * every lease, but is not precious. Where it takes no writes, this process counts in memory.
 */
export class SqliteAllowance implements SharedAllowance {
  #connection: Connection;
  readonly #log: Log;
  readonly #monotonic: () => number;
  readonly #openInMemory: () => Promise<Connection>;
  #isClosed = false;

  private constructor(connection: Connection, { log, nativeBinding, monotonic }: AllowanceOptions) {
    this.#connection = connection;
    this.#log = log;
    this.#monotonic = monotonic ?? ((): number => performance.now());
    this.#openInMemory = () => openDisposable(null, LIMITS, nativeBinding);
  }

  /** `file` is null for a count in memory. */
  static async open(file: string | null, options: AllowanceOptions): Promise<SqliteAllowance> {
    try {
      return new SqliteAllowance(await openDisposable(file, LIMITS, options.nativeBinding), options);
    } catch (thrown) {
      options.log.warn(alone(thrown));
      return new SqliteAllowance(await openDisposable(null, LIMITS, options.nativeBinding), options);
    }
  }

  async lease(resource: string, wanted: Spend, limits: WindowLimits, now: number): Promise<Lease> {
    const leased = await this.#write(now, (connection, at) => leaseIn(connection, resource, wanted, limits, at));
    return leased ?? { granted: NONE, retryAt: now + BUSY_AGAIN_MS };
  }

  async correct(resource: string, by: Spend, now: number, leasedAt: number): Promise<void> {
    await this.#write(now, (connection, at) => correctIn(connection, resource, by, at, leasedAt));
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#connection.close();
  }

  /** Null where it could not be written. */
  async #write<T>(now: number, work: (connection: Connection, at: number) => T): Promise<T | null> {
    const asked = this.#monotonic();
    const once = (): T | null =>
      this.#isClosed ? null : this.#connection.transaction(() => work(this.#connection, now + this.#monotonic() - asked)).immediate();
    try {
      return await whileBusy(once);
    } catch (thrown) {
      this.#log.warn(isUnwritable(thrown) ? alone(thrown) : `The shared limits could not be read: ${troubleOf(thrown)}.`);
      if (!isUnwritable(thrown)) return null;
      await this.#goOnInMemory();
      return once();
    }
  }

  async #goOnInMemory(): Promise<void> {
    const before = this.#connection;
    const memory = await this.#openInMemory();
    if (this.#connection !== before) {
      memory.close();
      return;
    }
    this.#connection = memory;
    try {
      const rows = before.prepare<[], Counted & { readonly resource: string }>('SELECT * FROM spent').all();
      for (const { resource, span, cell, ...spend } of rows) addTo(memory, resource, span, cell, spend);
    } catch (thrown) {
      this.#log.warn(`What was used before is not known: ${troubleOf(thrown)}.`);
    }
    before.close();
  }
}
