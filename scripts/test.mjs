/** `npm test`: installs what is needed, runs every check and every test, ends with a line `N passed, N failed`. */
import { spawn, spawnSync } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { ensureDependencies, environment, node, root, run } from './setup.mjs';

const total = { passed: 0, failed: 0 };
const count = ({ passed, failed }) => {
  total.passed += passed;
  total.failed += failed;
};
/** A step that is done or not, as the build. */
const step = (name, done) => {
  count(done ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 });
  if (!done) console.error(`${name}: FAILED`);
  return done;
};

function finish() {
  console.log(`\n${total.passed} passed, ${total.failed} failed`);
  process.exit(total.failed === 0 && total.passed > 0 ? 0 : 1);
}

function ensureChromium() {
  const known = [process.env['COLLATE_CHROMIUM'], '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
  if (known.some((path) => path !== undefined && existsSync(path))) return true;
  if (process.platform !== 'linux' || process.getuid?.() !== 0) {
    console.error('The panel and editor tests need Chromium. Install it, or name it in COLLATE_CHROMIUM, and run npm test again.');
    return false;
  }
  console.log('Installing Chromium (apt-get install chromium) ...');
  const quiet = { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
  return run('apt-get', ['update', '-qq'], quiet) && run('apt-get', ['install', '-y', '-qq', 'chromium'], quiet);
}

const report = (projects) => join(root, 'out', `vitest-${projects.join('-')}.json`);

function vitestArguments(projects) {
  rmSync(report(projects), { force: true });
  mkdirSync(join(root, 'out'), { recursive: true });
  return [
    join(root, 'node_modules', 'vitest', 'vitest.mjs'), 'run', ...projects.flatMap((name) => ['--project', name]),
    // As many as there are cores; by itself vitest leaves one of them out, which is half of two.
    `--maxWorkers=${availableParallelism()}`,
    '--reporter=default', '--reporter=json', `--outputFile.json=${report(projects)}`,
  ];
}

/** The counts of vitest's own report, so that nothing is taken from printed text. */
function countsOf(projects, status) {
  if (!existsSync(report(projects))) return { passed: 0, failed: 1 };
  const result = JSON.parse(readFileSync(report(projects), 'utf8'));
  const failed = result.numFailedTests + (status !== 0 && result.numFailedTests === 0 ? 1 : 0);
  return { passed: result.numPassedTests, failed };
}

function vitest(...projects) {
  const done = spawnSync(node, vitestArguments(projects), { cwd: root, stdio: 'inherit', env: environment() });
  return countsOf(projects, done.status);
}

/** Runs projects beside what comes next; what they print is shown when they are waited for. */
function vitestBeside(...projects) {
  const args = vitestArguments(projects);
  const log = join(root, 'out', `vitest-${projects.join('-')}.log`);
  const file = openSync(log, 'w');
  const child = spawn(node, args, { cwd: root, stdio: ['ignore', file, file], env: environment() });
  const ended = new Promise((resolve) => {
    child.once('error', (problem) => resolve(String(problem)));
    child.once('exit', (status) => resolve(status));
  });
  return async () => {
    const status = await ended;
    closeSync(file);
    console.log(readFileSync(log, 'utf8'));
    return countsOf(projects, status);
  };
}

ensureDependencies();
const isBuilt = step('build', run(node, [join(root, 'esbuild.mjs')]));
const hasChromium = step('chromium', ensureChromium());
// A browser waits more than it works: the panel's tests run beside the others, the editor's alone.
const panel = isBuilt && hasChromium ? vitestBeside('panel') : null;
const { runChecks } = await import('./checks.mjs');
count(runChecks());
count(vitest('engine', 'house'));
if (isBuilt) count(vitest('server'));
if (panel !== null) {
  count(await panel());
  if (step('package', run(node, [join(root, 'scripts', 'package.mjs')]))) count(vitest('e2e'));
}
finish();
