import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { inAnyForm } from '../../../server/src/models/inAnyForm.ts';
import { chat, refusal, USAGE, type ModelRequest, type Reply } from '../../fakes/modelServer.ts';
import { CALL, KEY, NEVER, SCHEMA, withServer } from './openProvider.ts';

const EXACT = { tokensIn: 12, tokensOut: 3, tokensCached: 4, estimated: false };

describe('a completion', () => {
  const TABLE: readonly (readonly [what: string, reply: Reply, value: object, usage: object])[] = [
    ['whole', chat('{"relation":"same"}'), { text: '{"relation":"same"}', finish: 'stop' }, EXACT],
    ['cut off', chat('{"rel', { finish: 'length' }), { text: '{"rel', finish: 'length' }, EXACT],
    ['cut off before its first word', chat(null, { finish: 'length' }), { text: '', finish: 'length' }, EXACT],
    ['refused', chat(null, { refusal: 'I cannot help.' }), { text: 'I cannot help.', finish: 'refusal' }, EXACT],
    ['filtered', chat('', { finish: 'content_filter' }), { text: '', finish: 'filtered' }, EXACT],
    ['of parts', chat([{ type: 'text', text: 'a' }, { type: 'text', text: 'b' }]), { text: 'ab', finish: 'stop' }, EXACT],
    ['with another end', chat('x', { finish: 'eos' }), { text: 'x', finish: 'stop' }, EXACT],
    ['without usage', chat('four char', { usage: null }), { text: 'four char', finish: 'stop' }, { tokensIn: 4, tokensOut: 3, tokensCached: 0, estimated: true }],
    ['with half of the usage', chat('x', { usage: { prompt_tokens: 5 } }), { text: 'x', finish: 'stop' }, { estimated: true }],
    ['with a usage of nought', chat('four char', { usage: { prompt_tokens: 0, completion_tokens: 0 } }), { text: 'four char', finish: 'stop' }, { tokensIn: 4, tokensOut: 3, tokensCached: 0, estimated: true }],
    ['with a usage beyond counting', chat('four char', { usage: { prompt_tokens: 1e300, completion_tokens: 1 } }), { text: 'four char', finish: 'stop' }, { tokensIn: 4, tokensOut: 3, tokensCached: 0, estimated: true }],
    ['with parts of tokens', chat('x', { usage: { prompt_tokens: 5.5, completion_tokens: 1.2 } }), { text: 'x', finish: 'stop' }, { tokensIn: 6, tokensOut: 2, tokensCached: 0, estimated: false }],
    ['without cached tokens', chat('x', { usage: { prompt_tokens: 5, completion_tokens: 1 } }), { text: 'x', finish: 'stop' }, { tokensIn: 5, tokensOut: 1, tokensCached: 0, estimated: false }],
    ['with the key in it', chat(`the key is ${KEY}`), { text: 'the key is ***', finish: 'stop' }, EXACT],
  ];
  it.each(TABLE)('%s', async (_, reply, value, usage) => {
    await withServer(() => reply, async ({ provider }) => expect(await provider.complete(CALL, NEVER)).toMatchObject({ ok: true, value, usage }));
  });

  const PACKED: readonly (readonly [encoding: string, pack: (text: string) => Uint8Array])[] = [
    ['gzip', gzipSync], ['GZIP', gzipSync], ['deflate', deflateSync], ['br', brotliCompressSync], ['identity', (text) => new TextEncoder().encode(text)],
    ['deflate, gzip', (text) => gzipSync(deflateSync(text))],
  ];
  it.each(PACKED)('packed by a proxy that was not asked to: %s', async (encoding, pack) => {
    const bytes = pack(JSON.stringify(chat('five \u00e9s').json));
    await withServer(() => ({ bytes, headers: { 'content-encoding': encoding } }), async ({ provider }) =>
      expect(await provider.complete(CALL, NEVER)).toMatchObject({ ok: true, value: { text: 'five \u00e9s' }, usage: EXACT }));
  });

  it('tells the limits of the server', async () => {
    const headers = { 'x-ratelimit-limit-requests': '500', 'x-ratelimit-limit-tokens': '30000', 'x-ratelimit-remaining-tokens': '29000', 'x-ratelimit-reset-tokens': '2s' };
    await withServer(() => ({ ...chat('x'), headers }), async ({ provider }) =>
      expect(await provider.complete(CALL, NEVER)).toMatchObject({ hints: { requestsPerMinute: 500, tokensPerMinute: 30_000, tokensRemaining: 29_000, tokensResetMs: 2_000 } }));
  });
});

