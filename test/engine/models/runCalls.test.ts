import { describe, expect, it } from 'vitest';
import { ok, type Result } from '../../../shared/failure.ts';
import type { AnswerCache, CachedAnswer, CallJournal, JournalledCall } from '../../../server/src/engine/models/modelStores.ts';
import { RunCalls, type FreshAnswer } from '../../../server/src/engine/models/runCalls.ts';

const USAGE = { tokensIn: 1, tokensOut: 1, tokensCached: 0, estimated: false };
const OPEN = new AbortController().signal;
const fresh = (value: unknown, costUsd = 0.5): FreshAnswer => ({ result: ok(value), usage: USAGE, costUsd, attempts: 1 });
const failed = (retry: 'never' | 'later', costUsd = 0): FreshAnswer =>
  ({ result: { ok: false, failure: { code: 'badAnswer', message: 'No.', retry } }, usage: USAGE, costUsd, attempts: 1 });

class Kept implements CallJournal, AnswerCache {
  readonly calls = new Map<string, JournalledCall>();
  readonly begun = new Set<string>();
  readonly cached = new Map<string, CachedAnswer>();
  version = async (): Promise<number> => 0;
  async begin(_run: string, _owner: string, calls: readonly string[]): Promise<Result<void>> {
    for (const call of calls) this.begun.add(call);
    return ok(undefined);
  }
  async append(_run: string, _owner: string, calls: readonly JournalledCall[]): Promise<Result<void>> {
    for (const call of calls) this.calls.set(call.call, call);
    return ok(undefined);
  }
  async load(): Promise<Result<{ finished: readonly JournalledCall[]; unfinished: number }>> {
    return ok({ finished: [...this.calls.values()], unfinished: [...this.begun].filter((call) => !this.calls.has(call)).length });
  }
  async get(keys: readonly string[]): Promise<readonly (CachedAnswer | null)[]> {
    return keys.map((key) => this.cached.get(key) ?? null);
  }
  async put(entries: readonly { readonly key: string; readonly value: CachedAnswer }[]): Promise<void> {
    for (const { key, value } of entries) this.cached.set(key, value);
  }
  async stats() {
    return { entries: this.cached.size, bytes: 0, oldest: null, newest: null };
  }
  async clear(): Promise<number> {
    return 0;
  }
}

function calls(kept: Kept, inFlight = new Map<string, Promise<Result<unknown>>>()): RunCalls {
  return new RunCalls({ runId: 'r', owner: 'me', journal: kept, cache: kept, inFlight, now: () => 0 });
}
const values = (answers: readonly { result: Result<unknown>; from: string }[]) => answers.map(({ result, from }) => [result.ok ? result.value : result.failure.code, from]);

