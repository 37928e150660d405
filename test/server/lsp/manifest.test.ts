import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { COMMANDS, DOCUMENT_SELECTOR, PANEL_TYPE, READABLE_ENDINGS } from '../../../client/src/names.ts';
import { SETTINGS } from '../../../shared/settings.ts';
import { STORE_FILE, STORE_FOLDER } from '../../../server/src/lsp/home.ts';

const root = join(import.meta.dirname, '..', '..', '..');

interface MenuItem {
  readonly command: string;
  readonly when: string;
}
interface Manifest {
  readonly activationEvents: readonly string[];
  readonly icon: string;
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly title: string; readonly category: string }[];
    readonly menus: Readonly<Record<string, readonly MenuItem[]>>;
    readonly configuration: { readonly properties: Readonly<Record<string, { readonly default: unknown; readonly scope: string }>> };
  };
  readonly capabilities: { readonly untrustedWorkspaces: { readonly restrictedConfigurations: readonly string[] } };
}
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest;
const { contributes } = manifest;

describe('the manifest', () => {
  it('equals its source, and so do the generated pages', () => {
    const check = spawnSync(process.execPath, [join(root, 'scripts', 'generate.mjs'), '--check'], { encoding: 'utf8' });
    expect(check.stderr).toBe('');
    expect(check.status).toBe(0);
  });

  it('has the commands the client registers, all of them in one category', () => {
    expect(contributes.commands.map(({ command }) => command)).toEqual(COMMANDS.map((name) => `collate.${name}`));
    expect([...new Set(contributes.commands.map(({ category }) => category))]).toEqual(['Collate']);
  });

  it('offers only commands that exist, on documents that can be read', () => {
    const items = Object.values(contributes.menus).flat();
    expect(items.length).toBeGreaterThan(0);
    for (const { command, when } of items) {
      expect(contributes.commands.map((one) => one.command)).toContain(command);
      const endings = /resourceExtname =~ \/\^\\\.\(([a-z|]+)\)\$\/i/.exec(when)?.[1]?.split('|') ?? [];
      expect(endings.length).toBeGreaterThan(0);
      for (const ending of endings) expect(READABLE_ENDINGS).toContain(ending);
    }
  });

  it('loads nothing in a window that does not use it', () => {
    expect(manifest.activationEvents).toEqual([`onWebviewPanel:${PANEL_TYPE}`, `workspaceContains:${STORE_FOLDER}/${STORE_FILE}`]);
  });

  it('has every setting, with its default', () => {
    const properties = Object.entries(contributes.configuration.properties).map(([key, { default: value, scope }]) => [key, value, scope]);
    expect(properties).toEqual(Object.entries(SETTINGS).map(([key, setting]) => [`collate.${key}`, setting.default, setting.scope]));
    for (const key of manifest.capabilities.untrustedWorkspaces.restrictedConfigurations) {
      expect(Object.keys(contributes.configuration.properties)).toContain(key);
    }
  });

  it('names files that are there', () => {
    expect(existsSync(join(root, manifest.icon))).toBe(true);
  });

  it('reads unsaved documents of every type', () => {
    expect(DOCUMENT_SELECTOR).toContainEqual({ scheme: 'untitled' });
  });
});
