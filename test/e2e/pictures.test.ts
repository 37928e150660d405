import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { chat, startModelServer, type ModelServer } from '../fakes/modelServer.ts';
import { png } from '../fakes/pagePictures.ts';
import { install, type Installation } from './installation.ts';
import { Workbench } from './workbench.ts';

const PAGE = '# Section 1 Eligibility\n\nAn Employee is eligible after 12 months of service. See Section 9.\n\n# Section 2 Loans\n\nA loan is repaid within [illegible] years.\n';
const PICTURE = 'scan.png';

let provider: ModelServer;
let installed: Installation;
let bench: Workbench;

beforeAll(async () => {
  provider = await startModelServer(() => chat(PAGE, { usage: { prompt_tokens: 1_500, completion_tokens: 60 } }));
  installed = await install({
    'workbench.colorTheme': 'Dark Modern', 'collate.provider': 'openai', 'collate.openai.baseUrl': provider.url, 'collate.models.vision': 'eyes', 'collate.models.prices': { eyes: '2/8' },
  });
  writeFileSync(join(installed.workspace, PICTURE), png(1_240, 1_754));
  bench = await Workbench.open(installed, { width: 1640, height: 960 });
});
afterAll(async () => {
  await installed?.close();
  await provider?.close();
});
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await bench.tellFailure(task.name);
});

describe('an analyst who has a page as a picture only', () => {
  it('analyzes it from the explorer, sees the price first, and reads its words where it has none', async () => {
    // Menus are complete when the extension's side bar is there.
    await bench.page.locator('.activitybar .action-label[aria-label^="Collate"]').waitFor();
    await bench.contextMenu(PICTURE, 'Analyze Document');
    const modal = bench.page.locator('.monaco-dialog-box');
    await modal.waitFor();
    const words = await modal.innerText();
    expect(words).toMatch(/Sent to eyes at 127\.0\.0\.1\S*: 1 picture of a page, to be read word for word\./);
    expect(words).toContain('What is asked about its text cannot be known before it is read.');
    expect(words).not.toContain('Rules Only');
    expect(provider.requests.length).toBe(0);
    await bench.screenshot('picture-1-preview');
    await modal.locator('.monaco-button', { hasText: 'Ask the Model' }).click();
    await bench.panel.locator('.state', { hasText: 'Finished' }).waitFor();
    expect(await bench.panel.locator('.notice').first().innerText()).toContain('scan.png: Read by eyes from a picture: check the quotes against it. 1 more place in the ledger.');
    const finding = bench.panel.locator('.finding', { hasText: 'Section 9' }).first();
    await finding.waitFor();
    await bench.screenshot('picture-2-results');
    await finding.locator('.where .link').click();
    await bench.page.locator('.tab.active', { hasText: 'scan.png (as read)' }).first().waitFor();
    await bench.page.locator('.editor-instance .view-line', { hasText: 'An Employee is eligible after 12 months' }).first().waitFor();
    await bench.page.locator('.editor-instance .selected-text').first().waitFor();
    await bench.screenshot('picture-3-as-read');
    expect(provider.requests.length).toBe(1);
  });

  it('analyzes the one in front again, which is not paid for twice', async () => {
    await bench.openFile(PICTURE);
    await bench.command('Collate: Analyze Document');
    await bench.panel.locator('.meta', { hasText: 'no model calls' }).waitFor();
    await bench.panel.locator('.state', { hasText: 'Finished' }).waitFor();
    expect(await bench.panel.locator('.notice').first().innerText()).toContain('Read by eyes from a picture');
    expect(provider.requests.length).toBe(1);
  });
});
