import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { embedTexts, type Vector } from '../../../server/src/engine/models/embeddingBatches.ts';
import type { CallFailure, CallResult } from '../../../server/src/engine/models/modelPort.ts';
import { NEVER, USAGE } from './answers.ts';

const LIMITS = { inputs: 2, tokens: 50 };
const vectorOf = (text: string): Vector => [text.length, text.charCodeAt(0)];
const vectors = (value: readonly Vector[]): CallResult<readonly Vector[]> => ({ ok: true, value, usage: USAGE });
const failed = (code: CallFailure['code']): CallResult<readonly Vector[]> => ({ ok: false, failure: { code, message: code, retry: 'later' } });

type Respond = (texts: readonly string[]) => CallResult<readonly Vector[]>;
async function check(texts: readonly string[], respond: Respond, asked: readonly (readonly string[])[], expected: readonly unknown[], dimensions?: number): Promise<void> {
  const calls: (readonly string[])[] = [];
  const embed = async (batch: readonly string[]): Promise<CallResult<readonly Vector[]>> => {
    calls.push(batch);
    return respond(batch);
  };
  const embedded = await embedTexts({ texts, limits: LIMITS, lanes: 1, embed, ...(dimensions === undefined ? {} : { dimensions }) }, NEVER);
  expect(calls).toEqual(asked);
  expect(embedded.vectors.map((result) => (result.ok ? result.value : result.failure.code))).toEqual(expected);
  expect(embedded.calls).toBe(asked.length);
}
const all: Respond = (texts) => vectors(texts.map(vectorOf));

describe('vectors of texts', () => {
  it.each<[name: string, texts: readonly string[], respond: Respond, asked: readonly (readonly string[])[], expected: readonly unknown[], dimensions?: number]>([
    ['none', [], all, [], []],
    ['by inputs', ['a', 'bb', 'c'], all, [['a', 'bb'], ['c']], [[1, 97], [2, 98], [1, 99]]],
    ['by tokens', ['a '.repeat(30), 'b '.repeat(30)], all, [['a '.repeat(30)], ['b '.repeat(30)]], [[60, 97], [60, 98]]],
    ['once for equal texts', ['a', 'b', 'a'], all, [['a', 'b']], [[1, 97], [1, 98], [1, 97]]],
    ['none for no words', ['', 'a', ' \n'], all, [['a']], ['unreadable', [1, 97], 'unreadable']],
    ['in halves where one is too long', ['a', 'b'], (texts) => (texts.includes('b') ? failed('tooLarge') : all(texts)), [['a', 'b'], ['a'], ['b']], [[1, 97], 'tooLarge']],
    ['in halves where their number is another', ['a', 'b'], (texts) => (texts.length > 1 ? vectors([[1, 2]]) : all(texts)), [['a', 'b'], ['a'], ['b']], [[1, 97], [1, 98]]],
    ['none where there are too many', ['a'], () => vectors([[1, 2], [3, 4]]), [['a']], ['badAnswer']],
    ['none of something else', ['a', 'b', 'c', 'd'], (texts) => vectors(texts.map((text) => (text === 'b' ? [1, Number.NaN] : text === 'c' ? [0, 0] : vectorOf(text)))), [['a', 'b'], ['c', 'd']], [[1, 97], 'badAnswer', 'badAnswer', [1, 100]]],
    ['none of another length', ['a', 'b', 'c'], (texts) => vectors(texts.map((text) => (text === 'b' ? [1, 2, 3] : vectorOf(text)))), [['a', 'b'], ['c']], [[1, 97], 'badAnswer', [1, 99]]],
    ['none of another length than is known', ['a'], all, [['a']], ['badAnswer'], 3],
    ['none after the allowance is spent', ['a', 'b', 'c'], () => failed('quota'), [['a', 'b']], ['quota', 'quota', 'quota']],
  ])('%s', (_, texts, respond, asked, expected, dimensions) => check(texts, respond, asked, expected, dimensions));

  it('are in the order of the texts, whatever the batches', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.string({ minLength: 1, maxLength: 8 }).filter((text) => text.trim() !== '')), fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 4 }), async (texts, inputs, lanes) => {
        const embedded = await embedTexts({ texts, limits: { inputs, tokens: 20 }, lanes, embed: async (batch) => all(batch) }, NEVER);
        expect(embedded.vectors).toEqual(texts.map((text) => ({ ok: true, value: vectorOf(text) })));
      }),
    );
  });
});
