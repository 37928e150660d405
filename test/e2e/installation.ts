import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { launchChromium } from '../chromium.ts';
import { installVscode } from './installVscode.mjs';
import { installVsix, startVscode, writeSettings, type VscodeFolders, type VscodeServer, type VscodeStart } from './vscodeServer.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { readonly version: string };
const VSIX = join(root, `collate-${version}.vsix`);

/** The two plans of the samples and one transcript, by their names in a workspace. */
export const SOURCE = 'alder-basic-plan.md';
export const TARGET = 'birch-basic-plan.md';
export const TRANSCRIPT = 'plan-committee.txt';
const SAMPLES = [`plans/${SOURCE}`, `plans/${TARGET}`, `transcripts/${TRANSCRIPT}`];

/** VS Code with the packed extension installed as a user installs it, a workspace of samples, and a browser to open it in. */
export interface Installation {
  readonly folders: VscodeFolders;
  readonly workspace: string;
  readonly server: VscodeServer;
  readonly browser: Browser;
  /** Ends all of it and removes its folders. */
  close(): Promise<void>;
}

/** `others`: paths of further VSIX files. */
export async function install(settings: Readonly<Record<string, unknown>>, start: VscodeStart = {}, others: readonly string[] = []): Promise<Installation> {
  const workspace = mkdtempSync(join(tmpdir(), 'collate-story-'));
  const folders = { main: installVscode(), data: mkdtempSync(join(tmpdir(), 'collate-vscode-')) };
  for (const file of SAMPLES) cpSync(join(root, 'samples', file), join(workspace, basename(file)));
  for (const vsix of [VSIX, ...others]) installVsix(folders, vsix);
  writeSettings(folders, settings);
  const server = await startVscode(folders, start);
  const browser = await launchChromium();
  return {
    folders, workspace, server, browser,
    close: async () => {
      await browser.close();
      await server.stop();
      for (const folder of [workspace, folders.data]) rmSync(folder, { recursive: true, force: true });
    },
  };
}
