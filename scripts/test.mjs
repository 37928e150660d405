/** `npm test`: installs what is needed, runs every check and every test, ends with a line `N passed, N failed`. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
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

/** Runs vitest projects and reads the counts from its own report, so that nothing is taken from printed text. */
function vitest(...projects) {
  const report = join(root, 'out', `vitest-${projects.join('-')}.json`);
  rmSync(report, { force: true });
  mkdirSync(join(root, 'out'), { recursive: true });
  const done = spawnSync(
    node,
    [
      join(root, 'node_modules', 'vitest', 'vitest.mjs'), 'run', ...projects.flatMap((name) => ['--project', name]),
      '--reporter=default', '--reporter=json', `--outputFile.json=${report}`,
    ],
    { cwd: root, stdio: 'inherit', env: environment() },
  );
  if (!existsSync(report)) return { passed: 0, failed: 1 };
  const result = JSON.parse(readFileSync(report, 'utf8'));
  const failed = result.numFailedTests + (done.status !== 0 && result.numFailedTests === 0 ? 1 : 0);
  return { passed: result.numPassedTests, failed };
}

ensureDependencies();
const { runChecks } = await import('./checks.mjs');
count(runChecks());
count(vitest('engine', 'house'));
if (step('build', run(node, [join(root, 'esbuild.mjs')]))) {
  count(vitest('server'));
  if (step('chromium', ensureChromium())) {
    count(vitest('panel'));
    if (step('package', run(node, [join(root, 'scripts', 'package.mjs')]))) count(vitest('e2e'));
  }
}
finish();
