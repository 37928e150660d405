import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, FrameLocator, Locator, Page } from 'playwright-core';

const SHOTS = join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'out', 'e2e-shots');
const WORKBENCH_TIMEOUT_MS = 60_000;

/** A VS Code window driven the way a person drives it. */
export class Workbench {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  static async open(browser: Browser, port: number, folder: string, size = { width: 1400, height: 900 }): Promise<Workbench> {
    const page = await browser.newPage({ viewport: size });
    const workbench = new Workbench(page);
    await page.goto(`http://127.0.0.1:${port}/?folder=${encodeURIComponent(folder)}`);
    await workbench.ready();
    return workbench;
  }

  async ready(): Promise<void> {
    await this.page.locator('.monaco-workbench').waitFor({ timeout: WORKBENCH_TIMEOUT_MS });
    await this.page.locator('.explorer-folders-view .monaco-list-row').first().waitFor({ timeout: WORKBENCH_TIMEOUT_MS });
  }

  /** Reloads the window, as after a crash or an update. */
  async reload(): Promise<void> {
    await this.page.reload();
    await this.ready();
  }

  /** The list under the palette or a picker. */
  get quickPick(): Locator {
    return this.page.locator('.quick-input-widget');
  }

  /** Opens the palette, types a command's title, and runs it. */
  async command(title: string): Promise<void> {
    await this.page.keyboard.press('F1');
    await this.quickPick.locator('input').waitFor();
    await this.quickPick.locator('input').fill(`>${title}`);
    // The row itself: while the list is being narrowed, Enter may still take another one.
    await this.quickPick.locator(`.monaco-list-row[aria-label^="${title}"]`).first().click();
  }

  /** Picks a row of the open quick pick by its words. */
  async pick(text: string): Promise<void> {
    await this.quickPick.locator('input').fill(text);
    const row = this.quickPick.locator('.monaco-list-row', { hasText: text }).first();
    await row.waitFor();
    await row.click();
  }

  /** Opens a workspace file by name, through Go to File. */
  async openFile(name: string): Promise<void> {
    await this.page.keyboard.press('Control+p');
    await this.quickPick.locator('input').fill(name);
    await this.quickPick.locator('.monaco-list-row', { hasText: name.split('/').at(-1) ?? name }).first().click();
    await this.page.locator('.tab.active', { hasText: name.split('/').at(-1) ?? name }).first().waitFor();
  }

  /** Opens the list of notifications and gives the one with these words: a toast goes away, and a window without focus shows none. */
  async notification(words: string): Promise<string> {
    await this.command('Notifications: Show Notifications');
    const found = this.page.locator('.notifications-center .notification-list-item', { hasText: words }).first();
    await found.waitFor();
    return found.innerText();
  }

  /** The page inside a webview panel. */
  get panel(): FrameLocator {
    return this.page.frameLocator('iframe.webview.ready').first().frameLocator('iframe#active-frame');
  }

  async screenshot(name: string): Promise<void> {
    mkdirSync(SHOTS, { recursive: true });
    await this.page.screenshot({ path: join(SHOTS, `${name}.png`) });
  }
}
