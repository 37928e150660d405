import { homedir } from 'node:os';
import { userStateFolder } from '../adapters/userStateFolder.ts';
import { createEngine, oneLine } from '../engine/index.ts';
import type { Log } from '../engine/ports.ts';
import { createNodeHost } from '../host.ts';
import type { ModelProviders } from '../models/modelProviders.ts';
import type { Session } from './session.ts';

/** Errors are always said; the rest only with COLLATE_LOG=debug, because what a user must know is said by the commands. */
function standardErrorLog(): Log {
  const say = (level: string) => (message: string): void => void process.stderr.write(`${level}: ${oneLine(message)}\n`);
  const quiet = (): void => undefined;
  const more = process.env['COLLATE_LOG'] === 'debug';
  return { debug: more ? say('debug') : quiet, info: more ? say('info') : quiet, warn: more ? say('warn') : quiet, error: say('error') };
}

/** An engine of this process over the store in `storeDir`. */
export async function openSession(storeDir: string, models: ModelProviders): Promise<Session> {
  const host = await createNodeHost({ storeDir, limitsDir: userStateFolder(process.env, process.platform, homedir()), log: standardErrorLog(), modelProvider: (settings) => models.of(settings) });
  const engine = createEngine(host.ports);
  return {
    engine,
    get store() {
      return host.status();
    },
    close: async () => {
      await engine.runs.close();
      await host.close();
    },
  };
}
