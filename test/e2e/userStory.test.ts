import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { install, SOURCE, TARGET, TRANSCRIPT, type Installation } from './installation.ts';
import { writeSettings } from './vscodeServer.ts';
import { Workbench } from './workbench.ts';

let installed: Installation;
let bench: Workbench;

/** Ids of the processes of this installation whose command line names `part`, the newest last. A reloaded window leaves its own for a while. */
function processesNaming(part: string): number[] {
  const lines = execFileSync('ps', ['-eo', 'pid=,args='], { encoding: 'utf8' }).split('\n');
  return lines.filter((line) => line.includes(installed.folders.data) && line.includes(part)).map((line) => Number.parseInt(line, 10)).toSorted((a, b) => a - b);
}

/** Figures of the header's ledger key, in the order decided, abstained, skipped, failed, total. */
async function ledgerFigures(): Promise<number[]> {
  const texts = await bench.panel.locator('.ledger-key li').allInnerTexts();
  return texts.map((text) => Number(/[\d,]+/.exec(text)?.[0].replaceAll(',', '')));
}

beforeAll(async () => {
  installed = await install({ 'workbench.colorTheme': 'Dark Modern' });
  writeFileSync(join(installed.workspace, 'empty.md'), '');
  bench = await Workbench.open(installed, { width: 1720, height: 1000 });
});
afterAll(() => installed?.close());

// What the window showed when a story failed says more than the words it waited for.
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await bench.tellFailure(task.name);
});

