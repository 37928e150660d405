/** Entry of the language server process. */
import { homedir } from 'node:os';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { userStateFolder } from '../adapters/userStateFolder.ts';
import { createEngine } from '../engine/index.ts';
import { createNodeHost } from '../host.ts';
import { takeEnvironmentKey } from '../models/environmentKey.ts';
import { keepIdleMemorySmall } from './idleMemory.ts';
import { startServer } from './server.ts';

// Meant for a terminal; the editor keeps keys in its secret storage.
takeEnvironmentKey(process.env);
const connection = createConnection(ProposedFeatures.all);
const { console: log } = connection;

startServer(connection, async ({ storeDir }, models) => {
  const host = await createNodeHost({
    storeDir,
    limitsDir: userStateFolder(process.env, process.platform, homedir()),
    modelProvider: (settings) => models.of(settings),
    log: {
      debug: (message) => log.debug(message),
      info: (message) => log.info(message),
      warn: (message) => log.warn(message),
      error: (message) => log.error(message),
    },
  });
  return { engine: createEngine(host.ports), store: () => host.status(), close: () => host.close() };
});
connection.listen();
keepIdleMemorySmall();
