import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { install, SOURCE, TARGET, TRANSCRIPT, type Installation } from './installation.ts';
import { Workbench } from './workbench.ts';

let installed: Installation;
let bench: Workbench;

beforeAll(async () => {
  installed = await install({ 'workbench.colorTheme': 'Dark Modern' });
  bench = await Workbench.open(installed, { width: 1640, height: 960 });
});
afterAll(() => installed?.close());
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await bench.tellFailure(task.name);
});

/** Puts the cursor behind words of the document in the editor. */
async function goBehind(words: string): Promise<void> {
  await bench.page.keyboard.press('Control+Home');
  await bench.page.keyboard.press('Control+f');
  await bench.page.locator('.find-widget.visible textarea, .find-widget.visible input').first().fill(words);
  await bench.page.keyboard.press('Enter');
  await bench.page.locator('.find-widget.visible .matchesCount', { hasText: /^1 of 1/ }).waitFor();
  await bench.page.keyboard.press('Escape');
  await bench.page.keyboard.press('ArrowRight');
}

/** Clicks a link of the hover at the cursor, as soon as the hover has it: what a run says of edited words is told anew. */
async function followHover(link: string): Promise<string> {
  const hover = bench.page.locator('.monaco-hover:visible', { hasText: link }).first();
  await expect.poll(async () => {
    await bench.page.keyboard.press('Escape');
    await bench.command('Show or Focus Hover');
    return hover.isVisible();
  }).toBe(true);
  const words = await hover.innerText();
  await hover.locator('a', { hasText: link }).first().click();
  return words;
}

async function answer(label: string): Promise<void> {
  await bench.page.locator('.notifications-center .monaco-button', { hasText: label }).first().click();
}

describe('words that were edited after a run', () => {
  it('a provision is analyzed again from its hover, told in one line, and opened in the panel', async () => {
    await bench.openFile(SOURCE);
    await bench.command('Collate: Crosswalk With...');
    await bench.pick(TARGET);
    await bench.panel.locator('.state', { hasText: 'Finished' }).waitFor();
    await bench.command('View: Focus First Editor Group');
    await bench.openFile(SOURCE);
    await goBehind('Internal Revenue Code of 1986');
    await bench.page.keyboard.press('Backspace');
    await bench.page.keyboard.type('7');
    expect(await followHover('Analyze "1.07 Code" again')).toContain('Text changed since the run.');
    const told = await bench.notification('1.07 Code: was same, is now changed');
    expect(told).toMatch(/"1987".*"1986"/u);
    expect(told).toContain('no other row changed');
    await bench.screenshot('again-1-provision');
    await answer('Open Row');
    const row = bench.panel.locator('.row.selected.is-changed');
    await row.waitFor();
    expect(await row.innerText()).toMatch(/^1\.07\s+Code/u);
    await bench.panel.locator('.side').first().waitFor();
    expect(await bench.panel.locator('.side').first().innerText()).toContain('1987');
    await bench.screenshot('again-2-row');
    await bench.command('Notifications: Clear All Notifications');
  });

  it('a finding is, too, and stands selected among the others', async () => {
    await bench.command('View: Focus First Editor Group');
    await bench.openFile(TRANSCRIPT);
    await bench.command('Collate: Analyze Document');
    await bench.panel.locator('.finding').first().waitFor();
    await bench.command('View: Focus First Editor Group');
    await bench.openFile(TRANSCRIPT);
    await goBehind("Yep, I'll do it today");
    await bench.page.keyboard.type(' and send it round');
    await followHover('again');
    await bench.notification('is found in other words');
    await bench.screenshot('again-3-finding');
    await answer('Open Row');
    const finding = bench.panel.locator('.finding.active');
    await finding.waitFor();
    expect(await finding.innerText()).toContain("I'll do it today and send it round");
    await bench.screenshot('again-4-finding');
  });
});
