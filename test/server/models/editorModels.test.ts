import { describe, expect, it } from 'vitest';
import { CancellationTokenSource, LSPErrorCodes, ResponseError } from 'vscode-languageserver/node';
import { askModel, listModels } from '../../../client/src/languageModel.ts';
import { answerModelRequests, type LentModels } from '../../../client/src/modelRequests.ts';
import { withoutProvider } from '../../../client/src/untrusted.ts';
import { editorModelProvider } from '../../../server/src/adapters/editorModelProvider.ts';
import { failureOf } from '../../../shared/failure.ts';
import { ScriptedClient } from '../lsp/scriptedClient.ts';
import { editorApi, editorError, memoryKeys, saying, type Play } from './editorDouble.ts';
import { CALL, NEVER } from './openProvider.ts';

const QUESTION = { model: '', messages: [{ role: 'user', content: 'Compare.' }], maxTokensOut: 50 } as const;
const failing = (error: Error): Play => () => Promise.reject(error);
async function* breaking(error: Error): AsyncIterable<string> {
  yield await Promise.resolve('half');
  throw error;
}

async function asked(play: Play, model = ''): Promise<string> {
  try {
    return (await askModel(editorApi({ one: play }), { ...QUESTION, model }, new CancellationTokenSource().token)).text;
  } catch (thrown) {
    const { code, message } = failureOf(thrown);
    return `${code}: ${message}`;
  }
}

describe('a language model of the editor', () => {
  const TABLE: readonly (readonly [what: string, play: Play, expected: RegExp])[] = [
    ['answers in pieces', () => saying('{"a"', ':1}'), /^\{"a":1\}$/],
    ['is told why it is asked', (_texts, _token, justification) => saying(justification), /^Collate asks this model about passages/],
    ['is not allowed', failing(editorError('NoPermissions', 'no')), /^unauthorized: Collate is not allowed to use Model one\. Run "Collate: Test Connection" and allow it/],
    ['is blocked', failing(editorError('Blocked', 'policy')), /^refused: The editor does not let Collate use Model one.*"policy"/],
    ['is gone', failing(editorError('NotFound', 'gone')), /^refused: Model one is not there any more/],
    ['has a spent allowance', failing(editorError('Unknown', 'monthly limit', { name: 'ChatQuotaExceeded' })), /^quota: Your allowance for Model one is spent/],
    ['has a spent allowance, by its cause', failing(editorError('Unknown', 'failed', { cause: new Error('Quota exceeded for premium requests') })), /^quota: .*"Quota exceeded for premium requests"/],
    ['takes no more', failing(editorError('Unknown', 'x', { cause: new Error('429 Too Many Requests') })), /^rateLimited: Model one takes no more requests/],
    ['cannot read as much', failing(editorError('Unknown', 'Message exceeds token limit.')), /^tooLarge: /],
    ['breaks in the middle', () => breaking(editorError('Unknown', 'stream closed')), /^unreachable: Model one could not answer\. Try again\. It says: "stream closed"$/],
    ['spends its allowance in the middle', () => breaking(editorError('Unknown', 'x', { name: 'ChatQuotaExceeded' })), /^quota: /],
    ['is cancelled', failing(editorError('', 'Canceled', { name: 'Canceled' })), /^cancelled: /],
    ['answers without end', () => saying(...Array.from({ length: 300 }, () => 'x'.repeat(1_000))), /^tooLarge: Model one answered at more length/],
  ];
  it.each(TABLE)('%s', async (_, play, expected) => expect(await asked(play)).toMatch(expected));

  it('is found by id, family or name, and otherwise those that are there are named', async () => {
    for (const name of ['one', 'one-family', 'Model one']) expect(await asked(() => saying('x'), name)).toBe('x');
    expect(await asked(() => saying('x'), 'two')).toBe('refused: This editor has no language model "two". It has one: name one of them in the settings collate.models.');
  });

  it('is missed in a good sentence where the editor has none', async () => {
    for (const api of [editorApi({}), { LanguageModelChatMessage: editorApi({}).LanguageModelChatMessage }]) {
      await expect(listModels(api)).rejects.toThrow(/^This editor offers no language model\. Sign in to GitHub Copilot or install another extension.*set collate\.provider to openai or local\.$/);
    }
  });
});