describe('a request', () => {
  it('says what it must and nothing of this machine', async () => {
    await withServer(() => chat('x'), async ({ provider, server }) => {
      await provider.complete(CALL, NEVER);
      const [{ path, headers, body } = {} as ModelRequest] = server.requests;
      expect(path).toBe('/v1/chat/completions');
      expect(Object.keys(headers).filter((name) => !['host', 'connection', 'content-length', 'transfer-encoding'].includes(name)).toSorted()).toEqual(['accept', 'authorization', 'content-type', 'user-agent']);
      expect(headers.authorization).toBe(`Bearer ${KEY}`);
      expect(body).toEqual({
        model: 'small-model', messages: CALL.messages, max_tokens: 50, temperature: 0,
        response_format: { type: 'json_schema', json_schema: { name: 'verdict', schema: SCHEMA, strict: true } },
      });
    });
  });

  it('has no authorization without a key, whatever the environment holds', async () => {
    const before = { ...process.env };
    Object.assign(process.env, { OPENAI_API_KEY: 'sk-of-the-environment', OPENAI_ORG_ID: 'org', OPENAI_CUSTOM_HEADERS: 'x-secret: 1' });
    try {
      await withServer(() => chat('x'), async ({ provider, server }) => {
        await provider.complete(CALL, NEVER);
        expect(JSON.stringify(server.requests)).not.toMatch(/sk-of-the-environment|"org"|x-secret|authorization/);
      }, { key: null });
    } finally {
      process.env = before;
    }
  });

  it('is put as Azure takes it', async () => {
    await withServer(() => chat('x'), async ({ provider, server }) => {
      await provider.complete(CALL, NEVER);
      expect(server.requests[0]).toMatchObject({ path: '/v1/deployments/d/chat/completions?api-version=2024-10-21', headers: { 'api-key': KEY } });
      expect(server.requests[0]?.headers.authorization).toBeUndefined();
    }, { url: (url) => `${url}/deployments/d/?api-version=2024-10-21` });
  });

  it('does not bind a model to a schema that is open', async () => {
    await withServer(() => chat('x'), async ({ provider, server }) => {
      await provider.complete({ ...CALL, schema: { name: 'a b/c', json: { type: 'object', properties: { a: {} } } } }, NEVER);
      expect(server.requests[0]?.body['response_format']).toMatchObject({ json_schema: { name: 'a_b_c', strict: false } });
      expect(server.requests[0]?.body['messages'][0].content).toContain('"properties":{"a":{}}');
    });
  });
});

/** A server that refuses what it does not know, as the named ones do. */
function pickyServer(words: (body: Record<string, any>) => string | null): (request: ModelRequest) => Reply {
  return ({ body }) => {
    const refused = words(body);
    return refused === null ? chat('{}') : refusal(400, { message: refused });
  };
}

describe('a server that knows less', () => {
  const TABLE: readonly (readonly [what: string, words: (body: Record<string, any>) => string | null, requests: number, structured: string])[] = [
    ['no schemas', ({ response_format: format }) => (format?.type === 'json_schema' ? "'response_format.type' must be 'json_object' or 'text'" : null), 2, 'json'],
    ['no response format', ({ response_format: format }) => (format === undefined ? null : 'Unrecognized request argument supplied: response_format'), 3, 'text'],
    ['the newer name of the limit', ({ max_tokens: limit }) => (limit === undefined ? null : "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead."), 2, 'strict'],
    ['its own temperature', ({ temperature }) => (temperature === undefined ? null : "Unsupported value: 'temperature' does not support 0 with this model."), 2, 'strict'],
  ];
  it.each(TABLE)('%s: is asked so from then on', async (_, words, requests, structured) => {
    await withServer(pickyServer(words), async ({ provider, server }) => {
      expect(await inAnyForm(() => provider.complete(CALL, NEVER))).toMatchObject({ ok: true });
      expect(server.requests).toHaveLength(requests);
      expect(await inAnyForm(() => provider.complete(CALL, NEVER))).toMatchObject({ ok: true });
      expect(server.requests).toHaveLength(requests + 1);
      expect(provider.capabilities.structured).toBe(structured);
      const { messages } = server.requests.at(-1)?.body ?? {};
      expect(JSON.stringify(messages).includes('It must follow this JSON Schema')).toBe(structured !== 'strict');
    });
  });

  it('is asked once for each attempt, so that each is counted: the next one is put otherwise, and is to go out at once', async () => {
    await withServer(() => refusal(500, { message: 'response_format is not supported' }, { 'retry-after': '60', 'x-ratelimit-remaining-requests': '4' }), async ({ provider, server }) => {
      const answer = await provider.complete(CALL, NEVER);
      expect(answer).toMatchObject({ ok: false, failure: { code: 'refused', retry: 'now', otherForm: true, hints: { requestsRemaining: 4 } } });
      expect(!answer.ok && 'retryAfterMs' in answer.failure).toBe(false);
      expect(server.requests).toHaveLength(1);
    });
  });

  it('is not supposed weaker by calls at the same time', async () => {
    const words = TABLE[0]?.[1] ?? ((): null => null);
    await withServer(pickyServer(words), async ({ provider, server }) => {
      await Promise.all(Array.from({ length: 20 }, () => inAnyForm(() => provider.complete(CALL, NEVER))));
      expect(provider.capabilities.structured).toBe('json');
      expect(server.requests.length).toBeLessThanOrEqual(40);
    });
  });

  it('that does not take one schema is asked for others as before', async () => {
    await withServer(pickyServer(({ response_format: format }) => (format?.json_schema?.name === 'verdict' ? "Invalid schema for response_format 'verdict'" : null)), async ({ provider, server }) => {
      await inAnyForm(() => provider.complete(CALL, NEVER));
      await inAnyForm(() => provider.complete({ ...CALL, schema: { ...CALL.schema, name: 'other' } }, NEVER));
      expect(server.requests.map(({ body }) => body['response_format'].type)).toEqual(['json_schema', 'json_object', 'json_schema']);
    });
  });

  it('that refuses everything is not asked forever', async () => {
    await withServer(() => refusal(400, { message: 'response_format max_tokens temperature are unsupported' }), async ({ provider, server }) => {
      expect(await inAnyForm(() => provider.complete(CALL, NEVER))).toMatchObject({ ok: false, failure: { code: 'refused' } });
      expect(server.requests.length).toBeLessThanOrEqual(5);
    });
  });
});

