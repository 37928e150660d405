import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FailureCode } from '../../../shared/failure.ts';
import type { CheckedItem } from '../../../server/src/engine/models/batchAnswers.ts';
import type { CallResult } from '../../../server/src/engine/models/modelPort.ts';
import { runBatches, type BatchesResult, type BatchWork } from '../../../server/src/engine/models/runBatches.ts';
import { NEVER, USAGE } from './answers.ts';

interface Item {
  readonly id: string;
  readonly tokens: number;
}

const itemsNamed = (ids: string): readonly Item[] => [...ids].map((id) => ({ id, tokens: 2 }));
const good = (id: string): unknown => ({ id, is: `answer of ${id}` });
const answered = (answers: readonly unknown[]): CallResult<readonly unknown[]> => ({ ok: true, value: answers, usage: USAGE });
const failedWith = (code: FailureCode): CallResult<readonly unknown[]> => ({ ok: false, failure: { code, message: code, retry: 'later', usage: USAGE } });

function checkOwn({ id }: Item, answer: unknown): CheckedItem<string> {
  const { is } = answer as { readonly is: unknown };
  return is === `answer of ${id}` ? { ok: true, value: `${id}!` } : { ok: false, problem: { reason: 'Another answer.', detail: 'say what is asked.' } };
}

/** What was asked, in order: `abc`, or `a (why)` for one asked again. */
type Respond = (ids: string, earlier: string | null, call: number) => CallResult<readonly unknown[]>;
async function run(ids: string, respond: Respond, options: Partial<BatchWork<Item, string>> = {}): Promise<{ readonly asked: readonly string[]; readonly result: BatchesResult<string> }> {
  const asked: string[] = [];
  const ask = async (items: readonly Item[], earlier: string | null): Promise<CallResult<readonly unknown[]>> => {
    const names = items.map(({ id }) => id).join('');
    asked.push(earlier === null ? names : `${names} (${earlier})`);
    return respond(names, earlier, asked.length);
  };
  const result = await runBatches<Item, string>({ items: itemsNamed(ids), limits: { tokens: 100, items: 3 }, lanes: 1, asksAlone: 2, ask, check: checkOwn, ...options }, NEVER);
  return { asked, result };
}

const shown = ({ items }: BatchesResult<string>): readonly string[] => items.map(({ result }) => (result.ok ? result.value : result.failure.code));
const all = (ids: string): CallResult<readonly unknown[]> => answered([...ids].map(good));
const again = 'the item was not answered; answer it under its id.';

