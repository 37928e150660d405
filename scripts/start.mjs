/** `npm start [-- PATH...]`: installs, builds, and does the main job on the samples or on the given paths. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { ensureDependencies, environment, node, root } from './setup.mjs';

ensureDependencies();
const build = spawnSync(node, [join(root, 'esbuild.mjs')], { cwd: root, encoding: 'utf8', env: environment() });
if (build.status !== 0) {
  console.error(`${build.stdout}${build.stderr}The build failed; the message is above.`);
  process.exit(1);
}
// npm changes into the project; paths are meant from where the user stands.
const done = spawnSync(node, [join(root, 'dist', 'cli.cjs'), 'start', ...process.argv.slice(2)], {
  cwd: process.env['INIT_CWD'] ?? process.cwd(),
  stdio: 'inherit',
  env: environment(),
});
process.exit(done.status ?? 1);