const base64 = (numbers: readonly number[]): string => Buffer.from(new Float32Array(numbers).buffer).toString('base64');
const CALL_OF_TWO = { model: 'e', texts: ['one', 'two'] };

describe('embeddings', () => {
  const data = (...rows: readonly (readonly [number, unknown])[]): Reply => ({ json: { data: rows.map(([index, embedding]) => ({ index, embedding })), usage: { prompt_tokens: 2, total_tokens: 2 } } });
  const TABLE: readonly (readonly [what: string, reply: Reply, expected: object])[] = [
    ['in base64, by their index', data([1, base64([0.5, 2])], [0, base64([1, -1])]), { ok: true, value: [[1, -1], [0.5, 2]], usage: { tokensIn: 2, tokensOut: 0, tokensCached: 0, estimated: false } }],
    ['as numbers', data([0, [1, 2]], [1, [3, 4]]), { ok: true, value: [[1, 2], [3, 4]] }],
    ['without usage', { json: { data: [{ embedding: [1] }, { embedding: [2] }] } }, { ok: true, value: [[1], [2]], usage: { tokensIn: 2, estimated: true } }],
    ['too few', data([0, [1]]), { ok: false, failure: { code: 'badAnswer' } }],
    ['of different lengths', data([0, [1]], [1, [1, 2]]), { ok: false, failure: { code: 'badAnswer' } }],
    ['twice the same', data([0, [1]], [0, [2]]), { ok: false, failure: { code: 'badAnswer' } }],
    ['that are none', data([0, ['x']], [1, [1]]), { ok: false, failure: { code: 'badAnswer' } }],
    ['with half a number', data([0, 'AAA='], [1, 'AAA=']), { ok: false, failure: { code: 'badAnswer' } }],
    ['of a model that is not there', refusal(404, { message: 'model e not found' }), { ok: false, failure: { code: 'refused' } }],
  ];
  it.each(TABLE)('%s', async (_, reply, expected) => {
    await withServer(() => reply, async ({ provider }) => expect(await provider.embed(CALL_OF_TWO, NEVER)).toMatchObject(expected));
  });
  it('are asked for as numbers where base64 is not known', async () => {
    await withServer(({ body }) => (body['encoding_format'] === 'base64' ? refusal(400, { message: 'unknown encoding_format' }) : data([0, [1]], [1, [2]])), async ({ provider, server }) => {
      await inAnyForm(() => provider.embed(CALL_OF_TWO, NEVER));
      expect(await provider.embed(CALL_OF_TWO, NEVER)).toMatchObject({ ok: true, value: [[1], [2]] });
      expect(server.requests).toHaveLength(3);
    });
  });
  it('of nothing cost nothing', async () => {
    await withServer(() => ({}), async ({ provider, server }) => {
      expect(await provider.embed({ model: 'e', texts: [] }, NEVER)).toMatchObject({ ok: true, value: [] });
      expect(server.requests).toEqual([]);
    });
  });
});

it('a page image goes out as an image', async () => {
  await withServer(() => chat('The words of the page.', { usage: USAGE }), async ({ provider, server }) => {
    expect(await provider.readPageImage({ model: 'v', mimeType: 'image/png', base64: 'AAAA', instruction: 'Read.', maxTokensOut: 9 }, NEVER)).toMatchObject({ ok: true, value: { text: 'The words of the page.' } });
    expect(server.requests[0]?.body).toEqual({
      model: 'v', max_tokens: 9,
      messages: [{ role: 'user', content: [{ type: 'text', text: 'Read.' }, { type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } }] }],
    });
  });
});
