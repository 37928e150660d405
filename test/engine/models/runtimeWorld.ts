/** Model work over files and a server in memory, which can be killed or cancelled at any moment. */
import * as z from 'zod';
import { ok, type Result } from '../../../shared/failure.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../../shared/settings.ts';
import { nodeClock, nodeYield } from '../../../server/src/adapters/nodeClock.ts';
import { nodeSleep } from '../../../server/src/adapters/nodeSleep.ts';
import type { BatchItem } from '../../../server/src/engine/models/batchPlan.ts';
import type { BatchTask } from '../../../server/src/engine/models/batchTask.ts';
import { resourceLimits } from '../../../server/src/engine/models/openRuntime.ts';
import { ModelRuntime, type ItemOutcome, type RunModels } from '../../../server/src/engine/models/modelRuntime.ts';
import type { CallJournal, CompletionCall, JournalledCall, ModelProvider } from '../../../server/src/engine/ports.ts';
import { createLimiter } from '../../../server/src/engine/scheduling/createLimiter.ts';
import type { Limiter } from '../../../server/src/engine/scheduling/limiterTypes.ts';
import { createMemoryAllowance } from '../../../server/src/engine/scheduling/memoryAllowance.ts';
import { memoryAnswers } from '../../fakes/memoryAnswers.ts';

export interface Item extends BatchItem {
  readonly text: string;
}
const ANSWER = z.object({ id: z.string(), length: z.number() });
export const TASK: BatchTask<Item, number> = {
  name: 'length', version: 1, item: ANSWER, tokensOut: 10,
  prompt: (items) => [{ role: 'user', content: items.map(({ id, text }) => `${id}: ${text}`).join('\n') }],
  check: (_, answer) => ({ ok: true, value: ANSWER.parse(answer).length }),
  equal: (a, b) => a === b,
};
/** From so many items on, some are asked twice. */
const ITEMS = Array.from({ length: 100 }, (_, n): Item => ({ id: `n${n}`, tokens: 5, text: 'x'.repeat(n) }));
export const SIDE_BY_SIDE = 3;
const SETTINGS: Settings = {
  ...DEFAULT_SETTINGS, provider: 'openai', budgetPerRun: 0, models: { ...DEFAULT_SETTINGS.models, verify: 'm' }, limits: { ...DEFAULT_SETTINGS.limits, maxConcurrency: SIDE_BY_SIDE },
};
const USAGE = { tokensIn: 1, tokensOut: 1, tokensCached: 0, estimated: false };

const lengths = (rows: readonly (readonly [id: string, text: string])[]): string => JSON.stringify({ items: rows.map(([id, text]) => ({ id, length: text.length })) });

/** What outlives a process: the files, and the server with what it was asked and what it says. */
export function world(says = lengths) {
  const finished = new Map<string, JournalledCall>();
  const begun = new Set<string>();
  return { finished, begun, answers: memoryAnswers(), requests: [] as (readonly string[])[], says };
}
export type World = ReturnType<typeof world>;

interface Process {
  /** Rejects where it was cancelled; of a killed process it never settles. */
  readonly done: Promise<{ readonly found: readonly ItemOutcome<number>[]; readonly repeatedAtMost: number; readonly words: string }>;
  /** Resolves when the process is stopped and what it had sent has arrived. */
  readonly stopped: Promise<void>;
  /** Moments at which it could have been stopped. */
  moments(): number;
  readonly limiter: Limiter;
  /** Another run of this process that asks the same. */
  again(): Promise<readonly ItemOutcome<number>[]>;
}

/**
 * A process over that world. At the moment `stopAt` it is killed: everything it does has no end and no effect any more. Or it is
 * cancelled: the files go on, the server never answers what it was asked by then.
 */
