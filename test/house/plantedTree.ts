import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
/** What the checks read besides the sources themselves. */
const HOUSE_FILES = [
  'package.json', 'tsconfig.json', 'eslint.config.js', '.dependency-cruiser.cjs', 'shared/tsconfig.json',
  'server/tsconfig.json', 'server/src/engine/tsconfig.json', 'server/src/engine/globals.d.ts', 'client/tsconfig.json',
  'webview/tsconfig.json', 'test/tsconfig.json',
];

/** A throw-away tree with the house's own rules and the given files, to see the checks catch what is planted in it. */
export function plantTree(files: Readonly<Record<string, string>>): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'collate-house-'));
  for (const file of HOUSE_FILES) cpSync(join(root, file), join(path, file));
  symlinkSync(join(root, 'node_modules'), join(path, 'node_modules'));
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(path, file)), { recursive: true });
    writeFileSync(join(path, file), text);
  }
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}
