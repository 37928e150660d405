import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LruCache } from '../../../server/src/engine/cache/lruCache.ts';
import { TieredAnswers } from '../../../server/src/engine/cache/tieredAnswers.ts';
import type { CachedAnswer } from '../../../server/src/engine/ports.ts';
import { memoryAnswers } from '../../fakes/memoryAnswers.ts';

const answer = (words: string): CachedAnswer => ({ answer: words, usage: { tokensIn: 10, tokensOut: 2, tokensCached: 0, estimated: false } });

/** A file that remembers which keys it was asked for. */
function askedFile() {
  const file = memoryAnswers();
  const asked: string[] = [];
  return { asked, file: { ...file, get: (keys: readonly string[]) => (asked.push(...keys), file.get(keys)) } };
}

describe('values in memory', () => {
  it('are those used last that fit, whatever is done', () => {
    const step = fc.oneof(
      fc.record({ what: fc.constant('set' as const), key: fc.constantFrom('a', 'b', 'c', 'd', 'e'), size: fc.nat(12) }),
      fc.record({ what: fc.constantFrom('get' as const, 'delete' as const), key: fc.constantFrom('a', 'b', 'c', 'd', 'e'), size: fc.constant(0) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const cache = new LruCache<number>(20, (_, size) => size);
        /** The newest use last. */
        let model: (readonly [string, number])[] = [];
        for (const { what, key, size } of steps) {
          const known = model.find(([name]) => name === key);
          const others = model.filter(([name]) => name !== key);
          if (what === 'get') {
            expect(cache.get(key)).toBe(known?.[1]);
            model = known === undefined ? others : [...others, known];
          } else if (what === 'delete') {
            cache.delete(key);
            model = others;
          } else {
            cache.set(key, size);
            model = size > 20 ? others : [...others, [key, size]];
            while (model.reduce((sum, [, one]) => sum + one, 0) > 20) model = model.slice(1);
          }
          expect(cache.bytes).toBe(model.reduce((sum, [, one]) => sum + one, 0));
          expect(cache.size).toBe(model.length);
        }
      }),
    );
  });
});

describe('answers in memory before those in the file', () => {
  it('are asked for once', async () => {
    const { file, asked } = askedFile();
    await file.put([{ key: 'a', value: answer('one') }]);
    const cache = new TieredAnswers(file);
    expect(await cache.get(['a', 'b', 'a'])).toEqual([answer('one'), null, answer('one')]);
    expect(await cache.get(['a'])).toEqual([answer('one')]);
    expect(asked).toEqual(['a', 'b']);
  });

  it('are there as soon as they are put, and in the file', async () => {
    const { file, asked } = askedFile();
    const cache = new TieredAnswers(file);
    const putting = cache.put([{ key: 'a', value: answer('one') }]);
    expect(await cache.get(['a'])).toEqual([answer('one')]);
    await putting;
    expect(asked).toEqual([]);
    expect(file.entries.get('a')).toEqual(answer('one'));
  });

  it('are gone when they are cleared here, and when they are cleared elsewhere', async () => {
    const { file } = askedFile();
    const [here, elsewhere] = [new TieredAnswers(file), new TieredAnswers(file)];
    for (const clearing of [here, elsewhere]) {
      await here.put([{ key: 'a', value: answer('one') }]);
      expect(await here.get(['a'])).toEqual([answer('one')]);
      expect(await clearing.clear()).toBe(1);
      expect(await here.get(['a'])).toEqual([null]);
    }
  });

  it('give way to newer ones, and are found in the file again', async () => {
    const { file, asked } = askedFile();
    const cache = new TieredAnswers(file, 1_000);
    await cache.put(['a', 'b', 'c'].map((key) => ({ key, value: answer(key.repeat(200)) })));
    expect(await cache.get(['c', 'a'])).toEqual([answer('c'.repeat(200)), answer('a'.repeat(200))]);
    expect(asked).toEqual(['a']);
  });
});
