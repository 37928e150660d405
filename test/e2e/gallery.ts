/**
 * Makes the pictures of docs/gallery.md in the real VS Code: `node test/e2e/gallery.ts [THEME...]`, or with `--all` every
 * screen of these themes, into out/gallery, to be looked at after a change. Needs `npm run package`.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { install, SOURCE, TARGET, TRANSCRIPT } from './installation.ts';
import { withPalette } from './palettePng.ts';
import { writeSettings } from './vscodeServer.ts';
import { Workbench } from './workbench.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const SIZE = { width: 1640, height: 920 };

const THEMES = {
  dark: { setting: 'Dark Modern', body: '.vs-dark' },
  light: { setting: 'Light Modern', body: '.vs' },
  'high-contrast': { setting: 'Default High Contrast', body: '.hc-black' },
  'high-contrast-light': { setting: 'Default High Contrast Light', body: '.hc-light' },
} as const;
type Theme = keyof typeof THEMES;

/** Brings a screen up. Each leaves the window so that any other can follow. */
type Screen = (bench: Workbench) => Promise<void>;

/** The provision whose counterpart is shown. */
const PROVISION = '6.03 Hours Requirement';

async function showTab(bench: Workbench, name: string): Promise<void> {
  await bench.panel.locator('[role=tab]', { hasText: name }).click();
}

/** Nothing on the way, no tooltip, and not the line in which this build of VS Code speaks of itself. */
async function settle({ page }: Workbench): Promise<void> {
  await page.mouse.move(SIZE.width / 2, SIZE.height - 1);
  await page.locator('.statusbar-item', { hasText: 'Activating Extensions' }).waitFor({ state: 'hidden' });
  await page.locator('.monaco-progress-container.active').first().waitFor({ state: 'hidden' });
  await page.locator('.workbench-hover-container').first().waitFor({ state: 'hidden' });
  await page.evaluate(() => {
    for (const line of document.querySelectorAll('.gettingStartedContainer .footer')) line.remove();
  });
}

async function showRun(bench: Workbench, title: string): Promise<void> {
  await bench.command('Collate: Show Results');
  await bench.pick(title);
  await bench.panel.locator('.title h1', { hasText: title }).waitFor();
}

const SCREENS = {
  welcome: async (bench) => {
    await bench.command('View: Show Collate');
    await bench.page.locator('.welcome-view-content', { hasText: 'Compare Two Documents' }).first().waitFor();
  },
  walkthrough: async (bench) => {
    await bench.command('Welcome: Open Walkthrough...');
    await bench.pick('Get Started with Collate');
    await bench.page.locator('.getting-started-step').first().waitFor();
    await bench.page.locator('.getting-started-step', { hasText: 'Compare two documents' }).first().click();
    await bench.page.locator('.getting-started-media iframe').first().waitFor();
  },
  matches: async (bench) => {
    await bench.openFile(SOURCE);
    await bench.command('View: Show Collate');
    await showRun(bench, `${SOURCE} to`);
    await showTab(bench, 'Matches');
    await bench.panel.locator('.search input').fill('6.0');
    await bench.panel.locator('.row.is-changed', { hasText: '6.03' }).first().click();
    await bench.panel.locator('.side').first().waitFor();
  },
  text: async (bench) => {
    await bench.command('View: Focus First Editor Group');
    await bench.openFile(SOURCE);
    // The heading of the provision that the screen before shows.
    await bench.page.keyboard.press('Control+Home');
    await bench.page.keyboard.press('Control+f');
    await bench.page.locator('.find-widget.visible textarea, .find-widget.visible input').first().fill(PROVISION);
    // Words that are sought already are not sought again.
    await bench.page.keyboard.press('Enter');
    await bench.page.locator('.find-widget.visible .matchesCount', { hasText: /^1 of/ }).waitFor();
    await bench.page.keyboard.press('Escape');
    await bench.page.keyboard.press('Home');
    await bench.command('Show or Focus Hover');
    await bench.page.locator('.monaco-hover:visible', { hasText: 'Open counterpart' }).first().waitFor();
  },
  wordings: async (bench) => {
    await bench.page.keyboard.press('Escape');
    await bench.command('Collate: Compare with Counterpart');
    await bench.page.locator('.tab.active', { hasText: '↔' }).waitFor();
    await bench.page.locator('.diff-hidden-lines, .char-insert').first().waitFor();
  },
  insights: async (bench) => {
    await bench.command('View: Focus First Editor Group');
    await bench.openFile(TRANSCRIPT);
    await showRun(bench, TRANSCRIPT);
    await bench.panel.locator('.finding').first().waitFor();
  },
  ledger: async (bench) => {
    await showRun(bench, `${SOURCE} to`);
    await showTab(bench, 'Ledger');
    await bench.panel.locator('.figures tbody tr').first().waitFor();
    await bench.panel.getByText('Reading the units').waitFor({ state: 'hidden' });
  },
  timing: async (bench) => {
    await showTab(bench, 'Timing');
    await bench.panel.locator('.figures.timing').waitFor();
  },
} as const satisfies Readonly<Record<string, Screen>>;
type ScreenName = keyof typeof SCREENS;

