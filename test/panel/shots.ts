/** Screenshots of every view, theme and width into out/panel-shots: `node test/panel/shots.ts [PART OF A NAME]`. Needs a build. */
import type { Browser } from 'playwright-core';
import { launchChromium } from '../chromium.ts';
import { PanelPage } from './panelPage.ts';
import { SCENES, type Scene } from './scenes.ts';
import { THEMES, type ThemeName } from './themes.ts';

const WIDTHS = [1100, 960, 860, 700, 560, 420] as const;
const wanted = process.argv[2] ?? '';

async function shoot(browser: Browser, scene: keyof typeof SCENES, theme: ThemeName, width: number): Promise<void> {
  const name = `${scene}-${theme}-${width}`;
  if (!name.includes(wanted)) return;
  const { host, state, act }: Scene = SCENES[scene]();
  const panel = await PanelPage.open(browser, host, { theme, width, height: 900, ...(state === undefined ? {} : { state }) });
  await panel.page.locator('h1').first().waitFor();
  await act?.(panel.page);
  await panel.screenshot(name);
  if (panel.errors.length > 0) console.error(`${name}: ${panel.errors.join('; ')}`);
  await panel.page.close();
}

const browser = await launchChromium();
try {
  for (const scene of Object.keys(SCENES) as (keyof typeof SCENES)[]) {
    for (const theme of Object.keys(THEMES) as ThemeName[]) await shoot(browser, scene, theme, 960);
    for (const width of WIDTHS) if (width !== 960) await shoot(browser, scene, 'dark', width);
  }
} finally {
  await browser.close();
}
