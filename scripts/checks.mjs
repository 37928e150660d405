/** The static checks, in one table: types, lint, dependency rules, generated files. */
import { join } from 'node:path';
import { root, run, node } from './setup.mjs';

const bin = (name, file) => join(root, 'node_modules', name, file);
const tsc = (project) => [bin('typescript', 'bin/tsc'), '-p', project];

export const CHECKS = [
  ['types: shared', tsc('shared')],
  ['types: engine', tsc('server/src/engine')],
  ['types: server', tsc('server')],
  ['types: client', tsc('client')],
  ['types: webview', tsc('webview')],
  ['types: tests, bench, eval', tsc('test')],
  ['lint', [bin('eslint', 'bin/eslint.js'), '.', '--max-warnings', '0']],
  [
    'dependency rules',
    [
      bin('dependency-cruiser', 'bin/dependency-cruise.mjs'),
      'shared', 'server', 'client', 'webview', 'test', '--config', '.dependency-cruiser.cjs', '--output-type', 'err',
    ],
  ],
  ['generated files', [join(root, 'scripts', 'generate.mjs'), '--check']],
];

/** Runs every check, also after one failed. Returns how many held and how many did not. */
export function runChecks() {
  let passed = 0;
  let failed = 0;
  for (const [name, args] of CHECKS) {
    console.log(`check ${name}`);
    if (run(node, args)) passed += 1;
    else {
      failed += 1;
      console.error(`check ${name}: FAILED`);
    }
  }
  return { passed, failed };
}
