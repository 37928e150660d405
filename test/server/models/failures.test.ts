import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { CallFailure } from '../../../server/src/engine/ports.ts';
import { chat, refusal, type Reply } from '../../fakes/modelServer.ts';
import { CALL, KEY, NEVER, withServer } from './openProvider.ts';

async function failureOf(reply: Reply, options: Parameters<typeof withServer>[2] = {}): Promise<CallFailure & { readonly requests: number }> {
  return withServer(() => reply, async ({ provider, server }) => {
    const result = await provider.complete(CALL, NEVER);
    if (result.ok) throw new Error(`answered: ${result.value.text}`);
    // No sentence holds the key, and each is one line that says enough.
    expect(JSON.stringify(result.failure)).not.toContain(KEY.slice(8, 20));
    expect(result.failure.message).toMatch(/^[^\n]{30,600}$/);
    return { ...result.failure, message: result.failure.message.replaceAll(server.url, 'URL').replaceAll(server.url.replace('/v1', ''), 'ORIGIN'), requests: server.requests.length };
  }, options);
}

const TOO_LONG = "This model's maximum context length is 8192 tokens. However, your messages resulted in 9001 tokens.";

describe('an answer that is a failure', () => {
  const TABLE: readonly (readonly [what: string, reply: Reply, expected: Partial<CallFailure>, said: RegExp])[] = [
    ['401', refusal(401, { message: `Incorrect API key provided: ${KEY}. You can find your key at https://x.`, code: 'invalid_api_key' }), { code: 'unauthorized', retry: 'never' }, /^URL does not accept the key\. Give the right one with "Collate: Set API Key"\.$/],
    ['403', refusal(403, { message: 'no' }), { code: 'unauthorized', retry: 'never' }, /use the model "small-model"/],
    ['402', refusal(402, { message: 'Insufficient credits' }), { code: 'quota', retry: 'never' }, /no credit left/],
    ['429 of a rate', refusal(429, { message: 'Rate limit reached', type: 'requests' }, { 'retry-after': '7' }), { code: 'rateLimited', retry: 'later', retryAfterMs: 7_000 }, /takes no more requests for now/],
    ['429 with milliseconds', refusal(429, { message: 'slow' }, { 'retry-after-ms': '250', 'retry-after': '1' }), { code: 'rateLimited', retryAfterMs: 250 }, /slow/],
    ['429 with a date', refusal(429, { message: 'slow' }, { 'retry-after': 'Wed, 21 Oct 2026 07:28:30 GMT' }), { code: 'rateLimited', retryAfterMs: 30_000 }, /slow/],
    ['429 with a date that is past', refusal(429, { message: 'slow' }, { 'retry-after': 'Wed, 21 Oct 2026 07:27:30 GMT' }), { code: 'rateLimited', retryAfterMs: 0 }, /slow/],
    ['429 with words', refusal(429, { message: 'Please try again in 1.5s.' }), { code: 'rateLimited', retryAfterMs: 1_500 }, /try again/],
    ['429 that says nothing', { status: 429, text: '' }, { code: 'rateLimited', retry: 'later' }, /for now/],
    ['429 with hints', refusal(429, { message: 'slow' }, { 'x-ratelimit-limit-requests': '60', 'x-ratelimit-remaining-requests': '0', 'x-ratelimit-reset-requests': '1m0s' }), { code: 'rateLimited', hints: { requestsPerMinute: 60, requestsRemaining: 0, requestsResetMs: 60_000 } }, /slow/],
    ['429 of a quota', refusal(429, { message: 'You exceeded your current quota', code: 'insufficient_quota' }), { code: 'quota', retry: 'never' }, /allowance of the account/],
    ['429 of a day that says when it is over', refusal(429, { message: 'Rate limit reached on requests per day (RPD). Please try again in 7m12s.' }), { code: 'quota', retry: 'later', retryAfterMs: 432_000 }, /allowance/],
    ['429 of a day', refusal(429, { message: 'Rate limit reached on requests per day (RPD)' }), { code: 'quota', retry: 'never' }, /allowance/],
    ['400 of a length', refusal(400, { message: TOO_LONG, code: 'context_length_exceeded' }), { code: 'tooLarge', retry: 'never' }, /longer than the model "small-model"/],
    ['400 of a length, in other words', refusal(400, { message: 'the request exceeds the available context size. try increasing it' }), { code: 'tooLarge' }, /longer than/],
    ['413', { status: 413, text: '<html>413</html>' }, { code: 'tooLarge' }, /longer than/],
    ['400 of a filter', refusal(400, { message: 'The response was filtered', code: 'content_filter' }), { code: 'refused', retry: 'never' }, /content filter/],
    ['400 of anything', refusal(400, { message: 'messages: bad' }), { code: 'refused', retry: 'never' }, /does not accept the request \(status 400\)\. It says: "messages: bad"/],
    ['404 of a model', refusal(404, { message: 'The model `small-model` does not exist', code: 'model_not_found' }), { code: 'refused', retry: 'never', everyCall: true }, /has no model "small-model"\. Correct its name in the settings collate\.models\. It/],
    ['404 of a model, as Ollama says it', refusal(404, 'model "small-model" not found, try pulling it first'), { code: 'refused' }, /has no model/],
    ['404 of a page', { status: 404, text: '<html>Not Found</html>' }, { code: 'refused', everyCall: true }, /does not speak the OpenAI API \(status 404\)\. Correct collate\.openai\.baseUrl; it usually ends in \/v1\.$/],
    ['422', { status: 422, json: { detail: 'field required' } }, { code: 'refused' }, /It says: "field required"/],
    ['408', refusal(408, { message: 'late' }), { code: 'unreachable', retry: 'later' }, /status 408/],
    ['500', refusal(500, { message: 'oops' }), { code: 'unreachable', retry: 'later' }, /cannot answer just now \(status 500\)\. It says: "oops"/],
    ['503 that asks to wait', refusal(503, { message: 'overloaded' }, { 'retry-after': '2' }), { code: 'unreachable', retry: 'later', retryAfterMs: 2_000 }, /overloaded/],
    ['502 of a proxy', { status: 502, text: '<html>Bad Gateway</html>' }, { code: 'unreachable' }, /status 502\)\.$/],
    ['words that go on', refusal(400, { message: `bad\u0007\n${'x'.repeat(5_000)}` }), { code: 'refused' }, /"bad x{196}\.\.\."$/],
    ['a web page', { text: '<!doctype html><title>Welcome</title>' }, { code: 'badAnswer', retry: 'now', everyCall: true }, /web page instead of JSON/],
    ['words instead of JSON', { text: 'hello', headers: { 'content-type': 'application/json' } }, { code: 'badAnswer', usage: { tokensIn: 4, tokensOut: 2, tokensCached: 0, estimated: true } }, /not JSON/],
    ['many words instead of JSON', { text: 'hello '.repeat(1_000) }, { code: 'badAnswer', usage: { tokensIn: 4, tokensOut: 50, tokensCached: 0, estimated: true } }, /not JSON/],
    ['nothing', { text: '' }, { code: 'badAnswer' }, /answered with nothing/],
    ['a list', { json: [] }, { code: 'badAnswer' }, /no answer of the OpenAI API/],
    ['no choice', { json: { choices: [] } }, { code: 'badAnswer', usage: { tokensIn: 4, tokensOut: 4, tokensCached: 0, estimated: true } }, /without a choice/],
    ['an empty message', chat(null), { code: 'badAnswer', usage: { tokensIn: 12, tokensOut: 3, tokensCached: 4, estimated: false } }, /empty message/],
    ['half a body', { ...chat('x'), fault: 'half' }, { code: 'unreachable', retry: 'later' }, /broke before the answer was complete/],
    ['no answer and the end', { fault: 'drop' }, { code: 'unreachable' }, /broke before/],
    ['garbage', { fault: 'garbage' }, { code: 'badAnswer' }, /not HTTP/],
    ['a packed body that is broken', { bytes: new TextEncoder().encode('no gzip'), headers: { 'content-encoding': 'gzip' } }, { code: 'unreachable', retry: 'later' }, /broke before the answer was complete/],
    ['a packed body without end', { bytes: gzipSync(new Uint8Array(65_000_000)), headers: { 'content-encoding': 'gzip' } }, { code: 'badAnswer', retry: 'never' }, /without end/],
    ['a body without end', { fault: 'endless' }, { code: 'badAnswer', retry: 'never' }, /without end/],
  ];
  it.each(TABLE)('%s', async (_, reply, expected, said) => {
    const failure = await failureOf(reply);
    expect(failure).toMatchObject({ ...expected, requests: 1 });
    expect(failure.message).toMatch(said);
  });

  it('asks for a key where there is none', async () => {
    expect((await failureOf(refusal(401, { message: 'no key' }), { key: null })).message).toMatch(/^URL asks for a key, and none is given\. Give it with "Collate: Set API Key"\.$/);
  });

  it('sends nothing with a key that no header can carry', async () => {
    expect(await failureOf(chat('x'), { key: `${KEY}\nx` })).toMatchObject({ code: 'unauthorized', requests: 0 });
  });

  it('gives up an answer that does not come in time', async () => {
    expect(await failureOf({ fault: 'hang' }, { timeoutMs: 50 })).toMatchObject({ code: 'timeout', retry: 'later', requests: 1 });
  });
});

