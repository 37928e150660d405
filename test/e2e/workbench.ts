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
/** How long the steps of one attempt may take: a list opened before the extension's commands were known never shows them. */
const QUICK_PICK_ATTEMPTS_MS = [3_000, 3_000, 6_000, 12_000, 30_000, 60_000];
const MENU_ATTEMPTS_MS = [2_000, 5_000, 15_000, 30_000, 60_000];
const PANEL_TAB_ATTEMPTS_MS = [3_000, 10_000, 60_000];
const NOTIFICATION_ATTEMPTS_MS = [1_500, 3_000, 6_000, 12_000, 20_000, 30_000, 50_000];

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
    await this.#untilDone(QUICK_PICK_ATTEMPTS_MS, async (timeout) => {
      await this.quickPick.waitFor({ state: 'hidden', timeout });
      await this.page.keyboard.press(key);
      await this.quickPick.locator('input').fill(words, { timeout });
      await row.first().click({ timeout });
    });
  }

  /** Does it again, after Escape, with more time for each attempt, as long as it takes longer than that. */
  async #untilDone<T>(attempts: readonly number[], once: (timeoutMs: number) => Promise<T>): Promise<T> {
    for (const [at, timeout] of attempts.entries()) {
      try {
        return await once(timeout);
      } catch (thrown) {
        if (at === attempts.length - 1 || !(thrown instanceof errors.TimeoutError)) throw thrown;
        await this.page.keyboard.press('Escape');
      }
    }
    throw new Error('Nothing was attempted.');
  }

  /** Takes an entry of the context menu of a file in the explorer; again where the menu is still there after a click. */
  async contextMenu(file: string, entry: string): Promise<void> {
    const menu = this.page.locator('.monaco-menu');
    await this.#untilDone(MENU_ATTEMPTS_MS, async (timeout) => {
      await this.page.locator('.explorer-folders-view .monaco-list-row', { hasText: file }).click({ button: 'right', timeout });
      await menu.locator('.action-label', { hasText: entry }).click({ timeout });
      await menu.waitFor({ state: 'hidden', timeout });
    });
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
    return this.#untilDone(NOTIFICATION_ATTEMPTS_MS, async (timeout) => {
      // The list closes where something else takes the focus, as a panel that comes up.
      await this.command('Notifications: Show Notifications');
      await found.waitFor({ timeout });
      return found.innerText();
    });
  }

  /** The page of the results panel; other webviews, as the walkthrough's, are not it. */
  get panel(): FrameLocator {
    return this.page.frameLocator('iframe.webview.ready[src*="collate.collate"]').first().frameLocator('iframe#active-frame');
  }

  /** Opens a tab of the panel, again where the tabs have moved under the pointer: one comes between them once a run is at rest. */
  async panelTab(name: string): Promise<void> {
    const tab = this.panel.locator('[role=tab]', { hasText: name });
    await this.#untilDone(PANEL_TAB_ATTEMPTS_MS, async (timeout) => {
      await tab.click({ timeout });
      await tab.and(this.panel.locator('[aria-selected=true]')).waitFor({ timeout });
    });
  }

  /** After a test that failed: a picture, and the words of what lies over the window, for where nobody sees the picture. */
  async tellFailure(test: string): Promise<void> {
    await this.screenshot(`failed-${test.replaceAll(/\W+/g, '-')}`);
    const over = this.page.locator('.monaco-dialog-box:visible, .quick-input-widget:visible, .notification-list-item:visible, .monaco-menu:visible');
    const words = await over.allInnerTexts();
    console.error(`When "${test}" failed, the window showed over its editors: ${words.length === 0 ? 'nothing' : words.join(' | ')}`);
  }

  async screenshot(name: string): Promise<void> {
    mkdirSync(SHOTS, { recursive: true });
    await this.page.screenshot({ path: join(SHOTS, `${name}.png`) });
  }
}