describe('the answers of a run', () => {
  it('are ordered by what was asked, whatever order they came in, and equal keys are asked once', async () => {
    const asked: number[][] = [];
    const answers = await calls(new Kept()).each(['a', 'b', 'a', 'c'], async (missing, finished) => {
      asked.push([...missing]);
      for (const place of [...missing].reverse()) await finished(place, fresh(place));
    }, OPEN);
    expect(asked).toEqual([[0, 1, 3]]);
    expect(values(answers)).toEqual([[0, 'model'], [1, 'model'], [0, 'shared'], [3, 'model']]);
  });

  it('come from the journal before the cache, and from the cache before a call', async () => {
    const kept = new Kept();
    await calls(kept).each(['a'], async (_, finished) => finished(0, fresh('journal')), OPEN);
    kept.cached.set('a', { answer: '"other"', usage: USAGE });
    kept.cached.set('b', { answer: '"cache"', usage: USAGE });
    const answers = await calls(kept).each(['a', 'b', 'c'], async (missing, finished) => {
      for (const place of missing) await finished(place, fresh('model'));
    }, OPEN);
    expect(values(answers)).toEqual([['journal', 'journal'], ['cache', 'cache'], ['model', 'model']]);
    expect(kept.calls.get('b')?.costUsd).toBe(0);
  });

  it('keep a failure that cannot heal, and ask again for one that may, counting what both cost', async () => {
    const kept = new Kept();
    await calls(kept).each(['a', 'b'], async (_, finished) => {
      await finished(0, failed('never', 0.25));
      await finished(1, failed('later', 0.25));
    }, OPEN);
    const resumed = calls(kept);
    const asked: number[] = [];
    const answers = await resumed.each(['a', 'b'], async (missing, finished) => {
      asked.push(...missing);
      await finished(1, fresh('healed'));
    }, OPEN);
    expect(asked).toEqual([1]);
    expect(values(answers)).toEqual([['badAnswer', 'journal'], ['healed', 'model']]);
    expect(await calls(kept).spentUsd()).toBe(1);
    expect([...kept.cached.keys()]).toEqual(['b']);
  });

  it('ask again with another key where one was refused', async () => {
    const kept = new Kept();
    await calls(kept).each(['a'], async (_, finished) => finished(0, { ...failed('never', 0), result: { ok: false, failure: { code: 'unauthorized', message: 'Wrong key.', retry: 'never' } } }), OPEN);
    const answers = await calls(kept).each(['a'], async (_, finished) => finished(0, fresh('right')), OPEN);
    expect(values(answers)).toEqual([['right', 'model']]);
  });

  it('are paid once by two runs that ask at the same time', async () => {
    const inFlight = new Map<string, Promise<Result<unknown>>>();
    const [one, two] = [new Kept(), new Kept()];
    let go = (): void => undefined;
    const gate = new Promise<void>((resolve) => (go = resolve));
    let paid = 0;
    const ask = async (missing: readonly number[], finished: (place: number, answer: FreshAnswer) => Promise<void>): Promise<void> => {
      await gate;
      for (const place of missing) {
        paid += 1;
        await finished(place, fresh('x'));
      }
    };
    const both = Promise.all([calls(one, inFlight).each(['a'], ask, OPEN), calls(two, inFlight).each(['a'], ask, OPEN)]);
    go();
    const [first, second] = await both;
    expect([values(first), values(second), paid]).toEqual([[['x', 'model']], [['x', 'shared']], 1]);
    expect(two.calls.has('a')).toBe(true);
    expect(inFlight.size).toBe(0);
  });

  it('are asked anew by who waited for a run that was cancelled', async () => {
    const inFlight = new Map<string, Promise<Result<unknown>>>();
    const abort = new AbortController();
    const cancelled = calls(new Kept(), inFlight).each(['a'], (_missing, _finished, _begun, signal) => new Promise((_, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason as Error));
    }), abort.signal);
    const waiting = calls(new Kept(), inFlight).each(['a'], async (_, finished) => finished(0, fresh('mine')), OPEN);
    await new Promise((resolve) => setImmediate(resolve));
    abort.abort(new Error('Cancelled.'));
    await expect(cancelled).rejects.toThrow('Cancelled.');
    expect(values(await waiting)).toEqual([['mine', 'model']]);
  });

  it('say how many calls were in flight when an earlier process ended', async () => {
    const kept = new Kept();
    const abort = new AbortController();
    const run = calls(kept).each(['a', 'b', 'c'], async (_, finished, begun, signal) => {
      await begun([0, 1]);
      await finished(1, fresh('b'));
      abort.abort(new Error('Killed.'));
      signal.throwIfAborted();
    }, abort.signal);
    await expect(run).rejects.toThrow('Killed.');
    // The third never went out.
    expect(await calls(kept).load()).toBe(1);
  });

  it('say that an item nobody finished has failed', async () => {
    const answers = await calls(new Kept()).each(['a'], async () => undefined, OPEN);
    expect(values(answers)).toEqual([['internal', 'model']]);
  });
});