describe('an analyst', () => {
  it('compares two plan documents from the palette', async () => {
    await bench.openFile(SOURCE);
    await bench.command('Collate: Crosswalk With...');
    await bench.pick(TARGET);
    await bench.panel.locator('.state', { hasText: 'Finished' }).waitFor();
    await bench.panel.locator('.row').first().waitFor();
    const figures = await ledgerFigures();
    const total = figures.pop();
    expect(total).toBeGreaterThanOrEqual(80);
    expect(figures).toHaveLength(4);
    expect(figures.reduce((sum, figure) => sum + figure, 0)).toBe(total);
    await bench.screenshot('1-crosswalk-dark');
  });

  it('sees a diagnostic at a provision, with its code, its values and its counterpart', async () => {
    await bench.command('Problems: Focus on Problems View');
    const problems = bench.page.locator('.markers-panel .monaco-list-row', { hasText: 'crosswalk.changed' });
    await problems.first().waitFor();
    const text = await problems.first().innerText();
    expect(text).toMatch(/^Changed in birch-basic-plan\.md, .*" here, .*" there/m);
    expect(text).toMatch(/Collate/);
    expect(await problems.first().locator('.monaco-tl-twistie.collapsible').count()).toBe(1);
    await bench.screenshot('2-problems-dark');
    await bench.page.keyboard.press('Control+j');
    await bench.page.locator('.markers-panel').waitFor({ state: 'hidden' });
  });

  it('jumps from a match to its words on both sides', async () => {
    await bench.panel.locator('.search input').fill('6.0');
    const changed = bench.panel.locator('.row.is-changed').first();
    await expect.poll(() => changed.innerText()).toMatch(/^6\.0/);
    const [number = '', targetNumber = ''] = (await changed.locator('.name .number').allInnerTexts()).map((each) => each.trim());
    expect(number).not.toBe('');
    await changed.click();
    await bench.panel.locator('.side').first().waitFor();
    expect(await bench.panel.locator('.side h2 b').allInnerTexts()).toEqual([number, targetNumber]);
    expect(await bench.panel.locator('.only.source, .only.target').count()).toBeGreaterThan(2);
    // The editor shows the source's heading, selected.
    await bench.page.locator('.tab.active', { hasText: SOURCE }).waitFor();
    await bench.page.locator('.monaco-editor .view-line', { hasText: (await bench.panel.locator('.side h2').first().innerText()).replace(/^Source\s+/, '').trim() }).first().waitFor();
    await bench.page.locator('.monaco-editor .selected-text').first().waitFor();
    await bench.panel.locator('.side').nth(1).locator('.where .link').click();
    await bench.page.locator('.tab.active', { hasText: TARGET }).waitFor();
    await bench.screenshot('3-words-dark');
  });

  it('walks the matches with the keyboard', async () => {
    await bench.panel.locator('.search input').fill('');
    await expect.poll(async () => Number(await bench.panel.locator('.row').first().getAttribute('aria-setsize'))).toBeGreaterThan(80);
    await bench.panel.locator('.rows').click({ position: { x: 4, y: 4 } });
    await bench.panel.locator('.row.selected').waitFor();
    const before = await bench.panel.locator('.row.selected').getAttribute('aria-posinset');
    await bench.page.keyboard.press('j');
    await bench.panel.locator(`.row.selected[aria-posinset="${Number(before) + 1}"]`).waitFor();
    await bench.page.keyboard.press('k');
    await bench.panel.locator(`.row.selected[aria-posinset="${before ?? ''}"]`).waitFor();
    await bench.page.keyboard.press('Escape');
    await expect.poll(() => bench.panel.locator('.pane').count()).toBe(0);
  });

  it('reviews in the text, by keyboard alone, and sees it in the panel and the side bar', async () => {
    await bench.command('View: Focus First Editor Group');
    await bench.openFile(SOURCE);
    await bench.page.keyboard.press('Control+Home');
    await bench.command('Collate: Next to Review');
    const lens = bench.page.locator('.codelens-decoration a').first();
    await lens.waitFor();
    await bench.command('View: Show Collate');
    const queue = (label: string) => bench.page.locator('.tree-explorer-viewlet-tree-view .monaco-list-row', { hasText: label });
    await queue('To review').first().waitFor();
    expect(await queue('Accepted').count()).toBe(0);
    await bench.command('View: Focus First Editor Group');
    await bench.page.keyboard.press('Control+Alt+m');
    await bench.page.keyboard.press('a');
    await queue('Accepted').first().waitFor();
    expect(await queue('Accepted').first().innerText()).toMatch(/Accepted\s*1/);
    await queue('Accepted').first().click();
    await bench.panel.locator('.row .c-review', { hasText: 'accepted' }).first().waitFor();
    await bench.screenshot('4a-reviewed-dark');
    await bench.command('Collate: Undo Review');
    await expect.poll(() => queue('Accepted').count()).toBe(0);
    await bench.command('View: Show Explorer');
  });

  it('hovers a provision, follows it to its counterpart, and compares both wordings', async () => {
    await bench.command('View: Focus First Editor Group');
    await bench.openFile(SOURCE);
    await bench.command('Collate: Next to Review');
    await bench.command('Show or Focus Hover');
    const hover = bench.page.locator('.monaco-hover:visible', { hasText: 'Open counterpart' }).first();
    await hover.waitFor();
    await bench.screenshot('4b-hover-dark');
    // A link of a hover runs its command, on the row it stands at.
    await hover.locator('a', { hasText: 'Open counterpart' }).first().click();
    await bench.page.locator('.tab.active', { hasText: TARGET }).waitFor();
    await bench.command('View: Focus First Editor Group');
    await bench.openFile(SOURCE);
    await bench.command('Collate: Open Counterpart');
    await bench.page.locator('.tab.active', { hasText: TARGET }).waitFor();
    await bench.panel.locator('.row').first().waitFor();
    await bench.command('View: Focus First Editor Group');
    await bench.openFile(SOURCE);
    await bench.command('Collate: Compare with Counterpart');
    await bench.page.locator('.tab.active', { hasText: '↔' }).waitFor();
    await bench.screenshot('4c-compare-dark');
    await bench.command('View: Close Editor');
  });

  it('opens a review queue of the side bar', async () => {
    await bench.command('View: Show Collate');
    const missing = bench.page.locator('.tree-explorer-viewlet-tree-view .monaco-list-row', { hasText: /^Missing/ }).first();
    await missing.waitFor();
    const count = /\d+/.exec(await missing.innerText())?.[0] ?? '';
    await missing.click();
    await bench.panel.locator(`.row.is-missing[aria-setsize="${count}"]`).first().waitFor();
    expect(await bench.panel.locator('.row:not(.is-missing)').count()).toBe(0);
    await bench.command('View: Show Explorer');
    await bench.panel.locator('.chip', { hasText: 'All' }).click();
  });

  it('reads the ledger and the timing', async () => {
    await bench.panelTab('Ledger');
    await bench.panel.locator('.figures tbody tr').first().waitFor();
    expect(await bench.panel.locator('.figures').first().innerText()).toMatch(/Source provisions/);
    await bench.screenshot('4-ledger-dark');
    await bench.panelTab('Timing');
    expect(await bench.panel.locator('.figures.timing').innerText()).toMatch(/Whole run/);
    await bench.screenshot('5-timing-dark');
  });

  it('analyses a transcript from the palette', async () => {
    await bench.openFile(TRANSCRIPT);
    await bench.command('Collate: Analyze Document');
    await bench.panel.locator('.finding').first().waitFor();
    expect(await bench.panel.locator('.analyses').innerText()).toMatch(/Needs a language model/);
    const finding = bench.panel.locator('.finding', { hasText: 'Decision' }).first();
    await finding.waitFor();
    const words = await finding.locator('.statement').innerText();
    await finding.locator('.where .link').click();
    await bench.page.locator('.monaco-editor .view-line', { hasText: words.slice(0, 30) }).first().waitFor();
    await bench.screenshot('6-transcript-dark');
  });

  it('finds the panel and both runs again after a reload', async () => {
    await bench.reload();
    await bench.panel.locator('.state', { hasText: 'Finished' }).waitFor();
    await bench.command('Collate: Show Results');
    await bench.pick(TRANSCRIPT);
    await bench.panel.locator('.title h1', { hasText: TRANSCRIPT }).waitFor();
    await bench.panel.locator('.finding').first().waitFor();
    await bench.command('Collate: Show Results');
    await bench.pick(`${SOURCE} to`);
    await bench.panel.locator('.row').first().waitFor();
    await bench.screenshot('7-after-reload-dark');
  });

  it('is told when the server stops, and goes on', async () => {
    const before = processesNaming('server.cjs');
    const pid = before.at(-1);
    if (pid === undefined) throw new Error('No server is running.');
    process.kill(pid, 'SIGKILL');
    expect(await bench.notification('was started again')).toMatch(/Resume Run/);
    await bench.screenshot('8-server-stopped-dark');
    await bench.command('Notifications: Clear All Notifications');
    await expect.poll(() => processesNaming('server.cjs').some((one) => !before.includes(one))).toBe(true);
    await bench.openFile(TRANSCRIPT);
    await bench.command('Collate: Analyze Document');
    await bench.panel.locator('.title h1', { hasText: TRANSCRIPT }).waitFor();
    await bench.panel.locator('.finding').first().waitFor();
  });

  it('is told what is wrong with an empty document', async () => {
    await bench.openFile('empty.md');
    await bench.command('Collate: Analyze Document');
    await bench.panel.locator('.state', { hasText: 'Failed' }).waitFor();
    expect(await bench.panel.locator('.notice p').first().innerText()).toMatch(/empty\.md holds no text/);
    await bench.screenshot('9-empty-dark');
  });

  it('sees the same in the light theme', async () => {
    writeSettings(installed.folders, { 'workbench.colorTheme': 'Light Modern' });
    await bench.command('Notifications: Clear All Notifications');
    await bench.command('Collate: Show Results');
    await bench.pick(`${SOURCE} to`);
    await bench.panel.locator('body.vscode-light .row').first().waitFor();
    await bench.panel.locator('.row.is-changed').first().click();
    await bench.panel.locator('.side').first().waitFor();
    await bench.screenshot('10-crosswalk-light');
  });
});
