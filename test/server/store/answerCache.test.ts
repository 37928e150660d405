import { statSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openDatabase } from '../../../server/src/adapters/openDatabase.ts';
import { answer, answersIn } from './cacheFolder.ts';
import { temporaryFolder } from './storeFolder.ts';

/** Bytes one entry counts: its key, its usage and its words. */
const bytesOf = (key: string, words: string): number => Buffer.byteLength(key) + Buffer.byteLength(JSON.stringify(answer('').usage)) + 1 + Buffer.byteLength(words);
const put = (words: Readonly<Record<string, string>>) => Object.entries(words).map(([key, one]) => ({ key, value: answer(one) }));

describe('answers in cache.db', () => {
  it('are there again, in the order they are asked for', async () => {
    const folder = temporaryFolder();
    const cache = await answersIn(folder);
    await cache.put(put({ a: 'one\ntwo', b: '"\u{1f600}"', c: '' }));
    expect(await (await answersIn(folder)).get(['c', 'none', 'a', 'b', 'a'])).toEqual([answer(''), null, answer('one\ntwo'), answer('"\u{1f600}"'), answer('one\ntwo')]);
  });

  it('are asked for many at once', async () => {
    const cache = await answersIn(temporaryFolder());
    const keys = Array.from({ length: 1_234 }, (_, n) => `key ${n}`);
    await cache.put(keys.map((key) => ({ key, value: answer(key) })));
    expect(await cache.get([...keys, 'none'])).toEqual([...keys.map(answer), null]);
  });

  it('are written in groups', async () => {
    const folder = temporaryFolder();
    const cache = await answersIn(folder);
    const other = openDatabase(join(folder, 'cache.db'), { synchronous: 'NORMAL' });
    const version = (): unknown => other.pragma('data_version', { simple: true });
    let seen = version();
    let commits = 0;
    await Promise.all(
      Array.from({ length: 200 }, async (_, n) => {
        await cache.put(put({ [`key ${n}`]: 'words' }));
        if (version() !== seen) commits += 1;
        seen = version();
      }),
    );
    other.close();
    expect(commits).toBeLessThanOrEqual(Math.ceil(200 / 64));
  });

  it('are counted as what is in the file, whatever is put', async () => {
    const key = fc.constantFrom('a', 'b', 'c', 'd', 'e', '\u{1f600}');
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(fc.tuple(key, fc.string({ maxLength: 30 })), { maxLength: 4 }), { maxLength: 12 }), async (groups) => {
        const folder = temporaryFolder();
        const maxBytes = 3 * bytesOf('a', 'x'.repeat(20));
        const cache = await answersIn(folder, { maxBytes, grouping: { waitMs: 0, most: 64 } });
        /** The newest last. */
        let model: (readonly [string, string])[] = [];
        for (const group of groups) {
          await cache.put(group.map(([name, words]) => ({ key: name, value: answer(words) })));
          for (const [name, words] of group) model = [...model.filter(([known]) => known !== name), [name, words]];
          while (model.reduce((sum, [name, words]) => sum + bytesOf(name, words), 0) > maxBytes) model = model.slice(1);
        }
        const stats = await cache.stats();
        expect(stats).toMatchObject({ entries: model.length, bytes: model.reduce((sum, [name, words]) => sum + bytesOf(name, words), 0) });
        expect(await cache.get(model.map(([name]) => name))).toEqual(model.map(([, words]) => answer(words)));
      }),
      { numRuns: 30 },
    );
  });

  it('are as good as gone when they are too old, and go with the next write', async () => {
    const folder = temporaryFolder();
    let now = 1_000;
    const cache = await answersIn(folder, { maxAgeMs: 100 }, () => now);
    await cache.put(put({ a: 'old' }));
    now = 1_060;
    await cache.put(put({ b: 'newer' }));
    now = 1_101;
    expect(await cache.get(['a', 'b'])).toEqual([null, answer('newer')]);
    await cache.put(put({ c: 'newest' }));
    expect(await cache.stats()).toMatchObject({ entries: 2, oldest: 1_060, newest: 1_101 });
  });

  it('are cleared, for other processes too, and their space is given back', async () => {
    const folder = temporaryFolder();
    const [cache, other] = [await answersIn(folder), await answersIn(folder)];
    const before = await other.generation();
    await cache.put(Array.from({ length: 1_500 }, (_, n) => ({ key: `key ${n}`, value: answer('words '.repeat(200)) })));
    expect((await other.stats()).entries).toBe(1_500);
    expect(await cache.clear()).toBe(1_500);
    expect(await other.get(['key 1'])).toEqual([null]);
    expect(await other.stats()).toEqual({ entries: 0, bytes: 0, oldest: null, newest: null });
    expect(await other.generation()).not.toBe(before);
    expect(statSync(join(folder, 'cache.db')).size).toBeLessThan(100_000);
    expect(statSync(join(folder, 'cache.db-wal')).size).toBe(0);
  });

  it('are written while another process writes, late', async () => {
    const folder = temporaryFolder();
    const cache = await answersIn(folder);
    const other = openDatabase(join(folder, 'cache.db'), { synchronous: 'NORMAL' });
    other.exec('BEGIN IMMEDIATE');
    const putting = cache.put(put({ a: 'one' }));
    await cache.get(['a']);
    other.exec('ROLLBACK');
    other.close();
    await putting;
    expect(await cache.get(['a'])).toEqual([answer('one')]);
  });
});
