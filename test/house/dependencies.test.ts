import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { plantTree } from './plantedTree.ts';

interface Violation {
  readonly from: string;
  readonly rule: { readonly name: string };
}

/** File -> text, and the rule that must catch it. */
const PLANTED: readonly (readonly [file: string, text: string, rule: string])[] = [
  ['server/src/engine/readsFiles.ts', "import { readFileSync } from 'node:fs';\nexport const a = readFileSync;\n", 'I1-engine-imports-only-itself'],
  ['server/src/engine/usesLsp.ts', "import { ErrorCodes } from 'vscode-languageserver';\nexport const b = ErrorCodes;\n", 'I1-engine-imports-only-itself'],
  ['server/src/engine/hidden.ts', 'export const hidden = 1;\n', ''],
  ['server/src/lsp/throughTheWindow.ts', "import { hidden } from '../engine/hidden.ts';\nexport const c = hidden;\n", 'I2-engine-through-its-doors'],
  ['shared/climbs.ts', "import { hidden } from '../server/src/engine/hidden.ts';\nexport const d = hidden;\n", 'I3-shared-is-a-leaf'],
  ['webview/src/reachesServer.ts', "import { c } from '../../server/src/lsp/throughTheWindow.ts';\nexport const e = c;\n", 'I4-webview-is-a-page'],
  ['webview/src/usesNode.ts', "import { join } from 'node:path';\nexport const f = join;\n", 'I4-webview-no-node'],
  ['client/src/reachesServer.ts', "import { c } from '../../server/src/lsp/throughTheWindow.ts';\nexport const g = c;\n", 'I5-client-without-server'],
  ['server/src/lsp/usesEditor.ts', "import type { Uri } from 'vscode';\nexport type H = Uri;\n", 'I6-vscode-only-in-client'],
  ['server/src/lsp/opensDatabase.ts', "import Database from 'better-sqlite3';\nexport const i = Database;\n", 'I7-better-sqlite3-in-one-file'],
  ['server/src/lsp/asksModel.ts', "import OpenAI from 'openai';\nexport const n = OpenAI;\n", 'I7-openai-in-one-file'],
  ['server/src/lsp/opensSockets.ts', "import { Agent } from 'undici';\nexport const o = Agent;\n", 'I7-undici-in-one-file'],
  ['server/src/adapters/openaiProvider.ts', 'export const opened = 1;\n', ''],
  ['server/src/lsp/loadsEarly.ts', "import { opened } from '../adapters/openaiProvider.ts';\nexport const p = opened;\n", 'I7-models-loaded-late'],
  ['shared/cycleA.ts', "import { k } from './cycleB.ts';\nexport const j = (): number => k();\n", 'I8-no-cycles'],
  ['shared/cycleB.ts', "import { j } from './cycleA.ts';\nexport const k = (): number => j();\n", ''],
  ['client/src/usesTool.ts', "import { build } from 'esbuild';\nexport const l = build;\n", 'no-dev-dependency-in-product'],
];

function cruise(path: string): readonly Violation[] {
  const depcruise = join(path, 'node_modules', 'dependency-cruiser', 'bin', 'dependency-cruise.mjs');
  const run = spawnSync(
    process.execPath,
    [depcruise, 'shared', 'server', 'client', 'webview', '--config', '.dependency-cruiser.cjs', '--output-type', 'json'],
    { cwd: path, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
  );
  const result = JSON.parse(run.stdout) as { summary: { violations: Violation[] } };
  return result.summary.violations;
}

describe('dependency rules', () => {
  const tree = plantTree(Object.fromEntries(PLANTED.map(([file, text]) => [file, text])));
  let violations: readonly Violation[] = [];
  beforeAll(() => {
    violations = cruise(tree.path);
  });
  afterAll(() => tree.remove());

  for (const [file, , rule] of PLANTED.filter(([, , name]) => name !== '')) {
    it(`${rule} catches ${file}`, () => {
      expect(violations.filter((violation) => violation.from === file).map((violation) => violation.rule.name)).toContain(rule);
    });
  }

  it('says nothing about a tree that keeps them', () => {
    const clean = plantTree({
      'shared/leaf.ts': 'export const leaf = 1;\n',
      'server/src/engine/index.ts': "import { leaf } from '../../../shared/leaf.ts';\nexport const engine = leaf;\n",
      'server/src/lsp/main.ts': "import { engine } from '../engine/index.ts';\nexport const main = engine;\n",
      'client/src/extension.ts': "import { window } from 'vscode';\nexport const activate = window;\n",
      'webview/src/main.ts': "import { leaf } from '../../shared/leaf.ts';\nexport const page = leaf;\n",
    });
    try {
      expect(cruise(clean.path)).toEqual([]);
    } finally {
      clean.remove();
    }
  });
});
