import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { install, SOURCE, TARGET, TRANSCRIPT, type Installation } from './installation.ts';
import { Workbench } from './workbench.ts';

let installed: Installation;
/** Two windows over one folder: each has a server of its own, both write to one store. */
let first: Workbench;
let second: Workbench;
const windows: Workbench[] = [];

beforeAll(async () => {
  installed = await install({ 'workbench.colorTheme': 'Dark Modern' });
  first = await Workbench.open(installed, { width: 1500, height: 900 });
  windows.push(first);
});
afterAll(() => installed?.close());

afterEach(async ({ task }) => {
  if (task.result?.state !== 'fail') return;
  for (const [at, window] of windows.entries()) await window.tellFailure(`${task.name} ${at + 1}`);
});

function queue({ page }: Workbench, label: string) {
  return page.locator('.tree-explorer-viewlet-tree-view .monaco-list-row', { hasText: label });
}

/** The code lenses of a row that a person has accepted. */
function acceptedLens({ page }: Workbench) {
  return page.locator('.codelens-decoration', { hasText: 'accepted' });
}

describe('two windows over one folder', () => {
  it('show the same comparison', async () => {
    await first.openFile(SOURCE);
    await first.command('Collate: Crosswalk With...');
    await first.pick(TARGET);
    await first.panel.locator('.state', { hasText: 'Finished' }).waitFor();
    second = await Workbench.open(installed, { width: 1500, height: 900 });
    windows.push(second);
    await second.openFile(SOURCE);
    // The only run there is: nothing to pick.
    await second.command('Collate: Show Results');
    await second.panel.locator('.row').first().waitFor();
    for (const window of windows) {
      await window.command('View: Show Collate');
      await queue(window, 'To review').first().waitFor();
      await window.command('View: Focus First Editor Group');
    }
    await second.screenshot('second-window-1');
  });

  it('a row accepted in the first is accepted in the text, the panel and the side bar of the second', async () => {
    for (const window of windows) {
      await window.page.keyboard.press('Control+Home');
      await window.command('Collate: Next to Review');
      await window.page.locator('.codelens-decoration a').first().waitFor();
    }
    await first.page.keyboard.press('Control+Alt+m');
    await first.page.keyboard.press('a');
    await queue(first, 'Accepted').first().waitFor();
    await queue(second, 'Accepted').first().waitFor();
    expect(await queue(second, 'Accepted').first().innerText()).toMatch(/Accepted\s*1/);
    await first.screenshot('second-window-2-first');
    await second.screenshot('second-window-2-second');
    await acceptedLens(second).first().waitFor();
    await queue(second, 'Accepted').first().click();
    await second.panel.locator('.row .c-review', { hasText: 'accepted' }).first().waitFor();
    await second.screenshot('second-window-3-second');
  });

  it('what is taken back in one window is what was said there', async () => {
    await second.command('View: Focus First Editor Group');
    await second.command('Collate: Next to Review');
    await second.page.keyboard.press('Control+Alt+m');
    await second.page.keyboard.press('r');
    await queue(first, 'Rejected').first().waitFor();
    await queue(second, 'Rejected').first().waitFor();
    expect(await queue(first, 'Accepted').first().innerText()).toMatch(/Accepted\s*1/);
    // The newest decision of all is the second window's; the first takes back its own.
    await first.command('Collate: Undo Review');
    for (const window of windows) {
      await expect.poll(() => queue(window, 'Accepted').count()).toBe(0);
      expect(await queue(window, 'Rejected').first().innerText()).toMatch(/Rejected\s*1/);
    }
    await first.screenshot('second-window-4-first');
    await second.command('Collate: Undo Review');
    for (const window of windows) await expect.poll(() => queue(window, 'Rejected').count()).toBe(0);
    await second.screenshot('second-window-5-second');
  });

  it('a run of the first is listed in the second, and stands at its words', async () => {
    await second.command('View: Focus First Editor Group');
    await second.openFile(TRANSCRIPT);
    await first.command('View: Focus First Editor Group');
    await first.openFile(TRANSCRIPT);
    await first.command('Collate: Analyze Document');
    await first.panel.locator('.finding').first().waitFor();
    await second.page.locator('.tree-explorer-viewlet-tree-view .monaco-list-row', { hasText: /^\s*plan-committee\.txt\s*transcript, finished/ }).first().waitFor();
    await second.page.locator('.monaco-editor .squiggly-info, .monaco-editor .squiggly-hint').first().waitFor();
    await second.screenshot('second-window-6-second');
  });
});
