/** What start and test need before any dependency exists. Built-ins only; runs on Node 20 and later. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/** The Node that comes with the dependencies: better-sqlite3 and the tools need 22 or later. */
export const node = join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');

/** The environment of everything we start: that Node first, then the project's tools. */
export function environment() {
  const path = [dirname(node), join(root, 'node_modules', '.bin'), process.env['PATH'] ?? ''].join(delimiter);
  return { ...process.env, PATH: path, npm_config_update_notifier: 'false' };
}

/** Runs a command in the project with its output shown. True when it ended with 0. */
export function run(command, args, options = {}) {
  const done = spawnSync(command, args, { cwd: root, stdio: 'inherit', env: environment(), ...options });
  if (done.error !== undefined) console.error(`${command}: ${done.error.message}`);
  return done.status === 0;
}

/** Runs npm quietly; its errors are shown. True when it ended with 0. */
function npm(...args) {
  const windows = process.platform === 'win32';
  const done = spawnSync(windows ? 'npm.cmd' : 'npm', [...args, '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: windows,
    env: { ...process.env, npm_config_update_notifier: 'false' },
  });
  return done.status === 0;
}

/** Installs the dependencies of the lock file, once per lock file. Exits with npm's own words when that fails. */
export function ensureDependencies() {
  const [major] = process.versions.node.split('.').map(Number);
  if (major < 20) {
    console.error(`Collate needs Node 20 or later; this is ${process.version}. Install a newer Node and run this again.`);
    process.exit(1);
  }
  const marker = join(root, 'node_modules', '.collate-lock');
  const lock = createHash('sha256').update(readFileSync(join(root, 'package-lock.json'))).digest('hex');
  if (existsSync(node) && existsSync(marker) && readFileSync(marker, 'utf8') === lock) return;
  console.error('Installing dependencies (npm ci) ...');
  // Only `node` needs its install script, which fetches its binary; left to itself, npm would compile better-sqlite3,
  // whose prebuilt bindings are in its package.
  const installed = npm('ci', '--ignore-scripts') && npm('rebuild', 'node', '--ignore-scripts=false');
  if (!installed || !existsSync(node)) {
    console.error('npm could not install the dependencies. Its message is above; check the network and the disk, then run this again.');
    process.exit(1);
  }
  writeFileSync(marker, lock);
}