describe('a server that is not there', () => {
  const at = (url: string): Promise<CallFailure> => failureOf(chat('x'), { url: () => url });
  it('refuses the connection', async () => {
    expect(await at('http://127.0.0.1:9/v1')).toMatchObject({ code: 'unreachable', retry: 'later', notThere: true, message: 'Nothing answers at http://127.0.0.1:9/v1. Start the server, or correct collate.openai.baseUrl.' });
    expect(await at('http://localhost:9/v1')).toMatchObject({ code: 'unreachable', notThere: true });
  });
  it('does not speak https', async () => {
    const { message, ...failure } = await failureOf(chat('x'), { url: (url) => url.replace('http:', 'https:') });
    // No other call would fare better, so none is sent.
    expect(failure).toMatchObject({ code: 'unreachable', retry: 'never', everyCall: true });
    expect(message).toMatch(/^No secure connection to https:/);
  });
  it('has no name', async () => {
    expect((await at('http://collate.invalid/v1')).message).toMatch(/^The name of http:\/\/collate\.invalid is not known to this network/);
  });
});

describe('a key that is always asked for', () => {
  it.each(['https://api.openai.com/v1', 'https://some.openai.azure.com/openai/v1'])('is missed before anything is sent to %s', async (url) => {
    await withServer(() => chat('x'), async ({ provider }) => {
      const failure = { code: 'unauthorized', retry: 'later', message: `${url} asks for a key, and none is given. Give it with "Collate: Set API Key".` };
      expect(await provider.ready?.()).toEqual({ ok: false, failure });
      expect(await provider.complete(CALL, NEVER)).toEqual({ ok: false, failure });
    }, { key: null, url: () => url });
  });

  it('is not missed where a server may do without', async () => {
    await withServer(() => chat('x'), async ({ provider }) => {
      expect(await provider.ready?.()).toEqual({ ok: true, value: undefined });
      expect(await provider.complete(CALL, NEVER)).toMatchObject({ ok: true });
    }, { key: null });
  });
});

