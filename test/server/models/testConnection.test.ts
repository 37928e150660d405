import { describe, expect, it } from 'vitest';
import { fixedKey } from '../../../server/src/models/environmentKey.ts';
import { createModelProviders } from '../../../server/src/models/modelProviders.ts';
import { cli, FakeRuns } from '../cli/fakeSession.ts';
import { chat, refusal, startModelServer, type Script } from '../../fakes/modelServer.ts';
import { KEY } from './openProvider.ts';

/** What `collate test-connection` says over a server that follows a script; `URL` is its address. */
async function said(script: Script, more: string): Promise<{ readonly code: number; readonly out: string; readonly err: string }> {
  const server = await startModelServer(script);
  try {
    const { code, out, err } = await cli(['test-connection', '--provider', 'openai', '--base-url', server.url, ...more.split(' ')], new FakeRuns({}), { key: KEY });
    const tidy = (text: string): string => text.replaceAll(server.url, 'URL').replaceAll(server.url.replace('/v1', ''), 'ORIGIN').replace(/in \d+\.\d s/, 'in T s');
    return { code, out: tidy(out), err: tidy(err) };
  } finally {
    await server.close();
  }
}

const READY = chat('{"answer":"ready"}');
const HEADERS = { 'x-ratelimit-limit-requests': '500', 'x-ratelimit-limit-tokens': '30000' };

describe('the connection', () => {
  const TABLE: readonly (readonly [what: string, script: Script, more: string, code: number, sentence: string])[] = [
    ['works', () => ({ ...READY, headers: HEADERS }), '--model m', 0, '"m" at URL answers bound to a schema, in T s; it allows 500 requests and 30000 tokens a minute, and it reports the tokens it uses.\n'],
    ['works with less', ({ body }) => (body['response_format'] === undefined ? chat('```json\n{"answer":"ready"}\n```', { usage: null }) : refusal(400, { message: 'response_format is not supported' })), '--model m', 0, '"m" at URL answers as text that is read as JSON, in T s; it tells no limits, and token counts are estimates, because none are reported.\n'],
    ['embeds', ({ path }) => (path.endsWith('embeddings') ? { json: { data: [{ index: 0, embedding: [1, 2, 3] }] } } : READY), '--model m --model embed=e:latest', 0, '"m" at URL answers bound to a schema, in T s; it tells no limits, and it reports the tokens it uses; "e:latest" embeds with 3 dimensions.\n'],
    ['does not embed', ({ path }) => (path.endsWith('embeddings') ? refusal(404, { message: 'model e not found' }) : READY), '--model m --model embed=e', 1, '"m" at URL answers bound to a schema, in T s; it tells no limits, and it reports the tokens it uses; but embeddings with "e" do not work: URL has no model "e". Correct its name with --model. It says: "model e not found".\n'],
    ['has other models', () => READY, '--model m --model prefilter=p --model analyze=m --model vision=v', 0, '"m" at URL answers bound to a schema, in T s; it tells no limits, and it reports the tokens it uses; "p" answers bound to a schema; "v" reads page images.\n'],
    ['has a model that is not there', ({ body }) => (body['model'] === 'm' ? READY : refusal(404, { message: 'no such model' })), '--model m --model analyze=a --model vision=v', 1, '"m" at URL answers bound to a schema, in T s; it tells no limits, and it reports the tokens it uses; but "a" does not answer: URL has no model "a". Correct its name with --model. It says: "no such model"; but page images are not read by "v": URL has no model "v". Correct its name with --model. It says: "no such model".\n'],
    ['answers in another form', () => chat('ready'), '--model m', 0, '"m" at URL answers but not in the form that was asked for, so its answers will be repaired or refused, in T s; it tells no limits, and it reports the tokens it uses.\n'],
    ['has a wrong key', () => refusal(401, { message: `bad ${KEY}` }), '--model m', 1, 'URL does not accept the key. Give the right one in COLLATE_API_KEY.\n'],
    ['has no model', () => READY, '--no-color', 1, 'No model is named for URL. Name one with --model.\n'],
    ['has a model for pictures alone', () => ({ ...READY, headers: HEADERS }), '--model vision=v', 0, 'At URL, "v" reads page images. No model is named that decides, so rules do the rest.\n'],
    ['has a model that embeds alone', () => ({ json: { data: [{ index: 0, embedding: [1, 2, 3] }] } }), '--model embed=e', 0, 'At URL, "e" embeds with 3 dimensions. No model is named that decides. Name one with --model.\n'],
    ['has models beside the one that decides', ({ body }) => (body['model'] === 'p' ? READY : refusal(404, { message: 'no such model' })), '--model prefilter=p --model vision=v', 1, 'At URL, "p" answers bound to a schema; page images are not read by "v": URL has no model "v". Correct its name with --model. It says: "no such model". No model is named that decides, so rules do the rest.\n'],
    ['has a wrong key for pictures alone', () => refusal(401, { message: `bad ${KEY}` }), '--model vision=v', 1, 'At URL, page images are not read by "v": URL does not accept the key. Give the right one in COLLATE_API_KEY. No model is named that decides, so rules do the rest.\n'],
  ];
  it.each(TABLE)('%s', async (_, script, more, code, sentence) => {
    const told = await said(script, more);
    expect({ code: told.code, words: told.out + told.err }).toEqual({ code, words: sentence });
    // What works is a result, what does not is a message.
    expect(told.out === '').toBe(code === 1);
  });

  it('is not needed for rules', async () => {
    expect(await cli(['test-connection'], new FakeRuns({}))).toMatchObject({ code: 0, out: expect.stringMatching(/^No language model is asked: --provider is local.* Give --provider openai to ask one\.$/m) });
  });
});

describe('the providers of a process', () => {
  const settings = { provider: 'openai', baseUrl: 'http://127.0.0.1:9/v1' } as const;
  it('are one for each address, and say why there is none', async () => {
    const providers = createModelProviders({ keyOf: fixedKey(null), editor: null });
    const [one, same, other] = await Promise.all([providers.of(settings), providers.of(settings), providers.of({ ...settings, baseUrl: 'http://127.0.0.1:9/v2' })]);
    expect(one.ok && same.ok && one.value === same.value).toBe(true);
    expect(one.ok && other.ok && one.value === other.value).toBe(false);
    expect(one).toMatchObject({ ok: true, value: { name: 'openai', endpoint: 'http://127.0.0.1:9/v1' } });
    expect(await providers.of({ ...settings, provider: 'local' })).toEqual({ ok: true, value: null });
    expect(await providers.of({ ...settings, provider: 'vscode' })).toMatchObject({ ok: false, failure: { code: 'refused' } });
    expect(await providers.of({ ...settings, baseUrl: 'nowhere' })).toMatchObject({ ok: false, failure: { code: 'refused' } });
    await providers.close();
  });
  it('hand on why a key could not be had, and ask again', async () => {
    let asked = 0;
    const providers = createModelProviders({
      editor: null,
      keyOf: () => Promise.resolve(asked++ === 0 ? { ok: false, failure: { code: 'internal', message: 'The keyring is locked.', retry: 'later' } } : { ok: true, value: null }),
    });
    const provider = await providers.of(settings);
    if (!provider.ok || provider.value === null) throw new Error('no provider');
    const embed = async (): Promise<unknown> => provider.value?.embed({ model: 'e', texts: ['a'] }, new AbortController().signal);
    expect(await embed()).toMatchObject({ failure: { message: 'The keyring is locked.' } });
    expect(await embed()).toMatchObject({ failure: { code: 'unreachable' } });
    expect(asked).toBe(2);
    await providers.close();
  });
});
