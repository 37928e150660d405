import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { install, SOURCE, TARGET, TRANSCRIPT, type Installation } from './installation.ts';
import { Workbench } from './workbench.ts';

let installed: Installation;
let bench: Workbench;

beforeAll(async () => {
  installed = await install({ 'workbench.colorTheme': 'Dark Modern' });
  bench = await Workbench.open(installed, { width: 1720, height: 1000 });
});
afterAll(() => installed?.close());

afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await bench.tellFailure(task.name);
});

const step = (title: string) => bench.page.locator('.getting-started-step', { hasText: title }).first();

/** Opens a step beside the document that was opened last, and presses its button. */
async function press(title: string, button: string): Promise<void> {
  await bench.command('View: Focus First Editor Group');
  await bench.command('Welcome: Open Walkthrough...');
  await bench.pick('Get Started with Collate');
  await step(title).click();
  await step(title).locator('.monaco-button', { hasText: button }).click();
}

describe('the walkthrough', () => {
  it('has a step for each part of the work, each with words beside it', async () => {
    await bench.command('Welcome: Open Walkthrough...');
    await bench.pick('Get Started with Collate');
    await step('Compare two documents').waitFor();
    expect(await bench.page.locator('.getting-started-step').count()).toBe(6);
    await step('Read in the text').click();
    await bench.page.locator('.getting-started-media iframe').first().waitFor();
    await bench.screenshot('walkthrough-1');
  });

  it('asks which two documents to compare, where none was read yet', async () => {
    await press('Compare two documents', 'Crosswalk With');
    await bench.quickPick.locator('input[placeholder^="Pick the source"]').waitFor();
    await bench.pick(SOURCE);
    await bench.quickPick.locator('input[placeholder^="Source: alder"]').waitFor();
    await bench.pick(TARGET);
    await bench.panel.locator('.state', { hasText: 'Finished' }).waitFor();
  });

  it('analyzes the transcript that was read last', async () => {
    await bench.command('View: Focus First Editor Group');
    await bench.openFile(TRANSCRIPT);
    await press('Analyze a transcript', 'Analyze Document');
    await bench.panel.locator('.title h1', { hasText: TRANSCRIPT }).waitFor();
    await bench.panel.locator('.finding').first().waitFor();
  });

  it('shows the results of a run that is picked', async () => {
    // VS Code closes a list when the panel of the run before takes the focus while it opens: a person asks for it again.
    const row = bench.quickPick.locator('.monaco-list-row', { hasText: `${SOURCE} to` }).first();
    const isPicked = async (): Promise<boolean> => {
      await press('Review what was found', 'Show Results');
      return row.click({ timeout: 10_000 }).then(() => true, () => false);
    };
    await expect.poll(isPicked, { timeout: 90_000 }).toBe(true);
    await bench.panel.locator('.title h1', { hasText: `${SOURCE} to` }).waitFor();
  });

  it('asks where the report goes', async () => {
    await press('Share the result', 'Export Report');
    await bench.quickPick.locator('input').first().waitFor();
    await expect.poll(() => bench.quickPick.locator('input').first().inputValue()).toMatch(/alder-basic-plan.*\.html$/);
    await bench.screenshot('walkthrough-2-report');
    await bench.page.keyboard.press('Escape');
  });

  it('opens the samples in a window of their own', async () => {
    const opened = bench.page.context().waitForEvent('page', { timeout: 120_000 });
    await press('Open the sample workspace', 'Open Sample Workspace');
    const window = new Workbench(await opened);
    await window.ready();
    await window.page.locator('.explorer-folders-view .monaco-list-row', { hasText: 'transcripts' }).first().waitFor();
    await window.screenshot('walkthrough-3-samples');
    await window.page.close();
  });
});
