import { describe, expect, it } from 'vitest';
import { IdleMemory } from '../../../server/src/lsp/idleMemory.ts';
import type { HomeEngine } from '../../../server/src/lsp/engines.ts';
import { RunIndexes } from '../../../server/src/lsp/results/runIndexes.ts';
import type { RunSnapshot } from '../../../shared/model.ts';
import { snapshotOf } from './fakeEngine.ts';

const MB = 1024 * 1024;

/** What each look finds: milliseconds worked since the one before, and megabytes of the heap. A collection leaves so many megabytes. */
function collectedAt(looks: readonly (readonly [worked: number, megabytes: number])[], left = 15): readonly number[] {
  const collected: number[] = [];
  let [at, worked, heap] = [0, 0, 0];
  const idle = new IdleMemory(() => ({ at, worked, heapBytes: heap * MB }), () => {
    collected.push(at / 1_000);
    heap = left;
    // It works, too.
    worked += 200;
  });
  for (const [more, megabytes] of looks) {
    at += 1_000;
    worked += more;
    heap = megabytes;
    idle.look();
  }
  return collected;
}

describe('a server that has nothing to do', () => {
  it.each<[name: string, looks: readonly (readonly [number, number])[], collected: readonly number[]]>([
    ['collects after its second idle second', [[900, 30], [900, 30], [0, 30], [0, 30]], [4]],
    ['collects once', [[900, 30], [0, 30], [0, 30], [0, 15], [0, 15], [0, 15]], [3]],
    ['collects again after more work', [[900, 30], [0, 30], [0, 30], [900, 25], [0, 25], [0, 25]], [3, 6]],
    ['leaves little alone', [[900, 30], [0, 30], [0, 30], [900, 17], [0, 17], [0, 17]], [3]],
    ['does not collect between two works', [[900, 30], [0, 30], [900, 40], [0, 40], [900, 50]], []],
    ['takes a little work for none', [[900, 30], [40, 30], [40, 30]], [3]],
    ['takes the first look for no rest', [[0, 30], [0, 30]], []],
  ])('%s', (_, looks, collected) => {
    expect(collectedAt(looks)).toEqual(collected);
  });
});

describe('indexes of runs', () => {
  const asked: string[] = [];
  const home = { home: { storeDir: '/store' }, engine: { runs: { output: (ids: readonly string[]) => {
    asked.push(...ids);
    return Promise.resolve({ ok: true, value: { documents: [], runs: [{ units: [], matches: [], newTargets: [], findings: [] }] } });
  } } } } as unknown as HomeEngine;
  const run = (id: string, ...keys: readonly string[]): RunSnapshot => ({ ...snapshotOf({ id }), documents: keys.map((key) => ({ key })) } as unknown as RunSnapshot);

  it('are kept, but of an earlier run over the same documents', async () => {
    const indexes = new RunIndexes();
    const [first, other, second] = [run('first', 'a', 'b'), run('other', 'b', 'a'), run('second', 'a', 'b')];
    for (const one of [first, other, first, second, other, second, first]) await indexes.of(one, home);
    expect(asked).toEqual(['first', 'other', 'second', 'first']);
  });
});
