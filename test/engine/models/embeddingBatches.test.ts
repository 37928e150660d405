import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fail, ok, type Result } from '../../../shared/failure.ts';
import { embedTexts, ofOneLength, planEmbeddings, type Vector } from '../../../server/src/engine/models/embeddingBatches.ts';
import type { CallFailure, CallResult } from '../../../server/src/engine/models/modelPort.ts';
import { NEVER, USAGE } from './answers.ts';

const LIMITS = { items: 2, tokens: 50 };
const vectorOf = (text: string): Vector => [text.length, text.charCodeAt(0)];
const vectors = (value: readonly Vector[]): CallResult<readonly Vector[]> => ({ ok: true, value, usage: USAGE });
const failed = (code: CallFailure['code']): CallResult<readonly Vector[]> => ({ ok: false, failure: { code, message: code, retry: 'later' } });

type Respond = (texts: readonly string[]) => CallResult<readonly Vector[]>;

async function embedded(texts: readonly string[], limits: typeof LIMITS, lanes: number, respond: Respond): Promise<{ readonly calls: readonly (readonly string[])[]; readonly found: readonly unknown[] }> {
  const calls: (readonly string[])[] = [];
  const found: unknown[] = texts.map(() => 'nothing');
  await embedTexts({
    texts, limits, lanes,
    embed: async (places) => {
      const batch = places.map((place) => texts[place] as string);
      calls.push(batch);
      return respond(batch);
    },
    onText: (place, { result }) => {
      expect(found[place]).toBe('nothing');
      found[place] = result.ok ? result.value : result.failure.code;
    },
  }, NEVER);
  return { calls, found };
}

async function check(texts: readonly string[], respond: Respond, asked: readonly (readonly string[])[], expected: readonly unknown[]): Promise<void> {
  expect(await embedded(texts, LIMITS, 1, respond)).toEqual({ calls: asked, found: expected });
  // What is planned is what is asked, where nothing goes wrong.
  if (respond === all) expect(planEmbeddings(texts, LIMITS).map((places) => places.map((place) => texts[place]))).toEqual(asked);
}
const all: Respond = (texts) => vectors(texts.map(vectorOf));

describe('vectors of texts', () => {
  it.each<[name: string, texts: readonly string[], respond: Respond, asked: readonly (readonly string[])[], expected: readonly unknown[]]>([
    ['none', [], all, [], []],
    ['by inputs', ['a', 'bb', 'c'], all, [['a', 'bb'], ['c']], [[1, 97], [2, 98], [1, 99]]],
    ['by tokens', ['a '.repeat(30), 'b '.repeat(30)], all, [['a '.repeat(30)], ['b '.repeat(30)]], [[60, 97], [60, 98]]],
    ['in halves where one is too long', ['a', 'b'], (texts) => (texts.includes('b') ? failed('tooLarge') : all(texts)), [['a', 'b'], ['a'], ['b']], [[1, 97], 'tooLarge']],
    ['in halves where their number is another', ['a', 'b'], (texts) => (texts.length > 1 ? vectors([[1, 2]]) : all(texts)), [['a', 'b'], ['a'], ['b']], [[1, 97], [1, 98]]],
    ['none where there are too many', ['a'], () => vectors([[1, 2], [3, 4]]), [['a']], ['badAnswer']],
    ['none of something else', ['a', 'b', 'c', 'd'], (texts) => vectors(texts.map((text) => (text === 'b' ? [1, Number.NaN] : text === 'c' ? [0, 0] : vectorOf(text)))), [['a', 'b'], ['c', 'd']], [[1, 97], 'badAnswer', 'badAnswer', [1, 100]]],
    ['none after the allowance is spent', ['a', 'b', 'c'], () => failed('quota'), [['a', 'b']], ['quota', 'quota', 'quota']],
  ])('%s', (_, texts, respond, asked, expected) => check(texts, respond, asked, expected));

  it('are in the order of the texts, whatever the batches', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.string({ minLength: 1, maxLength: 8 }).filter((text) => text.trim() !== '')), fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 4 }), async (texts, inputs, lanes) => {
        const { found } = await embedded(texts, { items: inputs, tokens: 20 }, lanes, all);
        expect(found).toEqual(texts.map(vectorOf));
      }),
    );
  });

  it.each<[name: string, lengths: readonly (number | null)[], kept: readonly boolean[]]>([
    ['of one length', [2, 2, 2], [true, true, true]],
    ['of the length of most', [3, 2, null, 2], [false, true, false, true]],
    ['of the first of equally many', [3, 2], [true, false]],
    ['of none', [null], [false]],
  ])('are compared %s', (_, lengths, kept) => {
    const found = ofOneLength(lengths.map((length): Result<Vector> => (length === null ? fail('refused', 'No.') : ok(Array.from({ length }, () => 1)))));
    expect(found.map((result) => result.ok)).toEqual(kept);
    expect(found.filter((result, at) => !result.ok && lengths[at] !== null).map((result) => result)).toEqual(
      kept.flatMap((isKept, at) => (isKept || lengths[at] === null ? [] : [{ ok: false, failure: expect.objectContaining({ code: 'badAnswer' }) as unknown }])),
    );
  });
});
