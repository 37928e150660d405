import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { answerSchema } from '../../../server/src/engine/models/answerSchema.ts';
import { askOnce } from '../../../server/src/engine/models/askModel.ts';
import { fakeModel, NEVER, USAGE, type Reply } from './answers.ts';

const SCHEMA = answerSchema('size', z.object({ size: z.enum(['small', 'large']) }));
const PROMPT = { model: 'm', messages: [{ role: 'user', content: 'How large?' }], maxTokensOut: 9, temperature: 0 } as const;
const BUSY = { code: 'rateLimited', message: 'Too many requests.', retry: 'later', retryAfterMs: 5 } as const;

/** The answer, or cause and code of the failure; with the calls made. */
async function check(replies: readonly Reply[], expected: unknown, calls: number): Promise<void> {
  const model = fakeModel(...replies);
  const result = await askOnce(model.ask, PROMPT, SCHEMA, NEVER);
  expect(result.ok ? result.value : `${result.failure.cause}: ${result.failure.code}`).toEqual(expected);
  expect(model.calls).toHaveLength(calls);
  const paid = replies.slice(0, calls).filter((reply) => typeof reply === 'string' || 'finish' in reply).length;
  const usage = result.ok ? result.usage : result.failure.usage;
  expect(usage?.tokensIn).toBe(paid * USAGE.tokensIn);
  expect(usage?.tokensCached).toBe(paid * USAGE.tokensCached);
}

describe('a question to a model', () => {
  it.each<[name: string, replies: readonly Reply[], expected: unknown, calls: number]>([
    ['is answered', ['{"size": "small"}'], { size: 'small' }, 1],
    ['is answered at the second time', ['small', '{"size": "small"}'], { size: 'small' }, 2],
    ['is answered after another shape', ['{"size": "tiny"}', '{"size": "large"}'], { size: 'large' }, 2],
    ['is not answered a third time', ['small', 'small', '{"size": "small"}'], 'unusable: badAnswer', 2],
    ['is cut off', [{ text: '{"size": "small"}', finish: 'length' }, '{"size": "small"}'], 'cutOff: tooLarge', 1],
    ['breaks off twice without saying so', ['{"size": "sm', '{"size": "sm'], 'cutOff: tooLarge', 2],
    ['is declined', [{ text: '{"size": "small"}', finish: 'refusal' }], 'declined: refused', 1],
    ['is filtered', [{ text: '', finish: 'filtered' }], 'filtered: refused', 1],
    ['is declined at the second time', ['', { text: '', finish: 'refusal' }], 'declined: refused', 2],
    ['fails', [BUSY], 'call: rateLimited', 1],
    ['fails at the second time', ['small', BUSY], 'call: rateLimited', 2],
    ['is answered at length', ['x'.repeat(10_000_000), '{"size": "small"}'], { size: 'small' }, 2],
  ])('%s', (_, replies, expected, calls) => check(replies, expected, calls));

  it.each<[name: string, replies: readonly Reply[]]>([
    ['is cut off', [{ text: '{', finish: 'length' }]],
    ['breaks off', ['{"size": "sm', '{"size": "sm']],
  ])('that %s says what can be done about it', async (_, replies) => {
    const result = await askOnce(fakeModel(...replies).ask, PROMPT, SCHEMA, NEVER);
    expect(result.ok ? '' : result.failure.message).toMatch(/ Name a model that thinks less before it answers, or give one you run yourself a larger context\.$/u);
  });

  it('goes out with its schema', async () => {
    const { ask, calls } = fakeModel('{"size": "small"}');
    await askOnce(ask, PROMPT, SCHEMA, NEVER);
    expect(calls[0]).toEqual({ ...PROMPT, schema: { name: 'size', json: SCHEMA.json } });
  });

  it('is repeated with the answer and what was wrong with it', async () => {
    const { ask, calls } = fakeModel('{"size": "tiny"}', '{"size": "small"}');
    await askOnce(ask, PROMPT, SCHEMA, NEVER);
    expect(calls[1]?.messages.map(({ role }) => role)).toEqual(['user', 'assistant', 'user']);
    expect(calls[1]?.messages[1]?.content).toBe('{"size": "tiny"}');
    expect(calls[1]?.messages[2]?.content).toContain('size: must be one of small, large');
    expect(calls[1]?.schema).toEqual(calls[0]?.schema);
  });

  it('shows no more than a part of a long answer', async () => {
    const { ask, calls } = fakeModel('y'.repeat(1_000_000), '{"size": "small"}');
    await askOnce(ask, PROMPT, SCHEMA, NEVER);
    expect(calls[1]?.messages[1]?.content.length).toBeLessThan(21_000);
  });

  it('is not repeated once it is cancelled', async () => {
    const controller = new AbortController();
    const { ask, calls } = fakeModel('small');
    const result = await askOnce(async (call, signal) => {
      controller.abort();
      return ask(call, signal);
    }, PROMPT, SCHEMA, controller.signal);
    expect(result.ok ? null : result.failure).toMatchObject({ code: 'cancelled', usage: USAGE });
    expect(calls).toHaveLength(1);
  });
});
