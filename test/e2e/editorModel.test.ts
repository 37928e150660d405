import { createVSIX } from '@vscode/vsce';
import { build } from 'esbuild';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { install, SOURCE, TARGET, type Installation } from './installation.ts';
import { Workbench } from './workbench.ts';

const here = dirname(fileURLToPath(import.meta.url));

let packed: string;
let installed: Installation;
let bench: Workbench;

/** The extension that brings a model, packed as any other. */
async function packModels(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'collate-models-'));
  cpSync(join(here, 'modelExtension', 'package.json'), join(folder, 'package.json'));
  await build({
    entryPoints: [join(here, 'modelExtension', 'extension.ts')],
    outfile: join(folder, 'extension.cjs'), bundle: true, platform: 'node', format: 'cjs', target: 'node22', external: ['vscode'],
  });
  await createVSIX({ cwd: folder, packagePath: join(folder, 'models.vsix'), dependencies: false, allowMissingRepository: true, skipLicense: true });
  return folder;
}

const modal = () => bench.page.locator('.monaco-dialog-box');
const answerModal = (label: string) => modal().locator('.monaco-button', { hasText: label }).click();

async function crosswalk(): Promise<void> {
  await bench.command('View: Focus First Editor Group');
  await bench.openFile(SOURCE);
  await bench.command('Collate: Crosswalk With...');
  await bench.pick(TARGET);
  await modal().filter({ hasText: 'Ask' }).waitFor();
}

beforeAll(async () => {
  packed = await packModels();
  installed = await install({ 'workbench.colorTheme': 'Light Modern', 'chat.disableAIFeatures': false, 'collate.provider': 'vscode' }, {}, [join(packed, 'models.vsix')]);
  bench = await Workbench.open(installed, { width: 1640, height: 960 });
});
afterAll(async () => {
  await installed?.close();
  rmSync(packed, { recursive: true, force: true });
});
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await bench.tellFailure(task.name);
});

describe('the language models of the editor', () => {
  it('are not used before a person allows it, and the run says so', async () => {
    await bench.command('Collate: Test Connection');
    await modal().filter({ hasText: "'Collate' wants to access the language models" }).waitFor();
    expect(await modal().innerText()).toContain('The passages are sent to the model.');
    await bench.screenshot('editor-model-1-consent');
    await answerModal('Cancel');
    expect(await bench.notification('not allowed')).toContain('Collate is not allowed to use Story One. Run "Collate: Test Connection" and allow it');
    await bench.command('Notifications: Clear All Notifications');
  });

  it('answer once they are allowed, with token counts that are called estimates', async () => {
    await bench.command('Collate: Test Connection');
    await modal().filter({ hasText: 'wants to access' }).waitFor();
    await answerModal('Allow');
    const words = await bench.notification('story-one');
    expect(words).toContain('token counts are estimates');
    await bench.screenshot('editor-model-2-works');
    await bench.command('Notifications: Clear All Notifications');
  });

  it('end a run with what to do where the allowance is spent, and what rules decided stays', async () => {
    writeFileSync(join(installed.workspace, 'allowance-spent'), '');
    await crosswalk();
    await answerModal('Ask the Model');
    await bench.panel.locator('.state', { hasText: 'Finished in part' }).waitFor();
    await bench.screenshot('editor-model-3-spent');
    const notice = await bench.panel.locator('.notice').first().innerText();
    expect(notice).toMatch(/\d+ of \d+ .* failed/);
    await bench.panelTab('Ledger');
    await bench.panel.getByText('Your allowance for Story One is spent').first().waitFor();
    await bench.screenshot('editor-model-4-ledger');
    rmSync(join(installed.workspace, 'allowance-spent'));
  });

  it('settle what rules leave open, and no count or cost is shown as exact', async () => {
    await crosswalk();
    expect(await modal().innerText()).toContain('Sent to the model this editor chooses');
    await bench.screenshot('editor-model-5-preview');
    await answerModal('Ask the Model');
    await bench.panel.locator('.state').filter({ hasText: /^Finished$/ }).waitFor();
    await bench.panelTab('Timing');
    await bench.panel.locator('.model-work').first().waitFor();
    await bench.screenshot('editor-model-6-timing');
    expect(await bench.panel.locator('body').innerText()).toMatch(/about [\d,]+/);
    // What the spent allowance left without an answer is gone from the text, too.
    await expect.poll(() => bench.page.locator('.codelens-decoration').allInnerTexts()).toContainEqual(expect.stringMatching(/^(same|changed), 13\.1 Account/));
    expect((await bench.page.locator('.codelens-decoration').allInnerTexts()).filter((words) => words.includes('no answer'))).toEqual([]);
    await bench.screenshot('editor-model-7-text');
  });
});