describe('items asked in batches', () => {
  it.each<[name: string, ids: string, respond: Respond, asked: readonly string[], results: readonly string[]]>([
    ['are answered', 'abcde', all, ['abc', 'de'], ['a!', 'b!', 'c!', 'd!', 'e!']],
    ['are none', '', all, [], []],
    ['and left out are asked again alone', 'abc', (ids) => (ids.length > 1 ? all('b') : all(ids)), ['abc', `a (${again})`, `c (${again})`], ['a!', 'b!', 'c!']],
    ['and always left out fail after two more times', 'ab', () => all('b'), ['ab', `a (${again})`, `a (${again})`], ['badAnswer', 'b!']],
    ['and answered wrongly are asked again with what was wrong', 'ab', (ids, earlier) => (earlier === null ? answered([good('a'), { id: 'b', is: 'x' }]) : all(ids)), ['ab', 'b (say what is asked.)'], ['a!', 'b!']],
    ['and answered with the answer of another fail', 'ab', () => answered([{ id: 'a', is: 'answer of b' }, good('b')]), ['ab', 'a (say what is asked.)', 'a (say what is asked.)'], ['badAnswer', 'b!']],
    ['and answered under the id of another are missing', 'a', () => all('b'), ['a', `a (${again})`, `a (${again})`], ['badAnswer']],
    ['fail with their call, and with it alone', 'abcdef', (ids) => (ids === 'abc' ? failedWith('unreachable') : all(ids)), ['abc', 'def'], ['unreachable', 'unreachable', 'unreachable', 'd!', 'e!', 'f!']],
    ['are halved where the answer was cut off', 'abc', (ids) => (ids.length > 2 ? failedWith('tooLarge') : all(ids)), ['abc', 'ab', 'c'], ['a!', 'b!', 'c!']],
    ['are halved down to the one that is refused', 'abc', (ids) => (ids.includes('b') ? failedWith('refused') : all(ids)), ['abc', 'ab', 'c', 'a', 'b'], ['a!', 'refused', 'c!']],
    ['are halved where there is no answer to read', 'ab', (ids) => (ids === 'ab' ? failedWith('badAnswer') : all(ids)), ['ab', 'a', 'b'], ['a!', 'b!']],
    ['are not asked once the allowance is spent', 'abcdef', () => failedWith('quota'), ['abc'], Array.from({ length: 6 }, () => 'quota')],
    ['are not asked without a key', 'abcdef', () => failedWith('unauthorized'), ['abc'], Array.from({ length: 6 }, () => 'unauthorized')],
    ['are not asked of a model that is not there', 'abcdef', () => ({ ok: false, failure: { code: 'refused', message: 'No such model.', retry: 'never', everyCall: true } }), ['abc'], Array.from({ length: 6 }, () => 'refused')],
    ['fail alone where something is thrown', 'abcd', (ids) => {
      if (ids === 'abc') throw new Error('broken');
      return all(ids);
    }, ['abc', 'd'], ['internal', 'internal', 'internal', 'd!']],
  ])('%s', async (_, ids, respond, asked, results) => {
    const done = await run(ids, respond);
    expect(done.asked).toEqual(asked);
    expect(shown(done.result)).toEqual(results);
    expect(done.result.calls).toBe(asked.length);
  });

  it('that end as failures say why in words', async () => {
    const { result } = await run('a', () => all(''));
    expect(result.items[0]?.result).toEqual({ ok: false, failure: { code: 'badAnswer', message: 'The model left this out of its answer.', retry: 'later' } });
  });

  it('stop once they are cancelled', async () => {
    const controller = new AbortController();
    const asked: number[] = [];
    const ask = async (items: readonly Item[]): Promise<CallResult<readonly unknown[]>> => {
      asked.push(items.length);
      controller.abort();
      return answered(items.map(({ id }) => good(id)));
    };
    const result = await runBatches<Item, string>({ items: itemsNamed('abcdef'), limits: { tokens: 100, items: 3 }, lanes: 1, asksAlone: 2, ask, check: checkOwn }, controller.signal);
    expect(asked).toEqual([3]);
    expect(shown(result)).toEqual(['a!', 'b!', 'c!', 'cancelled', 'cancelled', 'cancelled']);
  });

  it('share what their calls cost, by their tokens', async () => {
    const items = [{ id: 'a', tokens: 1 }, { id: 'b', tokens: 2 }];
    const { result } = await run('', all, { items });
    expect(result.items.map(({ usage }) => usage.tokensIn)).toEqual([33, 67]);
  });

  it('never have one id', async () => {
    await expect(run('aa', all)).rejects.toThrow(/same id/u);
  });

  it('are told as they end, each once', async () => {
    const told: string[] = [];
    await run('abcd', (ids) => (ids === 'abc' ? all('c') : all(ids)), { onItem: ({ id }) => told.push(id) });
    expect(told.toSorted()).toEqual(['a', 'b', 'c', 'd']);
    expect(told[0]).toBe('c');
  });

  const IDS = 'abcdefghijklmno';
  it('and left out, whichever they are, are asked once more each, and no other is', async () => {
    await fc.assert(
      fc.asyncProperty(fc.subarray([...IDS]), fc.integer({ min: 2, max: 8 }), async (left, most) => {
        const respond: Respond = (ids, earlier) => answered([...ids].filter((id) => earlier !== null || !left.includes(id)).map(good));
        const { asked, result } = await run(IDS, respond, { limits: { tokens: 1000, items: most } });
        expect(asked.filter((each) => each.includes('(')).map((each) => each.charAt(0)).sort()).toEqual(left);
        expect(shown(result)).toEqual([...IDS].map((id) => `${id}!`));
      }),
    );
  });

  it('give one result each in their order, and lose no token, whatever a model does', async () => {
    const behaviour = fc.record({
      drop: fc.subarray([...IDS]), wrong: fc.subarray([...IDS]), extra: fc.array(fc.constantFrom('zz', 'a', 'q')),
      code: fc.constantFrom<FailureCode | null>(null, null, null, null, 'tooLarge', 'refused', 'badAnswer', 'timeout', 'quota'),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(behaviour, { minLength: 1, maxLength: 12 }), fc.integer({ min: 1, max: 4 }), async (behaviours, lanes) => {
        const respond: Respond = (ids, _, call) => {
          const { drop, wrong, extra, code } = behaviours[call % behaviours.length] as (typeof behaviours)[number];
          if (code !== null) return failedWith(code);
          const answers = [...ids].toReversed().filter((id) => !drop.includes(id)).map((id) => (wrong.includes(id) ? { id, is: 'x' } : good(id)));
          return answered([...answers, ...extra.map((id) => ({ id, is: 'extra' }))]);
        };
        const { result } = await run(IDS, respond, { lanes, limits: { tokens: 1000, items: 4 } });
        expect(result.items.map(({ id }) => id)).toEqual([...IDS]);
        for (const { id, result: own } of result.items) if (own.ok) expect(own.value).toBe(`${id}!`);
        for (const part of ['tokensIn', 'tokensOut', 'tokensCached'] as const) {
          expect(result.items.reduce((sum, { usage }) => sum + usage[part], 0)).toBe(result.usage[part]);
          expect(result.usage[part]).toBe(result.calls * USAGE[part]);
        }
      }),
    );
  });
});
