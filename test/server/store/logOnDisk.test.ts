import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { GuardedDatabase } from '../../../server/src/adapters/guardedDatabase.ts';
import { LogOnDisk, type SyncFile } from '../../../server/src/adapters/logOnDisk.ts';
import { openDatabase, type Connection } from '../../../server/src/adapters/openDatabase.ts';
import { SqliteCallJournal } from '../../../server/src/adapters/sqliteCallJournal.ts';
import { SqliteRunStore } from '../../../server/src/adapters/sqliteRunStore.ts';
import { migrateWork } from '../../../server/src/adapters/workSchema.ts';
import { value } from '../../engine/runs/scenarios.ts';
import { snapshotOf } from '../lsp/fakeEngine.ts';
import { callOf } from './killedCallsSpec.ts';
import { temporaryFolder } from './storeFolder.ts';

const NOT_WRITTEN = { code: 'storeUnavailable', message: 'The store cannot be used: the disk reports an error, or is full. Free some space and check the disk, then try again.' };
const FULL = 2;
const NORMAL = 1;

/** A disk that takes a write when it is told to. */
class SlowDisk {
  #asked: PromiseWithResolvers<void>[] = [];
  #arrived: (() => void)[] = [];
  readonly sync: SyncFile = () => {
    const asked = Promise.withResolvers<void>();
    this.#asked.push(asked);
    for (const go of this.#arrived.splice(0)) go();
    return asked.promise;
  };

  get count(): number {
    return this.#asked.length;
  }

  async asked(count: number): Promise<void> {
    while (this.count < count) await new Promise<void>((go) => this.#arrived.push(go));
  }

  takes(nth: number): void {
    this.#asked[nth - 1]?.resolve();
  }

  refuses(nth: number): void {
    this.#asked[nth - 1]?.reject(Object.assign(new Error('EIO: i/o error, fdatasync'), { code: 'EIO' }));
  }
}

function opened(file: string | null = join(temporaryFolder(), 'work.db')): Connection {
  const connection = openDatabase(file, { synchronous: 'FULL' });
  onTestFinished(() => void connection.close());
  migrateWork(connection, file);
  return connection;
}

function logOf(connection: Connection, sync: SyncFile): LogOnDisk {
  const log = new LogOnDisk(connection, sync);
  onTestFinished(() => log.close());
  return log;
}

const synchronous = (connection: Connection): unknown => connection.pragma('synchronous', { simple: true });
const keep = (connection: Connection, hash: string) => (): void => void connection.prepare("INSERT INTO texts (hash, text) VALUES (?, '')").run(hash);
/** What became of a promise by now. */
function fateOf(promise: Promise<unknown>): () => string {
  let fate = 'waits';
  promise.then(() => (fate = 'done'), () => (fate = 'failed'));
  return () => fate;
}

describe('a log on disk', () => {
  it('leaves the wait for the disk to another thread, for a commit alone', () => {
    const connection = opened();
    const log = logOf(connection, () => Promise.resolve());
    expect(log.commit(() => synchronous(connection))).toBe(NORMAL);
    expect(synchronous(connection)).toBe(FULL);
    expect(() => log.commit(() => {
      throw new Error('broken');
    })).toThrow('broken');
    expect(synchronous(connection)).toBe(FULL);
  });

  it('is written when the disk says so; what was committed meanwhile waits for the next time, together', async () => {
    const disk = new SlowDisk();
    const connection = opened();
    const log = logOf(connection, disk.sync);
    log.commit(keep(connection, 'a'));
    const first = fateOf(log.written());
    await disk.asked(1);
    log.commit(keep(connection, 'b'));
    const second = fateOf(log.written());
    log.commit(keep(connection, 'c'));
    const third = log.written();
    await turn();
    expect([first(), second(), fateOf(third)(), disk.count]).toEqual(['waits', 'waits', 'waits', 1]);
    disk.takes(1);
    await disk.asked(2);
    expect([first(), second()]).toEqual(['done', 'waits']);
    disk.takes(2);
    await third;
    expect([second(), disk.count]).toEqual(['done', 2]);
    await log.written();
    expect(disk.count).toBe(2);
  });

  it('says of what the disk does not take that it is not written, and of nothing else', async () => {
    const disk = new SlowDisk();
    const connection = opened();
    const log = logOf(connection, disk.sync);
    log.commit(keep(connection, 'a'));
    const first = log.written();
    await disk.asked(1);
    log.commit(keep(connection, 'b'));
    const second = log.written();
    disk.refuses(1);
    await expect(first).rejects.toMatchObject({ failure: NOT_WRITTEN });
    await disk.asked(2);
    disk.takes(2);
    await second;
  });

  it('is none in memory, where nothing is waited for', async () => {
    const disk = new SlowDisk();
    const connection = opened(null);
    const log = logOf(connection, disk.sync);
    expect(log.commit(() => synchronous(connection))).toBe(FULL);
    await log.written();
    expect(disk.count).toBe(0);
  });
});

describe('calls on a slow disk', () => {
  async function journalOn(disk: SlowDisk): Promise<SqliteCallJournal> {
    const database = new GuardedDatabase(opened());
    value(await new SqliteRunStore(database, { mode: 'file', message: '' }).createRun(snapshotOf({ id: 'run' }), '{}', 'first'));
    const journal = new SqliteCallJournal(database, disk.sync);
    onTestFinished(() => journal.close());
    return journal;
  }

  it.each([
    ['begun', (journal: SqliteCallJournal) => journal.begin('run', 'first', ['a'])],
    ['finished', (journal: SqliteCallJournal) => journal.append('run', 'first', [callOf('1')])],
  ])('are not %s before they are on it', async (_, write) => {
    const disk = new SlowDisk();
    const written = write(await journalOn(disk));
    const fate = fateOf(written);
    await disk.asked(1);
    await turn();
    expect(fate()).toBe('waits');
    disk.takes(1);
    expect(await written).toEqual({ ok: true, value: undefined });
  });

  it('are not kept where it takes nothing', async () => {
    const disk = new SlowDisk();
    const written = (await journalOn(disk)).append('run', 'first', [callOf('1')]);
    await disk.asked(1);
    disk.refuses(1);
    expect(await written).toMatchObject({ ok: false, failure: NOT_WRITTEN });
  });
});
