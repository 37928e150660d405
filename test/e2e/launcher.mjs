#!/usr/bin/env node
/**
 * Stands in for the desktop's VS Code executable where that cannot be downloaded: takes the same arguments, starts the
 * browser VS Code, opens it in headless Chromium with the extension under development and its tests, and ends with
 * their exit code. Run by @vscode/test-electron's `runTests({ vscodeExecutablePath })`.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { installVscode } from './installVscode.mjs';
import { startVscode } from './vscodeServer.ts';
import { launchChromium } from '../chromium.ts';

/** The suite itself reports what it did; this only bounds a window that never comes up. */
const LIMIT_MS = 180_000;

const value = (name) => process.argv.find((argument) => argument.startsWith(`--${name}=`))?.slice(name.length + 3);
const extension = value('extensionDevelopmentPath');
const tests = value('extensionTestsPath');
const folder = process.argv.slice(2).find((argument) => !argument.startsWith('-'));
if (extension === undefined || tests === undefined || folder === undefined) {
  console.error('usage: launcher FOLDER --extensionDevelopmentPath=DIR --extensionTestsPath=FILE');
  process.exit(2);
}

const data = mkdtempSync(join(tmpdir(), 'collate-launcher-'));
const server = await startVscode({ main: installVscode(), data });
const browser = await launchChromium();
let code = 1;
/** What the window logs; much of it is about services that are not there, so it is shown only when the tests failed. */
const said = [];
try {
  const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
  const exit = new Promise((done) => {
    page.exposeFunction('codeAutomationLog', (type, args) => said.push(`[${type}] ${args.map(String).join(' ')}`)).catch(console.error);
    page.exposeFunction('codeAutomationExit', (status) => done(status)).catch(console.error);
  });
  const remote = (path) => `vscode-remote://127.0.0.1:${server.port}${resolve(path)}`;
  const payload = [['extensionDevelopmentPath', remote(extension)], ['extensionTestsPath', remote(tests)]];
  const query = new URLSearchParams({ folder: resolve(folder), payload: JSON.stringify(payload) });
  await page.goto(`http://127.0.0.1:${server.port}/?${query.toString()}`);
  code = await Promise.race([
    exit,
    new Promise((done) => {
      setTimeout(() => {
        console.error(`The tests did not end within ${LIMIT_MS / 1000} s.\n${server.log()}`);
        done(1);
      }, LIMIT_MS).unref();
    }),
  ]);
  if (code !== 0) console.error(said.join('\n'));
} finally {
  await browser.close();
  await server.stop();
  rmSync(data, { recursive: true, force: true });
}
process.exit(code);
