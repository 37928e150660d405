import { LLMock } from '@copilotkit/aimock';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openOpenaiProvider } from '../../../server/src/adapters/openaiProvider.ts';
import { parseEndpoint } from '../../../server/src/models/endpoint.ts';
import type { OpenedProvider } from '../../../server/src/models/openedProvider.ts';
import { READ_PAGE_INSTRUCTION } from '../../../server/src/engine/models/tasks/readPage.ts';
import { png } from '../../fakes/pagePictures.ts';
import { CALL, NEVER } from './openProvider.ts';

/** A server of the OpenAI API that others wrote. */
describe('a foreign server', () => {
  const mock = new LLMock({ port: 0 });
  let opened: OpenedProvider;
  beforeAll(async () => {
    mock.onMessage('A and B', { content: '{"relation":"same"}' });
    mock.onMessage('Transcribe', { content: '# 1 Loans\n\nA loan is repaid within five years.' });
    mock.onEmbedding('one', { embedding: [0.25, -0.5, 1] });
    await mock.start();
    const endpoint = parseEndpoint(`${mock.url}/v1`);
    if (!endpoint.ok) throw new Error(endpoint.failure.message);
    opened = openOpenaiProvider({
      endpoint: endpoint.value, keyOf: () => Promise.resolve({ ok: true, value: 'mock' }), keyRefused: () => undefined, timeoutMs: 20_000, now: () => Date.now(),
    });
  });
  afterAll(async () => {
    await opened.close();
    await mock.stop();
  });

  it('answers', async () => {
    const answer = await opened.provider.complete(CALL, NEVER);
    expect(answer).toMatchObject({ ok: true, value: { text: '{"relation":"same"}', finish: 'stop' } });
    expect(answer.ok && answer.usage.tokensOut > 0 && !answer.usage.estimated).toBe(true);
  });
  it('reads a picture of a page', async () => {
    const page = { model: 'gpt-4o', mimeType: 'image/png', base64: Buffer.from(png(1_240, 1_754)).toString('base64'), instruction: READ_PAGE_INSTRUCTION, maxTokensOut: 4_096 } as const;
    expect(await opened.provider.readPageImage(page, NEVER)).toMatchObject({ ok: true, value: { text: '# 1 Loans\n\nA loan is repaid within five years.', finish: 'stop' } });
  });
  it('embeds', async () => {
    expect(await opened.provider.embed({ model: 'text-embedding-3-small', texts: ['one'] }, NEVER)).toMatchObject({ ok: true, value: [[0.25, -0.5, 1]] });
  });
  it('fails in the ways of the API', async () => {
    mock.nextRequestError(429, { message: 'Rate limit reached', type: 'rate_limit_error', code: 'rate_limit_exceeded' });
    expect(await opened.provider.complete(CALL, NEVER)).toMatchObject({ ok: false, failure: { code: 'rateLimited', retry: 'later' } });
    mock.nextRequestError(503, { message: 'Overloaded' });
    expect(await opened.provider.complete(CALL, NEVER)).toMatchObject({ ok: false, failure: { code: 'unreachable', retry: 'later' } });
    mock.nextRequestError(401, { message: 'Incorrect API key provided: mock', code: 'invalid_api_key' });
    expect(await opened.provider.complete(CALL, NEVER)).toMatchObject({ ok: false, failure: { code: 'unauthorized', retry: 'never' } });
  });
});
