import type { Log, Ports, RunStore } from '../../server/src/engine/ports.ts';
import { FakeClock } from './fakeClock.ts';
import { fakeFiles } from './fakeFiles.ts';
import { inlineCompute } from './inlineCompute.ts';
import { interpose, type Interposer } from './interpose.ts';
import { memoryExtractions } from './memoryExtractions.ts';
import { memoryStore } from './memoryStore.ts';

export interface FakePortsOptions {
  /** By path. */
  readonly files?: Map<string, string | Uint8Array>;
  readonly store?: RunStore;
  readonly clock?: FakeClock;
  readonly owner?: string;
  readonly alive?: (owner: string) => boolean | 'unknown';
  /** Called before every call of a port that can wait. */
  readonly before?: Interposer;
  readonly idPrefix?: string;
}

export interface FakePorts extends Ports {
  readonly clock: FakeClock;
  /** What was logged, as `warn: text`. */
  readonly logged: readonly string[];
}

/** Every port of the engine, in memory and at a standing clock. */
export function fakePorts(options: FakePortsOptions = {}): FakePorts {
  const logged: string[] = [];
  const logAs = (level: string) => (message: string) => void logged.push(`${level}: ${message}`);
  const log: Log = { debug: logAs('debug'), info: logAs('info'), warn: logAs('warn'), error: logAs('error') };
  const before = options.before ?? (() => undefined);
  let lastId = 0;
  return {
    clock: options.clock ?? new FakeClock(),
    ids: { next: () => `${options.idPrefix ?? 'run'}${String(++lastId).padStart(12, '0')}` },
    yieldToHost: async () => before('yieldToHost'),
    log,
    logged,
    compute: interpose('compute', inlineCompute(), before),
    files: interpose('files', fakeFiles(options.files ?? new Map()), before),
    extractions: interpose('extractions', memoryExtractions(), before),
    store: interpose('store', options.store ?? memoryStore(), before, ['isKept']),
    owner: options.owner ?? 'this process',
    isAlive: options.alive ?? ((owner) => owner === (options.owner ?? 'this process')),
  };
}
