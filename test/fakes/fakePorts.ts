import { unpackedLength } from '../../server/src/adapters/nodeUnpack.ts';
import type { AnswerCache, KeptCalls, Compute, ExtractionCache, Log, Ports, RunStore, SharedAllowance } from '../../server/src/engine/ports.ts';
import { ok } from '../../shared/failure.ts';
import { FakeClock } from './fakeClock.ts';
import { fakeFiles } from './fakeFiles.ts';
import { inlineCompute } from './inlineCompute.ts';
import { interpose, type Interposer, type Interposers } from './interpose.ts';
import { memoryAllowance } from './memoryAllowance.ts';
import { memoryAnswers } from './memoryAnswers.ts';
import { memoryCalls } from './memoryCalls.ts';
import { memoryExtractions } from './memoryExtractions.ts';
import { memoryStore } from './memoryStore.ts';

export interface FakePortsOptions {
  /** By path. */
  readonly files?: Map<string, string | Uint8Array>;
  readonly store?: RunStore;
  readonly extractions?: ExtractionCache;
  readonly answers?: AnswerCache;
  /** Absent: calls of the runs in `store`, in memory. */
  readonly calls?: KeptCalls;
  readonly allowance?: SharedAllowance;
  readonly compute?: Compute;
  readonly clock?: FakeClock;
  readonly owner?: string;
  readonly userName?: string;
  readonly alive?: (owner: string) => boolean | 'unknown';
  /** Called before every call of a port that can wait. */
  readonly before?: Interposer;
  /** Called when such a call has had its effect, before the engine hears of it. */
  readonly after?: Interposer;
  readonly idPrefix?: string;
  readonly modelProvider?: Ports['modelProvider'];
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
  const around: Interposers = { before: options.before ?? (() => undefined), ...(options.after === undefined ? {} : { after: options.after }) };
  const slice = async (): Promise<void> => around.before('compute.slice');
  let lastId = 0;
  const clock = options.clock ?? new FakeClock();
  const store = options.store ?? memoryStore();
  return {
    clock,
    ids: { next: () => `${options.idPrefix ?? 'run'}${String(++lastId).padStart(12, '0')}` },
    yieldToHost: async () => around.before('yieldToHost'),
    log,
    logged,
    compute: interpose('compute', options.compute ?? inlineCompute(slice), around),
    unpackedLength,
    files: interpose('files', fakeFiles(options.files ?? new Map()), around),
    extractions: interpose('extractions', options.extractions ?? memoryExtractions(), around),
    store: interpose('store', store, around, ['isKept']),
    answers: interpose('answers', options.answers ?? memoryAnswers(), around),
    calls: interpose('calls', options.calls ?? memoryCalls(store), around),
    allowance: interpose('allowance', options.allowance ?? memoryAllowance(), around),
    sleep: async (ms, signal) => {
      await around.before('sleep');
      signal.throwIfAborted();
      clock.advance(ms);
    },
    random: () => 0.5,
    owner: options.owner ?? 'this process',
    userName: () => options.userName ?? 'dana',
    modelProvider: options.modelProvider ?? (async () => ok(null)),
    isAlive: options.alive ?? ((owner) => owner === (options.owner ?? 'this process')),
  };
}
