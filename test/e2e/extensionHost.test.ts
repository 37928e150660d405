import { runTests } from '@vscode/test-electron';
import { build } from 'esbuild';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '..', '..');

interface StoryResult {
  readonly name: string;
  readonly error: string | null;
}

/**
 * The suite inside the extension host. COLLATE_VSCODE=download takes the desktop VS Code that test-electron downloads;
 * otherwise the browser VS Code of the stories runs behind a launcher that understands the same arguments.
 */
describe('in the extension host', () => {
  it('keeps every promise of the suite', async () => {
    const workspace = mkdtempSync(join(tmpdir(), 'collate-host-'));
    const suite = join(root, 'out', 'e2e-suite', 'index.cjs');
    const resultFile = join(workspace, '..', `${workspace.split('/').at(-1) ?? 'collate'}-result.json`);
    cpSync(join(root, 'samples'), workspace, { recursive: true });
    await build({
      entryPoints: [join(here, 'suite', 'index.ts')],
      outfile: suite, bundle: true, platform: 'node', format: 'cjs', target: 'node22', external: ['vscode'],
    });
    try {
      const code = await runTests({
        ...(process.env['COLLATE_VSCODE'] === 'download' ? {} : { vscodeExecutablePath: join(here, 'launcher.mjs') }),
        extensionDevelopmentPath: root,
        extensionTestsPath: suite,
        launchArgs: [workspace],
        extensionTestsEnv: { COLLATE_E2E_RESULT: resultFile },
      }).catch((thrown: unknown) => String(thrown));
      const results = JSON.parse(readFileSync(resultFile, 'utf8')) as readonly StoryResult[];
      expect(results.filter((result) => result.error !== null)).toEqual([]);
      expect(results.length).toBeGreaterThan(0);
      expect(code).toBe(0);
    } finally {
      rmSync(workspace, { recursive: true, force: true });
      rmSync(resultFile, { force: true });
    }
  });
});
