import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { LSPErrorCodes, ResponseError, Trace, type ProtocolConnection } from 'vscode-languageserver/node';
import { answerModelRequests } from '../../../client/src/modelRequests.ts';
import { sentSections } from '../../../client/src/sentSections.ts';
import { createEngine } from '../../../server/src/engine/index.ts';
import type { CompletionCall } from '../../../server/src/engine/ports.ts';
import { createNodeHost } from '../../../server/src/host.ts';
import type { OpenEngineWith } from '../../../server/src/lsp/server.ts';
import type { MatchQuery } from '../../../shared/protocol/results.ts';
import { askedRows, plainJudge } from '../../fakes/fakeModel.ts';
import { chat, refusal, startModelServer, type ModelRequest, type Reply } from '../../fakes/modelServer.ts';
import { atRest } from '../lsp/realEngine.ts';
import { ScriptedClient } from '../lsp/scriptedClient.ts';
import { editorApi, memoryKeys } from './editorDouble.ts';

const KEY = 'sk-live-Zq7Xw2Vt9Rm4Kp1Lh8Jd5Gs3Fb6Nc0';
const PASSWORD = 'pa55-of-the-gateway';
const QUERY = 'qu3ry-of-the-gateway';
const CLI = new URL('../../../server/src/cli/main.ts', import.meta.url).pathname;
const SAMPLES = new URL('../../../samples/plans/', import.meta.url).pathname;
const PLANS = ['alder-basic-plan.md', 'birch-basic-plan.md'];

/** The secrets, pieces of them that are long enough to be one, and the forms they may hide in. */
function expectNoSecret(text: string, where: string): void {
  for (const secret of [KEY, PASSWORD, QUERY]) {
    const bytes = Buffer.from(secret);
    for (const form of [secret, secret.slice(8, 18), bytes.toString('base64').slice(0, 20), bytes.toString('hex'), encodeURIComponent(secret), JSON.stringify([...bytes])]) expect(text.includes(form), `${where} holds ${form}`).toBe(false);
  }
}

/** Every byte below a folder, names included. */
function bytesIn(folder: string): string {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return files.map((entry) => `${join(entry.parentPath, entry.name)}\n${readFileSync(join(entry.parentPath, entry.name), 'latin1')}`).join('\n');
}

/** A server that says the key it was sent wherever it can. */
const ECHOES: Readonly<Record<string, (request: ModelRequest) => Reply>> = {
  'in its answers': ({ body, headers }) => {
    const key = (headers.authorization ?? '').replace('Bearer ', '');
    const items = askedRows(body as unknown as CompletionCall).map((row) => ({ ...(plainJudge(row) as object), why: `The key ${key} was accepted and both are about the same matter.` }));
    const reply = chat(JSON.stringify({ items }));
    return { ...reply, headers: { 'x-request-id': key, 'set-cookie': `key=${key}` }, json: { ...(reply.json as object), id: key, system_fingerprint: key } };
  },
  'refusing it': () => refusal(401, { message: `Incorrect API key provided: ${KEY}. You can find it at https://x/?key=${KEY}.`, code: 'invalid_api_key' }),
  'refusing it in pieces': () => refusal(403, `key ${KEY.slice(0, 20)}... is not allowed; ends in ${KEY.slice(20)}`),
  'refusing the request': () => refusal(400, { message: `bad request of Bearer ${KEY}`, param: KEY, code: KEY }),
  'in a redirect': () => ({ status: 302, headers: { location: `https://${KEY}:${PASSWORD}@elsewhere.example/v1?api-key=${KEY}` }, text: KEY }),
  'on a page': () => ({ status: 404, text: `<html>${KEY}</html>` }),
  'in words': () => ({ status: 422, text: `key: ${KEY}`, headers: { 'content-type': 'text/plain' } }),
};

interface Terminal {
  readonly code: number | null;
  readonly said: string;
}

function collate(args: readonly string[], during: (pid: number) => void): Promise<Terminal> {
  const child = spawn(process.execPath, [CLI, ...args], { env: { PATH: process.env['PATH'], HOME: tmpdir(), COLLATE_API_KEY: KEY, COLLATE_LOG: 'debug' }, stdio: ['ignore', 'pipe', 'pipe'] });
  during(child.pid as number);
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => void (said += text));
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, said })));
}

/** Command lines of a process and of its children, and the environments of the children; empty where the system does not tell. */
function seenFromOutside(pid: number): string {
  const read = (path: string): string => {
    try {
      return readFileSync(path, 'latin1');
    } catch {
      return '';
    }
  };
  const children = read(`/proc/${String(pid)}/task/${String(pid)}/children`).split(' ').filter((one) => one !== '');
  return [read(`/proc/${String(pid)}/cmdline`), ...children.flatMap((child) => [read(`/proc/${child}/cmdline`), read(`/proc/${child}/environ`)])].join('\n');
}

