import type { Page } from 'playwright-core';
import { launchChromium } from '../test/chromium.ts';
import { PanelPage } from '../test/panel/panelPage.ts';
import { crosswalkHost } from '../test/panel/scenes.ts';
import { report } from './benches.ts';

// The built panel in Chromium with 50,000 rows of a scripted host: first paint, work a frame while scrolling, and a filter.
// Baseline beside it: an empty page in the same browser. Needs `node esbuild.mjs --production`.

const ROWS = 50_000;
const FRAMES = 240;
/** Pixels scrolled a frame, nearly five rows: more than a wheel turned quickly. */
const STEP = 120;
const ASKED = { paint: 300, frame: 8, filter: 100 } as const;

/** Milliseconds from the start of the page to its first contentful paint. */
function firstPaint(page: Page): Promise<number> {
  return page.evaluate(() => new Promise<number>((resolve) => {
    new PerformanceObserver((list, observer) => {
      const paint = list.getEntriesByName('first-contentful-paint')[0];
      if (paint === undefined) return;
      observer.disconnect();
      resolve(paint.startTime);
    }).observe({ type: 'paint', buffered: true });
  }));
}

interface Times {
  readonly script: number;
  readonly layout: number;
}

/** Milliseconds of scripting, and of layout and style, that the page has done so far. */
async function workOf(page: Page): Promise<() => Promise<Times>> {
  const session = await page.context().newCDPSession(page);
  // Time on the processor, not on the wall: what else the machine does is not the page's work.
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  return async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    const value = (name: string): number => (metrics.find((metric) => metric.name === name)?.value ?? 0) * 1000;
    return { script: value('ScriptDuration'), layout: value('LayoutDuration') + value('RecalcStyleDuration') };
  };
}

function percentile(values: readonly number[], share: number): number {
  return [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? 0;
}

const browser = await launchChromium();
try {
  const empty = await browser.newPage();
  await empty.setContent('<p>Nothing</p>');
  const emptyPaint = await firstPaint(empty);
  await empty.close();

  const host = crosswalkHost(ROWS);
  const everything = { runId: 'run', tab: 'matches', selected: null, scrollTop: 0 };
  const panel = await PanelPage.open(browser, host, { state: everything });
  const paint = await firstPaint(panel.page);
  await panel.page.locator('.row').first().waitFor();

  const work = await workOf(panel.page);
  const frame = async (step: number): Promise<number> => {
    const before = await work();
    await panel.page.evaluate((step) => new Promise<void>((resolve) => {
      const list = document.querySelector('.rows');
      if (list !== null) list.scrollTop += step;
      requestAnimationFrame(() => requestAnimationFrame(() => resolve()));
    }), step);
    const after = await work();
    return after.script + after.layout - before.script - before.layout;
  };
  // What the measuring itself costs: the same frames without a scroll.
  const resting: number[] = [];
  for (let at = 0; at < FRAMES / 4; at++) resting.push(await frame(0));
  const frames: number[] = [];
  for (let at = 0; at < FRAMES; at++) frames.push(await frame(STEP));

  // The server's own time is apart: its answers are waited for, only the page's work is counted.
  const before = await work();
  await panel.page.locator('.chip', { hasText: 'Changed' }).click();
  await panel.page.locator('.row.is-changed[aria-posinset="2"]').waitFor();
  const after = await work();
  const filter = after.script + after.layout - before.script - before.layout;
  if (panel.errors.length > 0) throw new Error(panel.errors.join('; '));

  const p95 = percentile(frames, 0.95);
  const still = percentile(resting, 0.5);
  const missed = [paint > ASKED.paint ? 'first paint' : '', p95 > ASKED.frame ? 'scrolling' : '', filter > ASKED.filter ? 'filter' : ''].filter((word) => word !== '');
  report(paint / 1000, `${ROWS} rows: first paint ${(paint / emptyPaint).toFixed(1)} times an empty page (${emptyPaint.toFixed(0)} ms), ${p95.toFixed(1)} ms of scripting and layout a frame at p95 while scrolling (asked <= ${ASKED.frame}; median ${percentile(frames, 0.5).toFixed(1)}; ${still.toFixed(1)} of it without a scroll), ${filter.toFixed(0)} ms for a filter (asked < ${ASKED.filter})${missed.length === 0 ? '' : `; above what was asked: ${missed.join(', ')}`}; memory is the bench's own`);
} finally {
  await browser.close();
}
