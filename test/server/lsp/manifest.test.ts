import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { COMMANDS, DOCUMENT_SELECTOR, PANEL_TYPE, PICTURE_ENDINGS, READABLE_ENDINGS, VIEWS } from '../../../client/src/names.ts';
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
    readonly views: Readonly<Record<string, readonly { readonly id: string; readonly icon: string }[]>>;
    readonly viewsWelcome: readonly { readonly view: string; readonly contents: string }[];
    readonly keybindings: readonly { readonly command: string; readonly key: string; readonly when: string }[];
    readonly walkthroughs: readonly {
      readonly steps: readonly { readonly description: string; readonly media: { readonly markdown: string }; readonly completionEvents: readonly string[] }[];
    }[];
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

  const commands = contributes.commands.map(({ command }) => command);
  const named = (text: string): readonly string[] => [...text.matchAll(/command:(?<command>collate\.\w+)/gu)].map(({ groups }) => groups?.['command'] ?? '');

  it('offers only commands that exist', () => {
    const steps = contributes.walkthroughs.flatMap(({ steps: all }) => all);
    const offered = [
      ...Object.values(contributes.menus).flat().map(({ command }) => command),
      ...contributes.keybindings.map(({ command }) => command),
      ...contributes.viewsWelcome.flatMap(({ contents }) => named(contents)),
      ...steps.flatMap(({ description, completionEvents }) => [...named(description), ...completionEvents.map((event) => event.replace('onCommand:', ''))]),
    ];
    expect(offered.length).toBeGreaterThan(40);
    expect(offered.filter((command) => !commands.includes(command))).toEqual([]);
  });

  it('takes a key once, and none outside of an editor that Collate is used in', () => {
    const keys = contributes.keybindings.map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
    for (const { when } of contributes.keybindings) expect(when).toContain('collate.inUse');
  });

  it('has the views the client fills, each with a welcome', () => {
    const views = Object.values(contributes.views).flat().map(({ id }) => id);
    expect([...views].sort()).toEqual(VIEWS.map((name) => `collate.${name}`).sort());
    expect(contributes.viewsWelcome.map(({ view }) => view).sort()).toEqual([...views].sort());
  });

  it('offers documents that can be read', () => {
    const items = ['explorer/context', 'editor/title', 'editor/title/context', 'editor/context'].flatMap((menu) => contributes.menus[menu] ?? []);
    expect(items.length).toBeGreaterThan(5);
    for (const { when } of items) {
      const endings = /resourceExtname =~ \/\^\\\.\(([a-z|]+)\)\$\/i/.exec(when)?.[1]?.split('|') ?? [];
      expect(endings.length).toBeGreaterThan(0);
      for (const ending of endings) expect([...READABLE_ENDINGS, ...PICTURE_ENDINGS]).toContain(ending);
    }
  });

  it('offers pictures of pages where a file is chosen, and not as text that is kept in step', () => {
    for (const { when } of contributes.menus['explorer/context'] ?? []) for (const ending of PICTURE_ENDINGS) expect(when).toContain(`|${ending}`);
    expect(JSON.stringify(DOCUMENT_SELECTOR)).not.toMatch(/png|jpg/);
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
    const files = [
      manifest.icon,
      ...Object.values(contributes.views).flat().map(({ icon }) => icon),
      ...contributes.walkthroughs.flatMap(({ steps }) => steps.map(({ media }) => media.markdown)),
    ];
    expect(files.filter((file) => !existsSync(join(root, file)))).toEqual([]);
  });

  it('reads unsaved documents of every type', () => {
    expect(DOCUMENT_SELECTOR).toContainEqual({ scheme: 'untitled' });
  });
});