/** What the gallery shows of each theme, in the order the screens are reached. */
const GALLERY: Readonly<Record<Theme, readonly ScreenName[]>> = {
  dark: ['welcome', 'matches', 'text', 'insights', 'timing'],
  light: ['walkthrough', 'matches', 'wordings', 'ledger'],
  'high-contrast': ['matches'],
  'high-contrast-light': [],
};
/** Screens of a window in which nothing has been compared yet. */
const BEFORE: ReadonlySet<ScreenName> = new Set<ScreenName>(['welcome', 'walkthrough']);
const NAMES = Object.keys(SCREENS) as ScreenName[];

const isLooking = process.argv.includes('--all');
const folder = isLooking ? join(root, 'out', 'gallery') : join(root, 'docs', 'images', 'gallery');
const named = (Object.keys(THEMES) as Theme[]).filter((theme) => process.argv.includes(theme));
const themes = named.length === 0 ? (Object.keys(THEMES) as Theme[]) : named;
// A picture that is no longer made does not stay.
if (named.length === 0) rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });

const installed = await install({ 'workbench.colorTheme': THEMES.dark.setting });
try {
  const bench = await Workbench.open(installed, SIZE);
  const shoot = async (wanted: (name: ScreenName) => boolean): Promise<void> => {
    for (const theme of themes) {
      const screens = NAMES.filter((name) => wanted(name) && (isLooking || GALLERY[theme].includes(name)));
      if (screens.length === 0) continue;
      writeSettings(installed.folders, { 'workbench.colorTheme': THEMES[theme].setting });
      await bench.page.locator(`.monaco-workbench${THEMES[theme].body}`).waitFor();
      for (const name of NAMES.filter(wanted)) {
        // A screen may start where the one before it ended.
        if (!screens.includes(name) && !(name === 'text' && screens.includes('wordings'))) continue;
        await SCREENS[name](bench);
        if (!screens.includes(name)) continue;
        await settle(bench);
        const png = await bench.page.screenshot({ animations: 'disabled', caret: 'hide' });
        writeFileSync(join(folder, `${name}-${theme}.png`), withPalette(png));
        console.log(`${name}-${theme}`);
      }
    }
  };
  await shoot((name) => BEFORE.has(name));
  await bench.command('View: Close All Editors');
  await bench.openFile(TRANSCRIPT);
  await bench.command('Collate: Analyze Document');
  await bench.panel.locator('.finding').first().waitFor();
  await bench.command('View: Focus First Editor Group');
  await bench.openFile(SOURCE);
  await bench.command('Collate: Crosswalk With...');
  await bench.pick(TARGET);
  await bench.panel.locator('.state', { hasText: 'Finished' }).waitFor();
  await shoot((name) => !BEFORE.has(name));
} finally {
  await installed.close();
}
