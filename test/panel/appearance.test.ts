import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from '../chromium.ts';
import { PanelPage } from './panelPage.ts';
import { SCENES, type Scene } from './scenes.ts';
import { THEMES, type ThemeName } from './themes.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

/** Elements that scroll sideways, less tables that may. */
function sideways(page: Page): Promise<string[]> {
  return page.evaluate(() => [...document.querySelectorAll('*:not(.wide)')].filter((one) => one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).overflowX === 'auto').map((one) => one.className));
}

async function violations(page: Page): Promise<string[]> {
  // Through the page's own policy: the test adds no script element.
  await page.evaluate(AXE);
  return page.evaluate(async () => {
    const axe = (window as unknown as { axe: { run(options: unknown): Promise<{ violations: { id: string; nodes: { html: string; failureSummary?: string }[] }[] }> } }).axe;
    const { violations: found } = await axe.run({ resultTypes: ['violations'] });
    return found.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 2).map((node) => node.html.slice(0, 160) + (node.failureSummary ?? '')).join(' | ')}`);
  });
}

/** Widths change the layout, not names and colours: those are looked at where the layout is another. */
const AXE_WIDTHS: ReadonlySet<number> = new Set([960, 420]);

async function check(scene: keyof typeof SCENES, theme: ThemeName, width: number): Promise<void> {
  const { host, state, act }: Scene = SCENES[scene]();
  const panel = await PanelPage.open(browser, host, { theme, width, ...(state === undefined ? {} : { state }) });
  await panel.page.locator('h1').first().waitFor();
  await act?.(panel.page);
  await panel.screenshot(`${scene}-${theme}-${width}`);
  if (AXE_WIDTHS.has(width)) expect(await violations(panel.page)).toEqual([]);
  expect(await sideways(panel.page)).toEqual([]);
  expect(await panel.page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
  expect(panel.errors).toEqual([]);
  await panel.page.close();
}

/** One of each kind; states that only say other words look alike. */
const IN_DARK = ['matches', 'grouped', 'filter', 'reading', 'again', 'abstained', 'override', 'exception', 'keys', 'insights', 'notes', 'changes', 'ledger', 'timing', 'empty', 'running', 'offline'] as const satisfies readonly (keyof typeof SCENES)[];

/** Every colour of the panel is in one of these. */
const IN_OTHERS = ['all', 'reading', 'again', 'override', 'filter', 'insights', 'changes', 'ledger', 'empty'] as const satisfies readonly (keyof typeof SCENES)[];

describe('everything has a name and enough contrast, and nothing scrolls sideways', () => {
  it.each((Object.keys(THEMES) as ThemeName[]).flatMap((theme) => (theme === 'dark' ? IN_DARK : IN_OTHERS).map((scene) => [theme, scene] as const)))('in the %s theme: %s', (theme, scene) => check(scene, theme, 960));
  it.each([1100, 860, 700, 560, 420].flatMap((width) => (['matches', 'reading', 'exception', 'ledger', 'changes'] as const).map((scene) => [width, scene] as const)))('at %i pixels: %s', (width, scene) => check(scene, 'dark', width));
});
