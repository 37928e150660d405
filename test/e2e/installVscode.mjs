/**
 * Installs the browser build of VS Code (code-server) for the end-to-end stories, outside the extension's own
 * dependencies, and prints its server-main.js. Built-ins only. A finished installation is used again.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** code-server 4.139.1 carries VS Code 1.139.1. */
export const CODE_SERVER_VERSION = '4.139.1';
const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
/** Native modules that VS Code's server needs at start; their install scripts are the only ones that run. */
const NATIVE_MODULES = ['@vscode/spdlog', 'node-pty', '@parcel/watcher'];

function npm(args, cwd) {
  const run = spawnSync('npm', [...args, '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, npm_config_update_notifier: 'false' },
  });
  if (run.status !== 0) {
    throw new Error(`npm ${args.join(' ')} failed in ${cwd}:\n${run.stdout ?? ''}${run.stderr ?? ''}${run.error ?? ''}`);
  }
}

/** Absolute path of server-main.js; installs when it is not there. Throws with npm's own words when that fails. */
export function installVscode() {
  const home = join(root, '.cache', `vscode-${CODE_SERVER_VERSION}`);
  const vscode = join(home, 'node_modules', 'code-server', 'lib', 'vscode');
  const main = join(vscode, 'out', 'server-main.js');
  if (existsSync(join(home, 'complete')) && existsSync(main)) return main;
  const draft = `${home}.draft-${process.pid}`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { recursive: true });
  writeFileSync(join(draft, 'package.json'), JSON.stringify({ name: 'collate-e2e-vscode', private: true }));
  npm(['install', `code-server@${CODE_SERVER_VERSION}`, '--ignore-scripts'], draft);
  const draftVscode = join(draft, 'node_modules', 'code-server', 'lib', 'vscode');
  npm(['install', '--omit=dev', '--ignore-scripts'], draftVscode);
  npm(['rebuild', ...NATIVE_MODULES], draftVscode);
  writeFileSync(join(draft, 'complete'), CODE_SERVER_VERSION);
  rmSync(home, { recursive: true, force: true });
  renameSync(draft, home);
  return main;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(installVscode());
