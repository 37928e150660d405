import type { Connection } from 'vscode-languageserver/node';
import { DEFAULT_SETTINGS, readSettings, type Settings } from '../../../shared/settings.ts';

/** The settings of a resource; of the window for the empty URI. */
export type SettingsReader = (uri: string) => Promise<Settings>;

/** The value at a dotted key of the client's answer, which nests `crosswalk.acceptAt` as `{ crosswalk: { acceptAt } }`. */
function at(section: unknown, key: string): unknown {
  return key.split('.').reduce<unknown>(
    (inside, part) => (typeof inside === 'object' && inside !== null ? (inside as Record<string, unknown>)[part] : undefined),
    section,
  );
}

/** Asks the client for the settings of one resource, every time: what a folder or a workspace file says may differ and change. */
export function settingsOf(connection: Connection, supported: boolean): SettingsReader {
  return async (uri) => {
    if (!supported) return DEFAULT_SETTINGS;
    const section: unknown = await connection.workspace.getConfiguration(uri === '' ? { section: 'collate' } : { scopeUri: uri, section: 'collate' });
    return readSettings((key) => at(section, key));
  };
}
