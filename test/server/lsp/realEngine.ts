import { nodeFiles } from '../../../server/src/adapters/nodeFiles.ts';
import { openStores } from '../../../server/src/adapters/openStores.ts';
import { createEngine } from '../../../server/src/engine/index.ts';
import type { Files, Ports } from '../../../server/src/engine/ports.ts';
import type { OpenEngine } from '../../../server/src/lsp/engines.ts';
import { fakePorts } from '../../fakes/fakePorts.ts';
import type { ScriptedClient } from './scriptedClient.ts';

const quiet = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

/** A switch that has every file wait until its reader is cancelled. */
export interface HeldFiles {
  held: boolean;
}

/** Opens the engine itself over files and a store of the disk; time, randomness and threads are fakes. */
export function realEngine(switched: HeldFiles = { held: false }, more: Partial<Ports> = {}): OpenEngine {
  let last = 0;
  const files: Files = {
    ...nodeFiles,
    read: async (path, maxBytes, signal) => {
      if (switched.held) await new Promise((resolve) => signal.addEventListener('abort', resolve));
      signal.throwIfAborted();
      return nodeFiles.read(path, maxBytes, signal);
    },
  };
  return async ({ storeDir }) => {
    const stores = await openStores({ folder: storeDir, log: quiet });
    const engine = createEngine({ ...fakePorts({ store: stores.runs, extractions: stores.extractions, idPrefix: `s${String(++last)}` }), files, ...more });
    return { engine, store: () => stores.runs.status, close: () => stores.close() };
  };
}

/** Resolves with the state of a run when the client was told that it is at rest. */
export async function atRest(client: ScriptedClient, runId: string): Promise<string> {
  const states = (): readonly string[] =>
    client.events.flatMap(({ name, value }) => (name === 'run/progress' && (value as { id: string }).id === runId ? [(value as { state: string }).state] : []));
  await client.until(() => states().some((state) => state !== 'running'));
  return states().find((state) => state !== 'running') ?? '';
}