describe('a key in a terminal', () => {
  it.each(['in its answers', 'refusing it', 'refusing the request', 'in a redirect'])('is in nothing a run says, keeps and writes, where the server repeats it %s', async (echo) => {
    let pid = 0;
    let outside = '';
    const server = await startModelServer((request) => {
      expect(request.headers.authorization).toBe(`Bearer ${KEY}`);
      outside = seenFromOutside(pid);
      return (ECHOES[echo] as (request: ModelRequest) => Reply)(request);
    });
    const folder = mkdtempSync(join(tmpdir(), 'collate-secrets-'));
    const args = ['crosswalk', ...PLANS.map((name) => join(SAMPLES, name)), '--provider', 'openai', '--base-url', server.url, '--model', 'm', '--store', join(folder, 'store')];
    const { said } = await collate([...args, '--out', join(folder, 'out'), '--report', join(folder, 'report.html'), '--json', join(folder, 'run.json')], (own) => void (pid = own));
    await server.close();
    expect(server.requests.length).toBeGreaterThan(0);
    expect(readdirSync(join(folder, 'store'))).toContain('work.db');
    expectNoSecret(said, 'what is said');
    expectNoSecret(outside, 'a command line or the environment of a child');
    expectNoSecret(bytesIn(folder), 'a file');
  }, 60_000);

  it.each([`http://user:${PASSWORD}@127.0.0.1:9/v1`, `http://127.0.0.1:9/v1?api-key=${QUERY}`, `http://127.0.0.1:9/v1#${QUERY}`])('is not taken out of an address: %s', async (address) => {
    const folder = mkdtempSync(join(tmpdir(), 'collate-secrets-'));
    const { code, said } = await collate(['crosswalk', ...PLANS.map((name) => join(SAMPLES, name)), '--provider', 'openai', '--base-url', address, '--model', 'm', '--store', join(folder, 'store')], () => undefined);
    expect(code).not.toBe(0);
    expect(said).toContain('may hold no user, password or query');
    expectNoSecret(said + bytesIn(folder), 'what is said or kept');
  }, 60_000);
});

/** A run in the editor: everything the wire carries both ways, traced verbosely, and what is kept. */
async function inEditor(echo: (request: ModelRequest) => Reply, address: (url: string) => string): Promise<{ readonly trace: string; readonly kept: string; readonly state: string }> {
  const server = await startModelServer(echo);
  const lines: string[] = [];
  const open: OpenEngineWith = async ({ storeDir }, models) => {
    const write = (words: string): void => void lines.push(words);
    const host = await createNodeHost({ storeDir, modelProvider: (settings) => models.of(settings), log: { debug: write, info: write, warn: write, error: write } });
    return { engine: createEngine(host.ports), store: () => host.status(), close: () => host.close() };
  };
  const client = await ScriptedClient.start({
    open: open as never,
    files: Object.fromEntries(PLANS.map((name) => [`ws/${name}`, readFileSync(join(SAMPLES, name), 'utf8')])),
    configuration: () => sentSections([{ provider: 'openai', openai: { baseUrl: address(server.url) }, models: { verify: 'm' } }])[0],
    prepare: (connection: ProtocolConnection) => {
      answerModelRequests(connection, { api: editorApi({}), keys: memoryKeys({ [new URL(server.url).origin]: KEY }), isTrusted: () => true }, (failure) => new ResponseError(LSPErrorCodes.RequestFailed, failure.message, failure));
      const log = (...words: readonly unknown[]): void => void lines.push(words.map((one) => (typeof one === 'string' ? one : JSON.stringify(one))).join(' '));
      void connection.trace(Trace.Verbose, { log }, { sendNotification: true });
    },
  });
  try {
    const { runId } = await client.request('run/start', { workflow: 'crosswalk', uris: PLANS.map((name) => client.uri(`ws/${name}`)) });
    const state = await atRest(client, runId);
    // All that a panel asks for.
    await client.request('run/get', { runId });
    const query: MatchQuery = { runId, offset: 0, limit: 200, filter: 'all', search: '' };
    const rows = await client.request('run/matches', query);
    for (const { id } of rows.rows) await client.request('run/match', { runId, id });
    mkdirSync(join(client.folder, 'out'));
    await client.request('run/report', { runId, uri: pathToFileURL(join(client.folder, 'out', 'report.html')).href });
    return { trace: [...lines, ...client.log, JSON.stringify(client.events)].join('\n'), kept: bytesIn(client.folder), state };
  } finally {
    await client.stop();
    await server.close();
  }
}

describe('a key in the editor', () => {
  it.each(Object.keys(ECHOES))('is in no message, log, panel or file of a run, where the server repeats it %s', async (echo) => {
    const { trace, kept, state } = await inEditor(ECHOES[echo] as (request: ModelRequest) => Reply, (url) => url);
    expect(trace).toContain("Received request 'collate/model/key");
    expect(trace).toContain("Sending request 'collate/run/match");
    expect(['done', 'partial', 'failed', 'paused']).toContain(state);
    expect(kept).toContain('report.html');
    expectNoSecret(trace, 'a message or log');
    expectNoSecret(kept, 'a file');
  }, 60_000);

  it.each([
    ['a password', (url: string) => url.replace('://', `://user:${PASSWORD}@`)],
    ['a query', (url: string) => `${url}?api-key=${QUERY}`],
  ])('beside an address with %s in it: the address is told without, and nobody is asked', async (_, address) => {
    const { trace, kept, state } = await inEditor(() => chat('{"items":[]}'), address);
    expect(state).toBe('failed');
    expect(trace).toContain('may hold no user, password or query');
    expectNoSecret(trace + kept, 'a message, log or file');
  }, 60_000);
});
