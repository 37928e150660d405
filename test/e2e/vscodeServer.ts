import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { createServer } from 'node:net';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Said by the server once it accepts windows. */
const READY = 'Extension host agent started';

/** A quiet window: no welcome page, no chat, nothing that changes from one screenshot to the next. */
const WINDOW_SETTINGS = {
  'workbench.startupEditor': 'none',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'chat.disableAIFeatures': true,
  'workbench.layoutControl.enabled': false,
  'window.commandCenter': false,
  'editor.minimap.enabled': false,
  'workbench.tips.enabled': false,
  'extensions.ignoreRecommendations': true,
  'git.enabled': false,
  'telemetry.telemetryLevel': 'off',
};

export interface VscodeFolders {
  /** server-main.js of the browser VS Code. */
  readonly main: string;
  /** Holds settings, state and logs; reused, it is the same installation. */
  readonly data: string;
}

export interface VscodeStart {
  /** Folders are not trusted before a person says so. Absent: VS Code does not ask. */
  readonly asksForTrust?: boolean;
  /** How much extensions and the editor log. Absent: as VS Code does. */
  readonly log?: 'trace';
}

export interface VscodeServer {
  readonly port: number;
  /** Everything the server printed so far. */
  log(): string;
  stop(): Promise<void>;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => (typeof address === 'object' && address !== null ? resolve(address.port) : reject(new Error('no port'))));
    });
  });
}

function folderArguments({ data }: VscodeFolders): string[] {
  const extensions = join(data, 'extensions');
  mkdirSync(extensions, { recursive: true });
  return ['--server-data-dir', join(data, 'server'), '--extensions-dir', extensions, '--accept-server-license-terms'];
}

/** Installs a VSIX as a user does. Throws with the installer's own words. */
export function installVsix(folders: VscodeFolders, vsix: string): void {
  const run = spawnSync(process.execPath, [folders.main, '--install-extension', vsix, ...folderArguments(folders)], { encoding: 'utf8' });
  if (run.status !== 0 || !/successfully installed/.test(run.stdout)) {
    throw new Error(`VS Code did not install ${vsix}:\n${run.stdout}${run.stderr}`);
  }
}

/** Settings of the whole installation, over those of a quiet window. */
export function writeSettings({ data }: VscodeFolders, settings: Readonly<Record<string, unknown>>): void {
  const folder = join(data, 'server', 'data', 'Machine');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'settings.json'), JSON.stringify({ ...WINDOW_SETTINGS, ...settings }));
}

/** Starts the browser VS Code on a free port and resolves when it accepts windows. */
export async function startVscode(folders: VscodeFolders, { asksForTrust = false, log }: VscodeStart = {}): Promise<VscodeServer> {
  const port = await freePort();
  const child: ChildProcess = spawn(
    process.execPath,
    [
      folders.main, '--host', '127.0.0.1', '--port', String(port), '--without-connection-token', ...folderArguments(folders),
      '--enable-smoke-test-driver', '--telemetry-level', 'off', ...(asksForTrust ? [] : ['--disable-workspace-trust']), ...(log === undefined ? [] : ['--log', log]),
    ],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let printed = '';
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  await new Promise<void>((resolve, reject) => {
    const take = (chunk: Buffer): void => {
      printed += chunk.toString('utf8');
      if (printed.includes(READY)) resolve();
    };
    child.stdout?.on('data', take);
    child.stderr?.on('data', take);
    child.once('exit', (code) => reject(new Error(`VS Code ended with ${code}:\n${printed}`)));
    child.once('error', reject);
  });
  return {
    port,
    log: () => printed,
    stop: async () => {
      child.kill('SIGTERM');
      await exited;
    },
  };
}
