import { existsSync, mkdirSync, readdirSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { BUSY_LIMIT_MS } from '../../../server/src/adapters/guardedDatabase.ts';
import { CacheFile } from '../../../server/src/adapters/cacheFile.ts';
import { openDatabase, type Connection } from '../../../server/src/adapters/openDatabase.ts';
import { EXTRACTION_LIMITS, SqliteExtractionCache } from '../../../server/src/adapters/sqliteExtractionCache.ts';
import { migrateWork } from '../../../server/src/adapters/workSchema.ts';
import { outputOf, TRANSCRIPT, undisturbed, value } from '../../engine/runs/scenarios.ts';
import { engineOn, folderWithRun, inlined, openIn, temporaryFolder } from './storeFolder.ts';

function connect(file: string): Connection {
  const connection = openDatabase(file, { synchronous: 'FULL' });
  onTestFinished(() => void connection.close());
  return connection;
}

/** Keeps the write lock of a file, as another process would, until told to let go. */
function lock(file: string): () => void {
  const connection = connect(file);
  connection.exec('BEGIN IMMEDIATE');
  return () => void connection.exec('ROLLBACK');
}

describe('two connections that write at the same time', () => {
  it('wait for each other', async () => {
    const folder = temporaryFolder();
    const stores = await openIn(folder);
    const letGo = lock(join(folder, 'work.db'));
    const writing = stores.runs.saveText('hash', 'words');
    const isDone = await Promise.race([writing.then(() => true), new Promise<boolean>((resolve) => setImmediate(() => resolve(false)))]);
    letGo();
    expect(isDone).toBe(false);
    expect(await writing).toEqual({ ok: true, value: undefined });
    expect(stores.runs.status.mode).toBe('file');
    expect(value(await (await openIn(folder)).runs.text('hash'))).toBe('words');
  });

  it('both write all of it', async () => {
    const folder = temporaryFolder();
    const [first, second] = [await openIn(folder), await openIn(folder)];
    const owners = [first, second].map((stores, n) => engineOn(stores, `owner${n}`));
    const ids = await Promise.all(
      Array.from({ length: 10 }, (_, n) => owners[n % 2]).map(async (runs) => {
        if (runs === undefined) throw new Error('There are two.');
        const id = value(await runs.start(inlined(TRANSCRIPT)));
        await runs.settled(id);
        return id;
      }),
    );
    const { output } = await undisturbed(TRANSCRIPT);
    for (const runs of owners) {
      expect(value(await runs.list(0, 100)).runs.map(({ id }) => id).sort()).toEqual([...ids].sort());
      for (const id of ids) expect(await outputOf(runs, id)).toEqual(output);
    }
  });

  it('give up after a while, in memory, and come back', async () => {
    const folder = temporaryFolder();
    const stores = await openIn(folder);
    const letGo = lock(join(folder, 'work.db'));
    const now = vi.spyOn(performance, 'now').mockReturnValueOnce(0).mockReturnValue(BUSY_LIMIT_MS + 1);
    onTestFinished(() => now.mockRestore());
    expect(await stores.runs.saveText('hash', 'words')).toEqual({ ok: true, value: undefined });
    now.mockRestore();
    expect(stores.runs.status.mode).toBe('memory');
    expect(stores.runs.status.message).toContain('another process keeps it locked.');
    expect(value(await stores.runs.text('hash'))).toBe('words');
    letGo();
    const runs = engineOn(stores, 'now');
    const id = value(await runs.start(inlined(TRANSCRIPT)));
    expect(await runs.settled(id)).toMatchObject({ state: 'done', stored: true });
    expect(stores.runs.status.mode).toBe('file');
  });
});

const FIRST = 'CREATE TABLE words (word TEXT)';
const SECOND = "ALTER TABLE words ADD COLUMN language TEXT NOT NULL DEFAULT 'en'";

/** A file of schema 1 with one word in it, and its path. */
function oldFile(): string {
  const file = join(temporaryFolder(), 'work.db');
  const connection = connect(file);
  migrateWork(connection, file, [FIRST]);
  connection.exec("INSERT INTO words (word) VALUES ('plan')");
  return file;
}

function wordsIn(connection: Connection): unknown {
  return [connection.pragma('user_version', { simple: true }), connection.prepare('SELECT * FROM words').all()];
}

describe('a migration of work.db', () => {
  it('keeps what is there, and a copy of the file as it was', () => {
    const file = oldFile();
    const connection = connect(file);
    migrateWork(connection, file, [FIRST, SECOND]);
    expect(wordsIn(connection)).toEqual([2, [{ word: 'plan', language: 'en' }]]);
    expect(wordsIn(connect(`${file}.version-1.backup`))).toEqual([1, [{ word: 'plan' }]]);
    expect(existsSync(`${file}.version-1.backup.unfinished`)).toBe(false);
  });

  it('replaces what an earlier copy left behind', () => {
    const file = oldFile();
    writeFileSync(`${file}.version-1.backup.unfinished`, 'half');
    writeFileSync(`${file}.version-1.backup`, 'old');
    migrateWork(connect(file), file, [FIRST, SECOND]);
    expect(wordsIn(connect(`${file}.version-1.backup`))).toEqual([1, [{ word: 'plan' }]]);
  });

  it('that fails changes nothing', () => {
    const file = oldFile();
    const connection = connect(file);
    expect(() => migrateWork(connection, file, [FIRST, SECOND, 'ALTER TABLE nobody ADD COLUMN a'])).toThrow(/no such table: nobody/);
    expect(wordsIn(connection)).toEqual([1, [{ word: 'plan' }]]);
  });

  it('is done once when two processes come to it', () => {
    const file = oldFile();
    const [first, second] = [connect(file), connect(file)];
    migrateWork(first, file, [FIRST, SECOND]);
    migrateWork(second, file, [FIRST, SECOND]);
    expect(wordsIn(second)).toEqual([2, [{ word: 'plan', language: 'en' }]]);
  });

  it('of a new file needs no copy', async () => {
    const folder = temporaryFolder();
    await (await openIn(folder)).close();
    expect(readdirSync(folder).sort()).toEqual(['.gitignore', 'cache.db', 'work.db']);
  });
});

const PAGE = 4096;
const CACHE_DAMAGES: readonly (readonly [name: string, damage: (file: string) => void])[] = [
  ['garbage', (file) => writeFileSync(file, Buffer.alloc(3 * PAGE, 'no database '))],
  ['a text', (file) => writeFileSync(file, 'hello')],
  ['a file cut in its first page', (file) => truncateSync(file, 700)],
  ['a file cut in the middle', (file) => truncateSync(file, PAGE)],
  ['a file of another version', (file) => {
    const connection = connect(file);
    connection.exec('DROP TABLE kept; CREATE TABLE kept (key TEXT, words TEXT)');
    connection.pragma('user_version = 99');
  }],
  ['a file of somebody else', (file) => {
    truncateSync(file, 0);
    connect(file).exec('CREATE TABLE kept (something TEXT)');
  }],
];

describe('a damaged cache.db', () => {
  for (const [name, damage] of CACHE_DAMAGES) {
    it(`${name}: is made anew, and work.db stays`, async () => {
      const { folder, runId } = await folderWithRun();
      const file = join(folder, 'cache.db');
      damage(file);
      const stores = await openIn(folder);
      await stores.extractions.put('key', 'extraction');
      expect(await stores.extractions.get('key')).toBe('extraction');
      expect(stores.runs.status.mode).toBe('file');
      expect(await outputOf(engineOn(stores, 'now'), runId)).toEqual((await undisturbed(TRANSCRIPT)).output);
      await stores.close();
      const again = await openIn(folder);
      expect(await again.extractions.get('key')).toBe('extraction');
      expect([...stores.warnings, ...again.warnings]).toEqual([]);
    });
  }

  it('that cannot be replaced is done without', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'cache.db'));
    const stores = await openIn(folder);
    await stores.extractions.put('key', 'extraction');
    expect(await stores.extractions.get('key')).toBeNull();
    expect(stores.warnings).toEqual(['The cache cannot be used and is done without: the store cannot be written.']);
    const runs = engineOn(stores, 'now');
    const id = value(await runs.start(inlined(TRANSCRIPT)));
    expect(await runs.settled(id)).toMatchObject({ state: 'done', stored: true });
  });
});

describe('the cache', () => {
  it('lets go of what was written longest ago', async () => {
    const quiet = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
    const file = await CacheFile.open(join(temporaryFolder(), 'cache.db'), { log: quiet });
    onTestFinished(() => file.close());
    const cache = new SqliteExtractionCache(file, { ...EXTRACTION_LIMITS, maxBytes: 12 });
    for (const key of ['a', 'b', 'c']) await cache.put(key, key.repeat(4));
    await cache.put('b', 'again');
    expect(await Promise.all(['a', 'b', 'c'].map((key) => cache.get(key)))).toEqual([null, 'again', 'cccc']);
  });
});
