import type { Connection } from 'vscode-languageserver/node';
import { nodeClock } from '../../adapters/nodeClock.ts';
import type { ModelProviders } from '../../models/modelProviders.ts';
import { testConnection } from '../../models/testConnection.ts';
import { answer } from '../answer.ts';
import type { SettingsReader } from '../settingsReader.ts';

/** Whether language models can be asked, and keys that came or went. */
export function registerModels(connection: Connection, models: ModelProviders, settings: SettingsReader): void {
  answer(connection, 'model/test', async ({ uri }, signal) => testConnection(await settings(uri ?? ''), models, () => nodeClock.monotonic(), signal));
  answer(connection, 'model/keyChanged', ({ origin }) => {
    models.keyChanged(origin);
    return Promise.resolve(null);
  });
}