describe('the provider over it', () => {
  const provider = (text: string): ReturnType<typeof editorModelProvider> =>
    editorModelProvider({ list: () => Promise.resolve({ ok: true, value: [] }), complete: (question) => Promise.resolve({ ok: true, value: { text: text || JSON.stringify(question.messages) } }) });

  it('never shows a token count as exact', async () => {
    const { capabilities, complete } = provider('x');
    expect(capabilities.reportsUsage).toBe(false);
    expect(await complete(CALL, NEVER)).toMatchObject({ ok: true, usage: { tokensOut: 1, estimated: true } });
  });
  it('sends the schema in words, and what the system says as the user\'s', async () => {
    const answer = await provider('').complete(CALL, NEVER);
    expect(answer.ok && answer.value.text).toMatch(/^\[\{"role":"user","content":"Compare\.\\n\\nAnswer with one JSON value.*\\"relation\\"/);
  });
  it('says that a message is too large instead of sending it', async () => {
    const long = { ...CALL, messages: [{ role: 'user', content: 'é"'.repeat(90_000) }] as const };
    expect(await provider('x').complete(long, NEVER)).toMatchObject({ ok: false, failure: { code: 'tooLarge', message: expect.stringMatching(/^The request has 270,\d{3} characters; the editor's language models are sent at most 255,000\./) } });
  });
  it('refuses what the editor has not', async () => {
    expect(await provider('x').embed({ model: 'm', texts: ['a'] }, NEVER)).toMatchObject({ ok: false, failure: { code: 'refused' } });
    expect(await provider('x').readPageImage({ model: 'm', mimeType: 'image/png', base64: '', instruction: '', maxTokensOut: 1 }, NEVER)).toMatchObject({ ok: false, failure: { code: 'refused' } });
  });
});

async function testedOver(lent: LentModels, provider = 'vscode', model = ''): Promise<{ readonly works: boolean; readonly message: string }> {
  const client = await ScriptedClient.start({
    configuration: () => withoutProviderUnless(lent.isTrusted(), { provider, models: { verify: model } }),
    prepare: (connection) => answerModelRequests(connection, lent, (failure) => new ResponseError(LSPErrorCodes.RequestFailed, failure.message, failure)),
  });
  try {
    return await client.request('model/test', { uri: client.uri('ws/a.md') });
  } finally {
    await client.stop();
  }
}

function withoutProviderUnless(trusted: boolean, section: object): unknown {
  return trusted ? section : withoutProvider([section])[0];
}

describe('over the wire', () => {
  const lent = (play: Play, trusted = true): LentModels => ({ api: editorApi({ one: play }), keys: memoryKeys(), isTrusted: () => trusted });

  it('answers, and says that counts are estimates', async () => {
    expect(await testedOver(lent(() => saying('{"answer":"ready"}')))).toMatchObject({
      works: true, message: expect.stringMatching(/^"one" of this editor answers as text that is read as JSON, in \d+\.\d s; it tells no limits, and token counts are estimates, because none are reported\.$/),
    });
  });
  it('fails with the sentence of the editor', async () => {
    expect(await testedOver(lent(failing(editorError('NoPermissions', ''))), 'vscode', 'one')).toMatchObject({ works: false, message: expect.stringMatching(/^Collate is not allowed to use Model one/) });
    expect(await testedOver({ ...lent(() => saying('')), api: editorApi({}) })).toMatchObject({ works: false, message: expect.stringMatching(/^This editor offers no language model/) });
  });
  it('cancels the model\'s request with the call', async () => {
    let began = (): void => undefined;
    const started = new Promise<void>((go) => (began = go));
    let cancelled = (): void => undefined;
    const stopped = new Promise<void>((go) => (cancelled = go));
    const play: Play = (_texts, token) => {
      token.onCancellationRequested(() => cancelled());
      began();
      return new Promise(() => undefined);
    };
    const client = await ScriptedClient.start({
      configuration: () => ({ provider: 'vscode' }),
      prepare: (connection) => answerModelRequests(connection, lent(play), (failure) => new ResponseError(LSPErrorCodes.RequestFailed, failure.message, failure)),
    });
    const source = new CancellationTokenSource();
    const test = client.requestUntil('model/test', { uri: null }, source.token);
    await started;
    source.cancel();
    await stopped;
    expect(await test).toMatchObject({ works: false, message: 'Cancelled.' });
    await client.stop();
  });
  it('asks nobody in a workspace that is not trusted, whatever is set', async () => {
    const never: Play = () => {
      throw new Error('asked');
    };
    for (const provider of ['vscode', 'openai', 'local']) {
      expect(await testedOver(lent(never, false), provider)).toMatchObject({ works: true, message: expect.stringMatching(/^No language model is asked: collate\.provider is local/) });
    }
  });
});
