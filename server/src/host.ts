/** The ports of a Node process: what the language server and the terminal lend the engine. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { FailureError, ok } from '../../shared/failure.ts';
import type { StoreStatus } from '../../shared/protocol/lsp.ts';
import { nodeClock, nodeYield } from './adapters/nodeClock.ts';
import { nodeFiles } from './adapters/nodeFiles.ts';
import { nativeBindingIn } from './adapters/nativeBinding.ts';
import { unpackedLength } from './adapters/nodeUnpack.ts';
import { openStores, type StoreOptions, type Stores } from './adapters/openStores.ts';
import { nodeRandom, nodeSleep } from './adapters/nodeSleep.ts';
import { isOwnerAlive, ownerName } from './adapters/processOwner.ts';
import { randomIds } from './adapters/randomIds.ts';
import { userName } from './adapters/userName.ts';
import { createWorkerCompute } from './adapters/workerCompute.ts';
import { TieredAnswers } from './engine/index.ts';
import type { Log, Ports } from './engine/ports.ts';

export interface NodeHostOptions {
  /** Folder of work.db and cache.db; made when it is not there. */
  readonly storeDir: string;
  /** Folder of limits.db, for all stores of this user. Absent: the store's own. */
  readonly limitsDir?: string;
  readonly log: Log;
  /** The bundles' folder. Absent: the one this code runs from, or the sources. */
  readonly bundleDir?: string;
  /** Who answers model calls. Absent: nobody, rules only. */
  readonly modelProvider?: Ports['modelProvider'];
}

export interface NodeHost {
  readonly ports: Ports;
  /** As it is now: a full disk turns `file` into `memory` in the middle of a run. */
  status(): StoreStatus;
  /** Frees threads and files. Close the engine's runs first. */
  close(): Promise<void>;
}

const COMPUTE_BUNDLE = 'compute.cjs';
const WRITING_BUNDLE = 'writing.cjs';

/** What lies elsewhere in a bundle than in the sources. */
interface Places {
  readonly computeWorker: string;
  readonly store: Pick<StoreOptions, 'nativeBinding' | 'writingEntry'>;
}

/** Where heavy work and the database binding are: beside the bundle, or in the sources and the package. */
function locate(bundleDir: string): Places {
  const bundled = join(bundleDir, COMPUTE_BUNDLE);
  if (!existsSync(bundled)) return { computeWorker: join(import.meta.dirname, 'compute', 'main.ts'), store: {} };
  const nativeBinding = nativeBindingIn(join(bundleDir, 'native'));
  return { computeWorker: bundled, store: { writingEntry: join(bundleDir, WRITING_BUNDLE), ...(nativeBinding === null ? {} : { nativeBinding }) } };
}

async function storesIn({ storeDir: folder, limitsDir, log }: NodeHostOptions, places: Places['store']): Promise<Stores> {
  try {
    return await openStores({ folder, log, ...(limitsDir === undefined ? {} : { limitsFolder: limitsDir }), ...places });
  } catch (thrown) {
    const words = thrown instanceof Error ? thrown.message : String(thrown);
    throw new FailureError({
      code: 'storeUnavailable',
      message: `SQLite cannot be loaded on this system (${process.platform}, ${process.arch}, Node ${process.versions.node}): ${words}.`,
      retry: 'never',
    });
  }
}

/** Rejects only where SQLite itself cannot run here; a store that cannot be used is told by `status`. */
export async function createNodeHost(options: NodeHostOptions): Promise<NodeHost> {
  const { log } = options;
  const { computeWorker, store } = locate(options.bundleDir ?? import.meta.dirname);
  const stores = await storesIn(options, store);
  const compute = createWorkerCompute(computeWorker);
  const ports: Ports = {
    clock: nodeClock,
    ids: randomIds,
    yieldToHost: nodeYield,
    log,
    compute,
    files: nodeFiles,
    unpackedLength,
    extractions: stores.extractions,
    store: stores.runs,
    answers: new TieredAnswers(stores.answers),
    calls: stores.calls,
    allowance: stores.allowance,
    sleep: nodeSleep,
    random: nodeRandom,
    owner: ownerName(process.pid),
    userName,
    isAlive: isOwnerAlive,
    modelProvider: options.modelProvider ?? (async () => ok(null)),
  };
  return {
    ports,
    status: () => stores.runs.status,
    close: async () => {
      await compute.close();
      await stores.close();
    },
  };
}
