import type * as files from 'node:fs';
import { mkdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { openDatabase } from '../../../server/src/adapters/openDatabase.ts';
import { WORK_SCHEMA_VERSION } from '../../../server/src/adapters/workSchema.ts';
import { checkLedger, CROSSWALK, outputOf, TRANSCRIPT, undisturbed, value } from '../../engine/runs/scenarios.ts';
import { contentOf, engineOn, folderWithRun, inlined, openIn, temporaryFolder, type OpenedStore } from './storeFolder.ts';

const { refusals } = vi.hoisted(() => ({ refusals: new Set<string>() }));

// A user who may not write: the superuser, as whom tests may run, may always.
vi.mock('node:fs', async (importOriginal) => {
  const fs = await importOriginal<typeof files>();
  const accessSync: typeof fs.accessSync = (path, mode) => {
    if (refusals.has(String(path))) throw Object.assign(new Error(`EACCES: permission denied, access '${String(path)}'`), { code: 'EACCES' });
    fs.accessSync(path, mode);
  };
  // As Node says it of a read-only disk: of a folder made with its parents that it is not there.
  const mkdirSync = ((path: string, options?: files.MakeDirectoryOptions) => {
    if (![...refusals].some((refused) => path.startsWith(join(refused, 'new')))) return fs.mkdirSync(path, options);
    if (options?.recursive === true) throw Object.assign(new Error(`ENOENT: no such file or directory, mkdir '${path}'`), { code: 'ENOENT' });
    throw Object.assign(new Error(`EROFS: read-only file system, mkdir '${path}'`), { code: 'EROFS' });
  }) as typeof fs.mkdirSync;
  return { ...fs, accessSync, mkdirSync, default: { ...fs, accessSync, mkdirSync } };
});

function refuseWrites(folder: string): void {
  refusals.add(folder);
  onTestFinished(() => void refusals.delete(folder));
}

const DAMAGED = 'work.db is damaged. Move it away to start a new one; the damaged file is left as it is';
/** Bytes of a page, SQLite's default. */
const PAGE = 4096;

function inMemory(folder: string, reason: string): OpenedStore['runs']['status'] {
  return {
    mode: 'memory',
    message: `Runs are kept only until this process ends: ${reason}. The store is ${folder}; free or repair it, or name another folder, then start again.`,
  };
}

/** Work goes on in memory, and says that nothing of it is kept. */
async function checkWorks(stores: OpenedStore, earlier: readonly string[]): Promise<void> {
  const runs = engineOn(stores, 'now');
  const id = value(await runs.start(inlined(CROSSWALK)));
  const end = await runs.settled(id);
  expect(end).toMatchObject({ state: 'done', stored: false });
  checkLedger(end);
  expect(await outputOf(runs, id)).toEqual((await undisturbed(CROSSWALK)).output);
  const list = value(await runs.list(0, 10));
  expect(list.runs.map((run) => [run.id, run.stored])).toEqual([[id, false], ...earlier.map((one) => [one, true])]);
  expect(list.total).toBe(1 + earlier.length);
  for (const one of earlier) expect(await outputOf(runs, one)).toEqual((await undisturbed(TRANSCRIPT)).output);
}

const damages: readonly (readonly [name: string, damage: (file: string) => void, reason: string])[] = [
  ['garbage', (file) => writeFileSync(file, Buffer.alloc(3 * PAGE, 'no database ')), DAMAGED],
  ['garbage, with a log beside it', (file) => {
    writeFileSync(file, Buffer.alloc(3 * PAGE, 'no database '));
    writeFileSync(`${file}-wal`, Buffer.alloc(2 * PAGE, 'no log '));
  }, DAMAGED],
  ['an empty file, with a log beside it', (file) => {
    truncateSync(file, 0);
    writeFileSync(`${file}-wal`, Buffer.alloc(2 * PAGE, 'the only words left '));
  }, DAMAGED],
  ['a text', (file) => writeFileSync(file, 'hello'), DAMAGED],
  ['a file cut in the middle', (file) => truncateSync(file, PAGE * 5), DAMAGED],
  ['a file cut in its first page', (file) => truncateSync(file, 700), DAMAGED],
  ['a file with a page overwritten', (file) => {
    const bytes = readFileSync(file);
    bytes.fill(0xa5, PAGE * 2, PAGE * 3);
    writeFileSync(file, bytes);
  }, DAMAGED],
  ['a file of a newer version', (file) => {
    const connection = openDatabase(file, { synchronous: 'FULL' });
    connection.pragma(`user_version = ${WORK_SCHEMA_VERSION + 1}`);
    connection.close();
  }, `work.db was written by a newer version of Collate (its schema is ${WORK_SCHEMA_VERSION + 1}, this one knows ${WORK_SCHEMA_VERSION}). Update Collate to open it; the file is left as it is`],
  ['a folder where the file should be', (file) => {
    rmSync(file);
    mkdirSync(file);
  }, 'the store cannot be written'],
];

describe('a work.db that cannot be used', () => {
  for (const [name, damage, reason] of damages) {
    it(`${name}: work goes on in memory, the file is left as it is`, async () => {
      const { folder } = await folderWithRun();
      damage(join(folder, 'work.db'));
      const before = contentOf(folder);
      const stores = await openIn(folder);
      expect(stores.runs.status).toEqual(inMemory(folder, reason));
      expect(stores.warnings).toEqual([stores.runs.status.message]);
      await checkWorks(stores, []);
      await stores.close();
      expect(contentOf(folder)).toEqual(before);
    });
  }
});

describe('a folder that cannot be used', () => {
  it('a file: work goes on in memory', async () => {
    const folder = join(temporaryFolder(), 'file');
    writeFileSync(folder, 'mine');
    const stores = await openIn(folder);
    expect(stores.runs.status).toEqual(inMemory(folder, 'its path is a file, not a folder'));
    await checkWorks(stores, []);
    expect(readFileSync(folder, 'utf8')).toBe('mine');
  });

  it('a path through a file: work goes on in memory', async () => {
    const file = join(temporaryFolder(), 'file');
    writeFileSync(file, 'mine');
    const folder = join(file, 'store');
    const stores = await openIn(folder);
    expect(stores.runs.status).toEqual(inMemory(folder, 'its path leads through a file, not a folder'));
    await checkWorks(stores, []);
  });

  it('one without permission: earlier runs are shown, new ones are in memory', async () => {
    const { folder, runId } = await folderWithRun();
    refuseWrites(folder);
    const before = contentOf(folder);
    const stores = await openIn(folder);
    expect(stores.runs.status).toEqual(inMemory(folder, 'its folder cannot be written'));
    await checkWorks(stores, [runId]);
    await stores.close();
    expect(contentOf(folder)).toEqual(before);
  });

  it('one without permission, with a damaged file: the file is no hindrance', async () => {
    const { folder } = await folderWithRun();
    writeFileSync(join(folder, 'work.db'), 'hello');
    refuseWrites(folder);
    const stores = await openIn(folder);
    expect(stores.runs.status).toEqual(inMemory(folder, 'its folder cannot be written'));
    expect(stores.warnings[0]).toBe(`Earlier runs cannot be shown: ${DAMAGED}.`);
    await checkWorks(stores, []);
    expect(readFileSync(join(folder, 'work.db'), 'utf8')).toBe('hello');
  });

  it('a new one on a read-only disk: work goes on in memory', async () => {
    const disk = temporaryFolder();
    refuseWrites(disk);
    const folder = join(disk, 'new', 'store');
    const stores = await openIn(folder);
    expect(stores.runs.status).toEqual(inMemory(folder, 'its folder cannot be written'));
    await checkWorks(stores, []);
    expect(contentOf(disk)).toEqual({});
  });

  it('an empty one without permission: work goes on in memory', async () => {
    const folder = temporaryFolder();
    refuseWrites(folder);
    const stores = await openIn(folder);
    expect(stores.runs.status).toEqual(inMemory(folder, 'its folder cannot be written'));
    await checkWorks(stores, []);
    await stores.close();
    expect(contentOf(folder)).toEqual({});
  });
});

describe('a usable folder', () => {
  it('keeps runs, and keeps itself out of version control', async () => {
    const { folder, runId } = await folderWithRun();
    expect(readFileSync(join(folder, '.gitignore'), 'utf8')).toBe('*\n');
    const stores = await openIn(folder);
    expect(stores.runs.status).toEqual({ mode: 'file', message: `Runs are kept in ${folder}.` });
    const runs = engineOn(stores, 'now');
    expect(value(await runs.get(runId))).toMatchObject({ state: 'done', stored: true });
    expect(await outputOf(runs, runId)).toEqual((await undisturbed(TRANSCRIPT)).output);
    expect(stores.warnings).toEqual([]);
  });

  it('takes an empty file for a new one', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'work.db'), '');
    expect((await openIn(folder)).runs.status.mode).toBe('file');
  });

  it('leaves a .gitignore of its owner alone', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, '.gitignore'), '!work.db\n');
    await openIn(folder);
    expect(readFileSync(join(folder, '.gitignore'), 'utf8')).toBe('!work.db\n');
  });
});
