import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from '../chromium.ts';
import { PanelPage, type PanelPageOptions } from './panelPage.ts';
import { crosswalkHost } from './scenes.ts';

let browser: Browser;
let panel: PanelPage;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());
afterEach(() => panel.page.close());

const EVERYTHING = { runId: 'run', tab: 'matches', selected: null, scrollTop: 0 };
async function open(options: PanelPageOptions = {}): Promise<void> {
  panel = await PanelPage.open(browser, crosswalkHost(2_000), { state: EVERYTHING, ...options });
}

interface FirstRows {
  readonly rows: number;
  readonly room: number;
}

/** Notes how many rows stand in the list when it is about to be painted with the first of them, and for how many it has room. */
function noteFirstRows(page: Page): Promise<unknown> {
  return page.addInitScript(() => new MutationObserver((_, observer) => {
    const list = document.querySelector('.rows');
    if (list === null || list.querySelector('.row') === null) return;
    observer.disconnect();
    Object.assign(window, { firstRows: { rows: list.querySelectorAll('.row').length, room: Math.floor(list.clientHeight / 26) } });
  }).observe(document, { subtree: true, childList: true }));
}

describe('opening', () => {
  it('paints the list full, with no row that has no room', async () => {
    await open({ before: noteFirstRows });
    await panel.page.locator('.row').first().waitFor();
    const { rows, room } = await panel.page.evaluate(() => (window as unknown as { firstRows: FirstRows }).firstRows);
    expect(room).toBeGreaterThan(15);
    expect(rows - room).toBeGreaterThanOrEqual(0);
    expect(rows - room).toBeLessThanOrEqual(1);
    // The icons' font is asked for by the page, not first by its style sheet, and once.
    const fonts = await panel.page.evaluate(() => performance.getEntriesByType('resource').filter(({ name }) => name.includes('codicon')).map((one) => (one as PerformanceResourceTiming).initiatorType));
    expect(fonts).toEqual(['link']);
    expect(panel.errors).toEqual([]);
  });

  it('says so where a part of the page could not be loaded, and shows the rows', async () => {
    await open({ before: (page) => page.route('**/panel-later.js', (route) => route.abort()) });
    await panel.page.locator('.notice', { hasText: 'A part of this panel could not be loaded.' }).waitFor();
    await panel.page.locator('.row').first().waitFor();
  });
});

describe('a menu', () => {
  it('has its choices while it is open, and they follow what is chosen', async () => {
    await open();
    const choices = panel.page.locator('#filter-menu button');
    await panel.page.locator('.row').first().waitFor();
    expect(await choices.count()).toBe(0);
    await panel.page.locator('#filter-menu-button').click();
    const changed = choices.filter({ hasText: /^Changed/ });
    expect(await changed.getAttribute('aria-pressed')).toBe('false');
    await expect.poll(() => panel.page.evaluate(() => document.activeElement?.closest('#filter-menu') !== null)).toBe(true);
    await changed.click();
    await expect.poll(() => changed.getAttribute('aria-pressed')).toBe('true');
    await panel.page.keyboard.press('Escape');
    await expect.poll(() => choices.count()).toBe(0);
    expect(panel.errors).toEqual([]);
  });
});
