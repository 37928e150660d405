import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { install, SOURCE, TARGET, type Installation } from './installation.ts';
import { Workbench } from './workbench.ts';

let installed: Installation;
let bench: Workbench;
/** What the folder's own settings would have: results somewhere else, in somebody else's name. */
let redirected = '';
const FORGED = 'Somebody Else';

beforeAll(async () => {
  installed = await install({ 'workbench.colorTheme': 'Dark Modern' }, { asksForTrust: true });
  redirected = join(installed.workspace, 'elsewhere');
  mkdirSync(join(installed.workspace, '.vscode'));
  writeFileSync(
    join(installed.workspace, '.vscode', 'settings.json'),
    JSON.stringify({ 'collate.store': redirected, 'collate.review.reviewer': FORGED }),
  );
  bench = await Workbench.open(installed, { width: 1720, height: 1000 });
});
afterAll(() => installed?.close());

afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await bench.tellFailure(task.name);
});

describe('in a folder that is not trusted', () => {
  it('documents are compared by rules, and the panel says so', async () => {
    await bench.page.locator('.statusbar-item', { hasText: 'Restricted Mode' }).waitFor();
    await bench.openFile(SOURCE);
    await bench.command('Collate: Crosswalk With...');
    await bench.pick(TARGET);
    await bench.panel.locator('.state', { hasText: 'Finished' }).waitFor();
    await bench.panel.getByText('rules only, nothing leaves this machine').first().waitFor();
    await bench.screenshot('untrusted-1-panel');
  });

  it('results stay in the folder, in the name of who sits here, whatever its settings say', async () => {
    expect(existsSync(join(installed.workspace, '.collate', 'work.db'))).toBe(true);
    expect(existsSync(redirected)).toBe(false);
    await bench.panel.locator('.row.is-changed').first().click();
    await bench.panel.locator('.pane').first().waitFor();
    await bench.panel.locator('.pane').getByRole('button', { name: 'Reject' }).first().click();
    // The next row comes up by itself; what was rejected is in its queue.
    await bench.command('View: Show Collate');
    await bench.page.locator('.tree-explorer-viewlet-tree-view .monaco-list-row', { hasText: 'Rejected' }).first().click();
    await bench.panel.locator('.row', { hasText: 'rejected' }).first().click();
    await bench.panel.locator('.pane', { hasText: 'rejected by' }).first().waitFor();
    expect(await bench.panel.locator('body').innerText()).not.toContain(FORGED);
    await bench.screenshot('untrusted-2-review');
  });

  it('VS Code says what is held back', async () => {
    await bench.command('Workspaces: Manage Workspace Trust');
    await bench.page.locator('.workspace-trust-editor a', { hasText: /\d+ extensions/ }).click();
    await bench.page.locator('.extensions-viewlet .monaco-list-row', { hasText: 'Collate' }).first().waitFor();
    await bench.screenshot('untrusted-3-extensions');
  });
});
