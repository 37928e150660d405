import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { errors, type FrameLocator, type Locator, type Page } from 'playwright-core';
import type { Installation } from './installation.ts';

const SHOTS = join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'out', 'e2e-shots');
/** Generous: a machine with other work starts an extension host in half a minute. */
const WORKBENCH_TIMEOUT_MS = 120_000;
/** An attribute of the page before a reload; the one after has none. */
const BEFORE_RELOAD = 'data-before-reload';
const QUICK_PICK_TIMEOUT_MS = 30_000;
const QUICK_PICK_ATTEMPTS = 4;
const NOTIFICATION_TIMEOUT_MS = 10_000;
const NOTIFICATION_ATTEMPTS = 12;

/** A VS Code window driven the way a person drives it. */
export class Workbench {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  static async open({ browser, server, workspace }: Installation, size = { width: 1400, height: 900 }): Promise<Workbench> {
    const page = await browser.newPage({ viewport: size });
    page.setDefaultTimeout(WORKBENCH_TIMEOUT_MS);
    const workbench = new Workbench(page);
    await page.goto(`http://127.0.0.1:${server.port}/?folder=${encodeURIComponent(workspace)}`);
    await workbench.ready();
    return workbench;
  }

  async ready(): Promise<void> {
    await this.page.locator('.monaco-workbench').waitFor({ timeout: WORKBENCH_TIMEOUT_MS });
    await this.page.locator('.explorer-folders-view .monaco-list-row').first().waitFor({ timeout: WORKBENCH_TIMEOUT_MS });
  }

  /**
   * Reloads the window as a person does. VS Code then keeps which editors are open; a page reloaded behind its back comes
   * up with what it last thought to keep.
   */
  async reload(): Promise<void> {
    await this.page.evaluate((mark) => document.documentElement.setAttribute(mark, ''), BEFORE_RELOAD);
    await this.command('Developer: Reload Window');
    await this.page.locator(`html:not([${BEFORE_RELOAD}])`).waitFor({ timeout: WORKBENCH_TIMEOUT_MS });
    await this.ready();
  }

  /** The list under the palette or a picker. */
  get quickPick(): Locator {
    return this.page.locator('.quick-input-widget');
  }

  /** Opens the palette, types a command's title, and runs it. */
  async command(title: string): Promise<void> {
    // The row itself: while the list is being narrowed, Enter may still take another one.
    await this.#choose('F1', `>${title}`, this.quickPick.locator(`.monaco-list-row[aria-label^="${title}"]`));
  }

  /**
   * Opens a quick pick by its key, narrows it, and clicks the row. The widget of the command before fades out while the
   * key is pressed, takes the words and is gone; a person presses the key again, and so does this.
   */
  async #choose(key: string, words: string, row: Locator): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        await this.quickPick.waitFor({ state: 'hidden', timeout: QUICK_PICK_TIMEOUT_MS });
        await this.page.keyboard.press(key);
        await this.quickPick.locator('input').fill(words, { timeout: QUICK_PICK_TIMEOUT_MS });
        await row.first().click({ timeout: QUICK_PICK_TIMEOUT_MS });
        return;
      } catch (thrown) {
        if (attempt === QUICK_PICK_ATTEMPTS || !(thrown instanceof errors.TimeoutError)) throw thrown;
        await this.page.keyboard.press('Escape');
      }
    }
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
    const base = name.split('/').at(-1) ?? name;
    await this.#choose('Control+p', name, this.quickPick.locator('.monaco-list-row', { hasText: base }));
    await this.page.locator('.tab.active', { hasText: base }).first().waitFor();
  }

  /** Opens the list of notifications and gives the one with these words: a toast goes away, and a window without focus shows none. */
  async notification(words: string): Promise<string> {
    const found = this.page.locator('.notifications-center .notification-list-item', { hasText: words }).first();
    for (let attempt = 1; ; attempt += 1) {
      // The list closes where something else takes the focus, as a panel that comes up.
      await this.command('Notifications: Show Notifications');
      try {
        await found.waitFor({ timeout: NOTIFICATION_TIMEOUT_MS });
        return await found.innerText();
      } catch (thrown) {
        if (attempt === NOTIFICATION_ATTEMPTS || !(thrown instanceof errors.TimeoutError)) throw thrown;
      }
    }
  }

  /** The page of the results panel; other webviews, as the walkthrough's, are not it. */
  get panel(): FrameLocator {
    return this.page.frameLocator('iframe.webview.ready[src*="collate.collate"]').first().frameLocator('iframe#active-frame');
  }

  async screenshot(name: string): Promise<void> {
    mkdirSync(SHOTS, { recursive: true });
    await this.page.screenshot({ path: join(SHOTS, `${name}.png`) });
  }
}