export function start({ finished, begun, answers, requests, says }: World, stopAt = Infinity, how: 'killed' | 'cancelled' = 'killed'): Process {
  const abort = new AbortController();
  let moments = 0;
  let stop: () => void = () => undefined;
  const stopped = new Promise<void>((resolve) => (stop = resolve)).then(nodeYield);
  const dead = new Promise<never>(() => undefined);
  /** Something that could be the last the process does; its files are not stopped by a cancel. */
  const moment = async (of: 'files' | 'server'): Promise<void> => {
    const isStopped = moments >= stopAt;
    moments += 1;
    if (moments === stopAt) {
      stop();
      if (how === 'cancelled') abort.abort(new Error('Cancelled by you.'));
    }
    return moments >= stopAt && (how === 'killed' || (of === 'server' && isStopped)) ? dead : undefined;
  };
  /** A disk takes its time, and keeps the order: what comes later is not there sooner. */
  let disk = Promise.resolve();
  const inOrder = (write: () => void): Promise<Result<void>> => {
    disk = disk.then(() => moment('files')).then(nodeYield).then(write);
    return disk.then(() => moment('files')).then(() => ok(undefined));
  };
  const calls: CallJournal = {
    begin: (_run, _owner, keys) => inOrder(() => keys.forEach((key) => begun.add(key))),
    append: (_run, _owner, lines) =>
      inOrder(() => lines.forEach((line) => {
        finished.set(line.call, line);
        begun.delete(line.call);
      })),
    load: async (): Promise<Result<{ readonly finished: readonly JournalledCall[]; readonly unfinished: number }>> => ok({ finished: [...finished.values()], unfinished: begun.size }),
  };
  const complete: ModelProvider['complete'] = async ({ messages }: CompletionCall) => {
    await moment('server');
    const rows = (messages[0]?.content ?? '').split('\n').map((line) => line.split(': ') as [string, string]);
    requests.push(rows.map(([id]) => id));
    await moment('server');
    await nodeYield();
    await moment('server');
    return { ok: true, value: { text: says(rows), finish: 'stop' }, usage: USAGE };
  };
  const provider = { name: 'openai', endpoint: 'https://models.example/v1', complete } as ModelProvider;
  const limits = resourceLimits(SETTINGS);
  const limiter = createLimiter({ resource: 'm', limits, clock: nodeClock, sleep: nodeSleep, random: () => 0.5, allowance: createMemoryAllowance() });
  const runtime = new ModelRuntime({
    // A cache that is written and read like the journal would hide what the journal lacks.
    answers: { ...answers, put: () => Promise.resolve() }, calls, owner: 'me', addAttempt: () => Promise.resolve(), beginAttempt: () => Promise.resolve(), now: () => 0, priceOf: () => null, historyOf: async () => [], yieldToHost: nodeYield, sleep: nodeSleep,
    limiterOf: () => limiter,
  });
  const forRun = (runId: string, signal: AbortSignal): RunModels =>
    runtime.forRun({ runId, settings: SETTINGS, provider, limits, priority: 'batch', signal, paidBefore: { costUsd: 0, unansweredUsd: 0 }, repeatedBefore: 0, pause: () => undefined, changed: () => undefined });
  const askIn = async (models: RunModels): Promise<readonly ItemOutcome<number>[]> => {
    const found = await Promise.all(models.ask('verify', 'verify', TASK, ITEMS));
    return found;
  };
  const work = async (): ReturnType<() => Process['done']> => {
    const models = forRun('run', abort.signal);
    const found = await askIn(models);
    const [{ repeatedAtMost, advice } = { repeatedAtMost: 0, advice: '' }] = models.work();
    return { found, repeatedAtMost: repeatedAtMost ?? 0, words: /\d+ items were asked again.*/u.exec(advice)?.[0] ?? '' };
  };
  const again = (): Promise<readonly ItemOutcome<number>[]> => {
    stopAt = Infinity;
    return askIn(forRun('another', new AbortController().signal));
  };
  return { done: work(), stopped, moments: () => moments, limiter, again };
}

/** Of the moments in the middle one in so many is tried: they come in rows of the same kind. */
const EVERY = 7;

export function momentsOf(process: Pick<Process, 'moments'>): readonly number[] {
  const moments = Array.from({ length: process.moments() }, (_, at) => at + 1);
  return moments.filter((at) => at <= EVERY || at % EVERY === 0 || at > moments.length - EVERY);
}

export const answersOf = (found: readonly ItemOutcome<number>[]): unknown => found.map(({ id, result }) => [id, result]);
