/** One universal VSIX: a production build, packed by an allow-list (.vscodeignore). */
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ensureDependencies, node, root, run } from './setup.mjs';

ensureDependencies();
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const file = join(root, `collate-${version}.vsix`);
const vsce = join(root, 'node_modules', '@vscode', 'vsce', 'vsce');
const built =
  run(node, [join(root, 'esbuild.mjs'), '--production']) &&
  run(node, [
    vsce, 'package', '--no-dependencies', '--allow-missing-repository', '--no-rewrite-relative-links', '--out', file,
  ]);
if (!built) process.exit(1);
console.log(`${file} ${(statSync(file).size / 1024 / 1024).toFixed(1)} MB`);
