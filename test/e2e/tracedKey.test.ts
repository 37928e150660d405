import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CompletionCall } from '../../server/src/engine/ports.ts';
import { askedRows, plainJudge } from '../fakes/fakeModel.ts';
import { chat, refusal, startModelServer, type ModelServer } from '../fakes/modelServer.ts';
import { install, SOURCE, TARGET, type Installation } from './installation.ts';
import { installVscode } from './installVscode.mjs';
import { Workbench } from './workbench.ts';

const KEY = 'sk-that-nobody-may-read-7Qm2xV';

let provider: ModelServer;
let installed: Installation;
let bench: Workbench;

beforeAll(async () => {
  provider = await startModelServer(({ headers, body }) => {
    // As some servers do, it repeats the key it was given.
    if (headers.authorization !== `Bearer ${KEY}`) return refusal(401, { message: `Incorrect API key provided: ${headers.authorization ?? 'none'}.`, code: 'invalid_api_key' });
    const rows = askedRows(body as unknown as CompletionCall);
    return chat(JSON.stringify(rows.length === 0 ? { answer: 'ready' } : { items: rows.map(plainJudge) }));
  });
  installed = await install({
    'collate.provider': 'openai', 'collate.openai.baseUrl': provider.url, 'collate.models.verify': 'story-model',
    'collate.models.prices': { 'story-model': '2/8' }, 'collate.trace.server': 'verbose',
  }, { log: 'trace' });
  bench = await Workbench.open(installed);
});
afterAll(async () => {
  await installed?.close();
  await provider?.close();
});

/** Every file below the folders, by path. */
function files(folders: readonly string[]): ReadonlyMap<string, string> {
  return new Map(folders.flatMap((folder) => readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => {
    const path = join(entry.parentPath, entry.name);
    return [path, readFileSync(path, 'latin1')] as const;
  })));
}

const FORMS = [KEY, Buffer.from(KEY).toString('base64').slice(0, -4), Buffer.from(KEY).toString('hex'), [...Buffer.from(KEY)].join(','), encodeURIComponent(`Bearer ${KEY}`)];
const leaks = (text: string): boolean => FORMS.some((form) => text.includes(form));
const leaking = (): readonly string[] => [...files([installed.folders.data, installed.workspace])].filter(([, text]) => leaks(text)).map(([path]) => path);
const writesLogs = existsSync(join(dirname(installVscode()), '..', 'node_modules', '@vscode', 'spdlog', 'build', 'Release', 'spdlog.node'));

async function setKey(key: string): Promise<void> {
  await bench.command('Collate: Set API Key');
  await bench.quickPick.locator('input').fill(key);
  await bench.page.keyboard.press('Enter');
  await bench.notification('is kept');
  await bench.command('Notifications: Clear All Notifications');
}

describe('a key', () => {
  it('stands in no file of the store and the editor, and in no window', async () => {
    const wrong = `${KEY}-wrong`;
    await setKey(wrong);
    await bench.command('Collate: Test Connection');
    await bench.notification('key');
    const shown: string[] = [await bench.page.locator('body').innerText()];
    await setKey(KEY);
    await bench.openFile(SOURCE);
    await bench.command('Collate: Crosswalk With...');
    await bench.pick(TARGET);
    await bench.page.locator('.monaco-dialog-box .monaco-button', { hasText: 'Ask the Model' }).click();
    await bench.panel.locator('.state').filter({ hasText: /^Finished$/ }).waitFor();
    shown.push(await bench.page.locator('body').innerText(), await bench.panel.locator('body').innerText());
    expect(provider.requests.some(({ headers }) => headers.authorization === `Bearer ${KEY}`)).toBe(true);
    expect(provider.requests.some(({ headers }) => headers.authorization === `Bearer ${wrong}`)).toBe(true);
    expect(leaking()).toEqual([]);
    expect(shown.filter(leaks)).toEqual([]);
    expect(leaks(installed.server.log())).toBe(false);
  });

  // Without its native module for logs VS Code writes none.
  it.skipIf(!writesLogs)('stands in no log, though all messages between editor and server are traced', async () => {
    const isTraced = ([path, text]: readonly [string, string]): boolean => path.endsWith('.log') && /Sending request 'collate\/run\/start/.test(text) && /Params: \{/.test(text);
    await expect.poll(() => [...files([installed.folders.data])].some(isTraced), { timeout: 60_000, interval: 1_000 }).toBe(true);
    expect(leaking()).toEqual([]);
  });
});