describe('a redirect', () => {
  it('is not followed, and the key stays where it belongs', async () => {
    await withServer(() => chat('stolen'), async ({ server: other }) => {
      for (const status of [301, 302, 307, 308]) {
        const failure = await failureOf({ status, headers: { location: `${other.url}/chat/completions?token=${KEY}` } });
        expect(failure).toMatchObject({ code: 'refused', retry: 'never', requests: 1 });
        expect(failure.message).toContain(`redirects to ${new URL(other.url).origin}. Redirects are not followed`);
      }
      expect(other.requests).toEqual([]);
    });
  });
});

describe('a call that is cancelled', () => {
  it('ends at once, before, in flight and while the body comes', async () => {
    for (const fault of ['hang', 'endless'] as const) {
      await withServer(() => ({ fault }), async ({ provider, server }) => {
        const abort = new AbortController();
        const call = provider.complete(CALL, abort.signal);
        await server.arrived(1);
        abort.abort();
        expect(await call).toMatchObject({ ok: false, failure: { code: 'cancelled' } });
        expect(await provider.complete(CALL, abort.signal)).toMatchObject({ ok: false, failure: { code: 'cancelled' } });
        expect(server.requests).toHaveLength(1);
      });
    }
  });
  it('is a timeout where its signal says so', async () => {
    await withServer(() => ({ fault: 'hang' }), async ({ provider, server }) => {
      const abort = new AbortController();
      const call = provider.complete(CALL, abort.signal);
      await server.arrived(1);
      abort.abort(new DOMException('late', 'TimeoutError'));
      expect(await call).toMatchObject({ ok: false, failure: { code: 'timeout' } });
    });
  });
});
