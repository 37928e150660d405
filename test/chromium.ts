import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

const KNOWN_PATHS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
/** Quiet, sandbox-free (tests run as root in containers), and offline. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export function chromiumPath(): string {
  const found = [process.env['COLLATE_CHROMIUM'], ...KNOWN_PATHS].find((path) => path !== undefined && existsSync(path));
  if (found === undefined) throw new Error('Chromium was not found. Install it or name it in COLLATE_CHROMIUM.');
  return found;
}

/** A headless Chromium with a fresh profile; the caller closes it. */
export function launchChromium(): Promise<Browser> {
  return chromium.launch({ executablePath: chromiumPath(), headless: true, args: FLAGS });
}
