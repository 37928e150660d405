/** Embeddings over files and a server in memory, which can be killed or cancelled at any moment. */
import { ok, type Result } from '../../../shared/failure.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../../shared/settings.ts';
import { nodeClock, nodeYield } from '../../../server/src/adapters/nodeClock.ts';
import { nodeSleep } from '../../../server/src/adapters/nodeSleep.ts';
import type { Direction } from '../../../server/src/engine/models/direction.ts';
import { resourceLimits } from '../../../server/src/engine/models/openRuntime.ts';
import { ModelRuntime, type RunModels } from '../../../server/src/engine/models/modelRuntime.ts';
import type { ModelPrice } from '../../../server/src/engine/models/prices.ts';
import type { RunModelsOptions } from '../../../server/src/engine/models/runtimePorts.ts';
import { estimateTokens } from '../../../server/src/engine/models/tokenCount.ts';
import type { CallJournal, CallResult, JournalledCall, ModelProvider } from '../../../server/src/engine/ports.ts';
import { createLimiter } from '../../../server/src/engine/scheduling/createLimiter.ts';
import type { Limiter } from '../../../server/src/engine/scheduling/limiterTypes.ts';
import { createMemoryAllowance } from '../../../server/src/engine/scheduling/memoryAllowance.ts';
import { memoryAnswers, type MemoryAnswers } from '../../fakes/memoryAnswers.ts';

export const SIDE_BY_SIDE = 3;
/** Texts of a request. */
export const INPUTS = 4;
export const SETTINGS: Settings = {
  ...DEFAULT_SETTINGS, provider: 'openai', budgetPerRun: 0, models: { ...DEFAULT_SETTINGS.models, embed: 'e' }, limits: { ...DEFAULT_SETTINGS.limits, maxConcurrency: SIDE_BY_SIDE },
};
export type Vectors = readonly (readonly number[])[];
/** Points somewhere else for each text. */
export const vectorOf = (text: string): readonly number[] => [text.length, text.charCodeAt(0), 50, (text.codePointAt(text.length - 1) ?? 0) - 90];
export const usageOf = (texts: readonly string[]): { readonly tokensIn: number; readonly tokensOut: number; readonly tokensCached: number; readonly estimated: boolean } =>
  ({ tokensIn: texts.reduce((sum, text) => sum + estimateTokens(text), 0), tokensOut: 0, tokensCached: 0, estimated: false });
export const vectors = (texts: readonly string[]): CallResult<Vectors> => ({ ok: true, value: texts.map(vectorOf), usage: usageOf(texts) });

/** What outlives a process: the files, and the server with what it was asked. */
export interface EmbeddingWorld {
  readonly finished: Map<string, JournalledCall>;
  readonly begun: Set<string>;
  readonly answers: MemoryAnswers;
  readonly requests: (readonly string[])[];
}

export function embeddingWorld(): EmbeddingWorld {
  return { finished: new Map(), begun: new Set(), answers: memoryAnswers(), requests: [] };
}

/** The journal of one run. `moment` is awaited before and after each write. */
export function journalOf({ finished, begun }: EmbeddingWorld, moment: () => Promise<void> = nodeYield): CallJournal {
  /** A disk takes its time, and keeps the order: what comes later is not there sooner. */
  let disk = Promise.resolve();
  const inOrder = (write: () => void): Promise<Result<void>> => {
    disk = disk.then(moment).then(nodeYield).then(write);
    return disk.then(moment).then(() => ok(undefined));
  };
  return {
    begin: (_run, _owner, keys) => inOrder(() => keys.forEach((key) => begun.add(key))),
    append: (_run, _owner, lines) =>
      inOrder(() => lines.forEach((line) => {
        finished.set(line.call, line);
        begun.delete(line.call);
      })),
    load: async () => ok({ finished: [...finished.values()], unfinished: begun.size }),
  };
}

export interface EmbeddingProcess {
  readonly limiter: Limiter;
  forRun(more?: Partial<RunModelsOptions>): RunModels;
}

/** A process over that world. */
export function embeddingProcess(
  world: EmbeddingWorld, embed: (texts: readonly string[], signal: AbortSignal) => Promise<CallResult<Vectors>> = async (texts) => vectors(texts),
  { calls = journalOf(world), price = null, keeps = true, embeddings = true }: { readonly calls?: CallJournal; readonly price?: ModelPrice | null; readonly keeps?: boolean; readonly embeddings?: boolean } = {},
): EmbeddingProcess {
  const other = (): never => {
    throw new Error('Only vectors are asked for.');
  };
  const provider: ModelProvider = {
    name: 'openai', endpoint: 'https://models.example/v1', complete: other, readPageImage: other,
    capabilities: { structured: 'strict', embeddings, images: false, reportsUsage: true, embeddingInputs: INPUTS, embeddingTokens: 1_000 },
    embed: (call, signal) => {
      world.requests.push(call.texts);
      return embed(call.texts, signal);
    },
  };
  const limits = resourceLimits(SETTINGS);
  const limiter = createLimiter({ resource: 'e', limits, clock: nodeClock, sleep: nodeSleep, random: () => 0.5, allowance: createMemoryAllowance() });
  const runtime = new ModelRuntime({
    answers: keeps ? world.answers : { ...world.answers, put: () => Promise.resolve() },
    calls, owner: 'me', addAttempt: () => Promise.resolve(), beginAttempt: () => Promise.resolve(), now: () => nodeClock.now(), priceOf: () => price, historyOf: async () => [], yieldToHost: nodeYield, sleep: nodeSleep, limiterOf: () => limiter,
  });
  const never = new AbortController().signal;
  return {
    limiter,
    forRun: (more = {}) => runtime.forRun({ runId: 'run', settings: SETTINGS, provider, limits, priority: 'batch', signal: never, paidBefore: { costUsd: 0, unansweredUsd: 0 }, repeatedBefore: 0, pause: () => undefined, changed: () => undefined, ...more }),
  };
}

/** Directions as plain lists, failures as their codes. */
export function shown(found: readonly Result<Direction>[] | null): unknown {
  return found?.map((result) => (result.ok ? [...result.value] : result.failure.code));
}
