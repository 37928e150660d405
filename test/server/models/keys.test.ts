import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { LSPErrorCodes, ResponseError, Trace } from 'vscode-languageserver/node';
import { answerModelRequests, type LentModels } from '../../../client/src/modelRequests.ts';
import { originOf } from '../../../client/src/secrets.ts';
import { takeEnvironmentKey } from '../../../server/src/models/environmentKey.ts';
import { chat, refusal, startModelServer, type Script } from '../../fakes/modelServer.ts';
import { ScriptedClient } from '../lsp/scriptedClient.ts';
import { editorApi, memoryKeys } from './editorDouble.ts';
import { KEY } from './openProvider.ts';

/** Everything that could end in a log of client or server, while the connection is tested with a key in secret storage. */
async function traced(script: Script, use: (client: ScriptedClient, origin: string, keys: LentModels['keys']) => Promise<void>): Promise<{ readonly log: string; readonly authorizations: readonly (string | undefined)[] }> {
  const server = await startModelServer(script);
  const { origin } = new URL(server.url);
  const keys = memoryKeys({ [origin]: KEY, 'https://elsewhere.example': 'sk-of-another-server' });
  const lines: string[] = [];
  const client = await ScriptedClient.start({
    configuration: () => ({ provider: 'openai', openai: { baseUrl: server.url }, models: { verify: 'm' } }),
    prepare: (connection) => {
      const lent: LentModels = { api: editorApi({}), keys, isTrusted: () => true };
      answerModelRequests(connection, lent, (failure) => new ResponseError(LSPErrorCodes.RequestFailed, failure.message, failure));
      // What vscode-languageclient does at the log level Trace with collate.trace.server set to verbose.
      const log = (...words: readonly unknown[]): void => void lines.push(words.map((one) => (typeof one === 'string' ? one : JSON.stringify(one))).join(' '));
      void connection.trace(Trace.Verbose, { log }, { sendNotification: true });
    },
  });
  try {
    await use(client, origin, keys);
  } finally {
    await client.stop();
    await server.close();
  }
  return { log: [...lines, ...client.log, JSON.stringify(client.events)].join('\n'), authorizations: server.requests.map(({ headers }) => headers.authorization) };
}

/** The key, and the forms it may hide in. */
function expectNoKey(text: string): void {
  for (const form of [KEY, Buffer.from(KEY).toString('base64').slice(0, 24), Buffer.from(KEY).toString('hex'), encodeURIComponent(KEY), KEY.slice(8, 24)]) expect(text).not.toContain(form);
}

describe('a key in the editor', () => {
  it('reaches the server that it belongs to and no log, also with the trace set to verbose', async () => {
    const { log, authorizations } = await traced(() => chat('{"answer":"ready"}'), async (client) => {
      expect(await client.request('model/test', { uri: null })).toMatchObject({ works: true });
    });
    expect(authorizations).toEqual([`Bearer ${KEY}`]);
    expect(log).toContain('collate/model/key');
    expect(log).toContain('"box"');
    expectNoKey(log);
  });
  it('reaches no log where the server repeats it', async () => {
    const { log } = await traced(() => refusal(401, { message: `Incorrect API key provided: ${KEY}` }), async (client) => {
      expect(await client.request('model/test', { uri: null })).toMatchObject({ works: false, message: expect.stringContaining('does not accept the key') });
    });
    expectNoKey(log);
  });
  it('is asked for again after it was refused or changed, and only then', async () => {
    let accepts = `Bearer ${KEY}`;
    const { log, authorizations } = await traced(({ headers }) => (headers.authorization === accepts ? chat('{"answer":"ready"}') : refusal(401, { message: 'no' })), async (client, origin, keys) => {
      const works = async (): Promise<boolean> => (await client.request('model/test', { uri: null })).works;
      expect([await works(), await works()]).toEqual([true, true]);
      accepts = 'Bearer sk-second-key';
      await keys.set(origin, 'sk-second-key');
      await client.request('model/keyChanged', { origin });
      expect(await works()).toBe(true);
      accepts = 'Bearer sk-third-key';
      expect(await works()).toBe(false);
      await keys.set(origin, 'sk-third-key');
      expect(await works()).toBe(true);
      await keys.forget(origin);
      await client.request('model/keyChanged', { origin });
      expect(await works()).toBe(false);
    });
    expect(authorizations.map((one) => one?.slice(-9))).toEqual([KEY.slice(-9), KEY.slice(-9), 'econd-key', 'econd-key', 'third-key', undefined]);
    expect(log.match(/Received request 'collate\/model\/key/g)?.length).toBe(4);
    expectNoKey(log);
    expect(log).not.toContain('second-key');
  });
});

describe('what a key belongs to', () => {
  const TABLE: readonly (readonly [url: string, origin: string | null])[] = [
    ['https://api.openai.com/v1', 'https://api.openai.com'],
    ['HTTPS://API.openai.com:443/other', 'https://api.openai.com'],
    ['http://localhost:11434/v1', 'http://localhost:11434'],
    ['https://user:secret@host/v1', null],
    ['https://host/v1?key=secret', null],
    ['file:///etc/passwd', null],
    ['not an address', null],
    ['', null],
  ];
  it.each(TABLE)('%s: %s', (url, origin) => expect(originOf(url)).toBe(origin));

  it('tells of changes, by origin', async () => {
    const keys = memoryKeys();
    const told: string[] = [];
    keys.onChanged((origin) => void told.push(origin));
    await keys.set('https://a', 'k');
    await keys.forget('https://a');
    expect(told).toEqual(['https://a', 'https://a']);
    expect(await keys.get('https://a')).toBeUndefined();
  });
});

describe('a key in a terminal', () => {
  it('is taken out of the environment before a child can inherit it', () => {
    const before = { ...process.env };
    try {
      process.env['COLLATE_API_KEY'] = ` ${KEY}\n`;
      expect(takeEnvironmentKey(process.env)).toBe(KEY);
      const child = spawnSync(process.execPath, ['-e', 'console.log(JSON.stringify(process.env))'], { encoding: 'utf8' });
      expect(child.stdout).toContain('PATH');
      expect(child.stdout).not.toContain('COLLATE_API_KEY');
      expectNoKey(child.stdout);
    } finally {
      process.env = before;
    }
  });
  it('is none where it is empty', () => expect(takeEnvironmentKey({ COLLATE_API_KEY: ' ' })).toBeNull());
});
