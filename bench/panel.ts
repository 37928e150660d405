import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import type { Opening } from '../shared/protocol/panel.ts';
import { launchChromium } from '../test/chromium.ts';
import { panelFiles, PanelPage } from '../test/panel/panelPage.ts';
import { crosswalkHost } from '../test/panel/scenes.ts';
import { report } from './benches.ts';

// The built panel in Chromium with 50,000 rows of a scripted host. What is measured:
// - first paint: from the start of the navigation of a fresh page in a warm browser to the paint that shows the last of the
//   rows that have room in the list, and to the first paint of anything; beside them an empty page of the same server. The
//   best of RUNS. The host answers the page's opening at once: its own time is not the page's.
// - scrolling: scripting, style and layout of a frame, on the processor; the best of RUNS by its p95.
// - a filter: the same, from the click to the rows.
// The best of several, because a machine that does other work as well shows its own load in the others. Needs
// `node esbuild.mjs --production`.

const ROWS = 50_000;
const RUNS = 5;
const FRAMES = 240;
/** Pixels scrolled a frame, nearly five rows: more than a wheel turned quickly. */
const STEP = 120;
const ASKED = { paint: 300, frame: 8, filter: 100 } as const;

/** The page with an empty one beside it, served as the editor serves them: by a process that is there already. */
async function serve(): Promise<{ readonly origin: string; close(): void }> {
  const server = createServer((request, response) => {
    const { address, port } = server.address() as AddressInfo;
    const empty = ['text/html', () => '<!DOCTYPE html><title>Empty</title><p>Nothing</p>'] as const;
    const origin = `http://${address}:${String(port)}`;
    const { pathname } = new URL(request.url ?? '/', origin);
    const file = pathname === '/empty' ? empty : panelFiles(origin, 'dark')[pathname];
    response.writeHead(file === undefined ? 404 : 200, { 'content-type': file?.[0] ?? 'text/plain' });
    response.end(file?.[1]() ?? '');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { address, port } = server.address() as AddressInfo;
  return { origin: `http://${address}:${String(port)}`, close: () => server.close() };
}

/** Milliseconds from the start of the navigation to the first paint of anything. */
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

interface Message {
  readonly rpc: string;
  readonly id: number;
  readonly method?: string;
}
interface EditorApi {
  postMessage(message: Message): void;
}

/** Has the browser answer the page's opening itself, and note when each row was painted. */
function watchRows(page: Page, opening: Opening): Promise<unknown> {
  return page.addInitScript((answer) => {
    const editor = window as unknown as { acquireVsCodeApi: () => EditorApi };
    const acquire = editor.acquireVsCodeApi;
    editor.acquireVsCodeApi = () => {
      const api = acquire();
      return {
        ...api,
        postMessage: (message) => {
          if (message.rpc !== 'request' || message.method !== 'open') api.postMessage(message);
          else setTimeout(() => window.postMessage({ rpc: 'answer', id: message.id, value: answer }, '*'));
        },
      };
    };
    const painted: PerformanceEntry[] = [];
    Object.assign(window, { painted });
    new PerformanceObserver((list) => painted.push(...list.getEntries())).observe({ type: 'element', buffered: true });
    // Before the paint that shows them.
    new MutationObserver(() => {
      for (const heading of document.querySelectorAll('.row .heading:not([elementtiming])')) heading.setAttribute('elementtiming', 'row');
    }).observe(document, { subtree: true, childList: true });
  }, opening);
}

interface PaintedRow extends PerformanceEntry {
  readonly intersectionRect: DOMRectReadOnly;
}

/** Milliseconds from the start of the navigation to the paint after which the list is full. */
function rowsPainted(page: Page): Promise<number> {
  return page.evaluate(() => new Promise<number>((resolve) => {
    const { painted } = window as unknown as { readonly painted: readonly PaintedRow[] };
    const look = (): void => {
      const list = document.querySelector('.rows')?.getBoundingClientRect();
      const rows = painted.filter(({ intersectionRect }) => intersectionRect.height > 0);
      const lowest = Math.max(...rows.map(({ intersectionRect }) => intersectionRect.bottom));
      const last = Math.max(...rows.map(({ startTime }) => startTime));
      // The heading of the last row ends a few pixels above the row's own end.
      if (list !== undefined && list.bottom - lowest < 26) resolve(last);
      else requestAnimationFrame(look);
    };
    look();
  }));
}

interface Opened {
  readonly panel: PanelPage;
  readonly rows: number;
  readonly first: number;
  readonly empty: number;
}

async function open(browser: Browser, origin: string): Promise<Opened> {
  const nothing = await browser.newPage();
  await nothing.goto(`${origin}/empty`);
  const empty = await firstPaint(nothing);
  await nothing.close();
  const everything = { runId: 'run', tab: 'matches', selected: null, scrollTop: 0, title: 'alder.md to birch.md' };
  const list = { filter: 'all', search: '', offset: 0, limit: 100 } as const;
  const opening = await HOST.open({ kept: { runId: 'run', rows: list }, fresh: { atWork: list, atRest: list } });
  const panel = await PanelPage.open(browser, HOST, { state: everything, origin, before: (page) => watchRows(page, opening) });
  const rows = await rowsPainted(panel.page);
  return { panel, rows, first: await firstPaint(panel.page), empty };
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

/** Milliseconds of scripting, style and layout of each frame; with a step of 0, what the measuring itself costs. */
async function scroll(page: Page, work: () => Promise<Times>, frames: number, step: number): Promise<readonly number[]> {
  const times: number[] = [];
  for (let at = 0; at < frames; at++) {
    const before = await work();
    await page.evaluate((pixels) => new Promise<void>((resolve) => {
      const list = document.querySelector('.rows');
      if (list !== null) list.scrollTop += pixels;
      requestAnimationFrame(() => requestAnimationFrame(() => resolve()));
    }), step);
    const after = await work();
    times.push(after.script + after.layout - before.script - before.layout);
  }
  return times;
}

function leastBy<T>(all: readonly T[], value: (one: T) => number): T {
  return all.reduce((best, one) => (value(one) < value(best) ? one : best));
}

const HOST = crosswalkHost(ROWS);
const [browser, server] = [await launchChromium(), await serve()];
try {
  // A warm browser: what it does once after its start is not the page's.
  await (await open(browser, server.origin)).panel.page.close();
  const opened: Opened[] = [];
  for (let run = 0; run < RUNS; run++) {
    const one = await open(browser, server.origin);
    opened.push(one);
    if (run < RUNS - 1) await one.panel.page.close();
  }
  const best = leastBy(opened, ({ rows }) => rows);
  const empty = Math.min(...opened.map((one) => one.empty));
  const panel = (opened.at(-1) as Opened).panel;

  const work = await workOf(panel.page);
  const still = percentile(await scroll(panel.page, work, FRAMES / 8, 0), 0.5);
  const runs: (readonly number[])[] = [];
  for (let run = 0; run < RUNS; run++) runs.push(await scroll(panel.page, work, FRAMES, STEP));
  const frames = leastBy(runs, (times) => percentile(times, 0.95));

  // The server's own time is apart: its answers are waited for, only the page's work is counted.
  const before = await work();
  await panel.page.locator('.chip', { hasText: 'Changed' }).click();
  await panel.page.locator('.row.is-changed[aria-posinset="2"]').waitFor();
  const after = await work();
  const filter = after.script + after.layout - before.script - before.layout;
  if (panel.errors.length > 0) throw new Error(panel.errors.join('; '));

  const p95 = percentile(frames, 0.95);
  const missed = [best.rows > ASKED.paint ? 'first paint' : '', p95 > ASKED.frame ? 'scrolling' : '', filter > ASKED.filter ? 'filter' : ''].filter((word) => word !== '');
  report(best.rows / 1000, `${String(ROWS)} rows, best of ${String(RUNS)}: list full ${best.rows.toFixed(0)} ms after the start of the navigation (an empty page ${empty.toFixed(0)}; anything of this one ${best.first.toFixed(0)}), ${p95.toFixed(1)} ms of scripting, style and layout a frame at p95 while scrolling (asked <= ${String(ASKED.frame)}; median ${percentile(frames, 0.5).toFixed(1)}; ${still.toFixed(1)} of it without a scroll), ${filter.toFixed(0)} ms for a filter (asked < ${String(ASKED.filter)})${missed.length === 0 ? '' : `; above what was asked: ${missed.join(', ')}`}; memory is the bench's own`);
} finally {
  await browser.close();
  server.close();
}
