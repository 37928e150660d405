import { mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import type { HostApi, PanelApi } from '../../shared/protocol/panel.ts';
import { connectPeer, type Peer } from '../../shared/protocol/rpc.ts';
import { themeCss, THEMES, type ThemeName } from './themes.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const SHOTS = join(root, 'out', 'panel-shots');
const ORIGIN = 'http://panel.test';

export interface PanelPageOptions {
  readonly theme?: ThemeName;
  readonly width?: number;
  readonly height?: number;
  /** What an earlier page kept. */
  readonly state?: unknown;
  /** Address of a server of `panelFiles`; without one the page's requests are answered by the test itself. */
  readonly origin?: string;
  /** What is done to the page before it loads. */
  readonly before?: (page: Page) => Promise<unknown>;
}

type PanelFiles = Readonly<Record<string, readonly [type: string, body: () => string | Buffer]>>;

/** All that the page loads, by its path. */
export function panelFiles(origin: string, theme: ThemeName): PanelFiles {
  const policy = `default-src 'none'; script-src 'nonce-n'; style-src ${origin}; font-src ${origin}`;
  return {
    '/': ['text/html', () => `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}"><title>Collate</title>
      <link rel="modulepreload" nonce="n" href="/panel-chunk.js"><link rel="preload" as="font" type="font/ttf" crossorigin href="/codicon.ttf"><link rel="stylesheet" href="/theme.css"><link rel="stylesheet" href="/panel.css"></head>
      <body class="${THEMES[theme].bodyClass}"><div id="app"></div><script type="module" nonce="n" src="/panel.js"></script></body></html>`],
    '/theme.css': ['text/css', () => themeCss(theme)],
    ...Object.fromEntries([['codicon.ttf', 'font/ttf'], ['panel.css', 'text/css'], ...['panel.js', 'panel-chunk.js', 'panel-later.js'].map((name) => [name, 'text/javascript'])].map(
      ([name, type]) => [`/${name}`, [type, () => readFileSync(join(root, 'dist', name ?? ''))]],
    )),
  };
}

/** A peer answers own methods only; those of a class stand on its prototype. */
function answersOf(host: HostApi): HostApi {
  const names = Object.getOwnPropertyNames(Object.getPrototypeOf(host) as object).filter((name) => name !== 'constructor');
  return Object.fromEntries(names.map((name) => [name, (params: never) => (host[name as keyof HostApi] as (params: never) => unknown).call(host, params)])) as unknown as HostApi;
}

/** The built panel in a page of its own, under the policy VS Code's webview has, with a host the test scripts. */
export class PanelPage {
  readonly page: Page;
  readonly peer: Peer<PanelApi>;
  /** Errors of the page, refusals of its policy among them. */
  readonly errors: readonly string[];

  private constructor(page: Page, peer: Peer<PanelApi>, errors: readonly string[]) {
    this.page = page;
    this.peer = peer;
    this.errors = errors;
  }

  static async open(browser: Browser, host: HostApi, options: PanelPageOptions = {}): Promise<PanelPage> {
    const theme = options.theme ?? 'dark';
    const page = await browser.newPage({ viewport: { width: options.width ?? 960, height: options.height ?? 900 } });
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error') errors.push(message.text());
    });
    const origin = options.origin ?? ORIGIN;
    if (options.origin === undefined) {
      const files = panelFiles(origin, theme);
      await page.route(`${origin}/**`, (route) => {
        const file = files[new URL(route.request().url()).pathname];
        if (file === undefined) return route.fulfill({ status: 404, body: '' });
        return route.fulfill({ contentType: file[0], body: file[1]() });
      });
    }
    const link: { deliver: (message: unknown) => void } = { deliver: () => undefined };
    const peer = connectPeer<HostApi, PanelApi>(
      {
        send: (message) => void page.evaluate((one) => window.postMessage(one, '*'), message).catch(() => undefined),
        receive: (listener) => {
          link.deliver = listener;
        },
      },
      answersOf(host),
    );
    await page.exposeFunction('collateSend', (message: unknown) => link.deliver(message));
    await page.addInitScript((state) => {
      const kept: { state: unknown } = { state };
      Object.assign(window, {
        acquireVsCodeApi: () => ({
          postMessage: (message: unknown) => (window as unknown as { collateSend(message: unknown): void }).collateSend(JSON.parse(JSON.stringify(message))),
          getState: () => kept.state,
          setState: (next: unknown) => {
            kept.state = next;
            Object.assign(window, { keptState: next });
          },
        }),
      });
    }, options.state);
    await options.before?.(page);
    await page.goto(`${origin}/`);
    return new PanelPage(page, peer, errors);
  }

  text(selector: string): Promise<string> {
    return this.page.locator(selector).first().innerText();
  }

  async screenshot(name: string): Promise<void> {
    mkdirSync(SHOTS, { recursive: true });
    await this.page.screenshot({ path: join(SHOTS, `${name}.png`) });
  }
}
