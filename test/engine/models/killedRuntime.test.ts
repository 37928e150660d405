import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { ok, type Result } from '../../../shared/failure.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../../shared/settings.ts';
import { nodeClock, nodeYield } from '../../../server/src/adapters/nodeClock.ts';
import { nodeSleep } from '../../../server/src/adapters/nodeSleep.ts';
import type { BatchItem } from '../../../server/src/engine/models/batchPlan.ts';
import type { BatchTask } from '../../../server/src/engine/models/batchTask.ts';
import { resourceLimits } from '../../../server/src/engine/models/openRuntime.ts';
import { ModelRuntime, type ItemOutcome } from '../../../server/src/engine/models/modelRuntime.ts';
import type { CallJournal, CompletionCall, JournalledCall, ModelProvider } from '../../../server/src/engine/ports.ts';
import { createLimiter } from '../../../server/src/engine/scheduling/createLimiter.ts';
import { createMemoryAllowance } from '../../../server/src/engine/scheduling/memoryAllowance.ts';
import { memoryAnswers } from '../../fakes/memoryAnswers.ts';

interface Item extends BatchItem {
  readonly text: string;
}
const ANSWER = z.object({ id: z.string(), length: z.number() });
const TASK: BatchTask<Item, number> = {
  name: 'length', version: 1, item: ANSWER, tokensOut: 10,
  prompt: (items) => [{ role: 'user', content: items.map(({ id, text }) => `${id}: ${text}`).join('\n') }],
  check: (_, answer) => ({ ok: true, value: ANSWER.parse(answer).length }),
  equal: (a, b) => a === b,
};
/** From so many items on, some are asked twice. */
const ITEMS = Array.from({ length: 100 }, (_, n): Item => ({ id: `n${n}`, tokens: 5, text: 'x'.repeat(n) }));
const SIDE_BY_SIDE = 3;
const SETTINGS: Settings = {
  ...DEFAULT_SETTINGS, provider: 'openai', budgetPerRun: 0, models: { ...DEFAULT_SETTINGS.models, verify: 'm' }, limits: { ...DEFAULT_SETTINGS.limits, maxConcurrency: SIDE_BY_SIDE },
};
/** Of the moments in the middle one in so many is tried: they come in rows of the same kind. */
const EVERY = 7;
const USAGE = { tokensIn: 1, tokensOut: 1, tokensCached: 0, estimated: false };

/** What outlives a process: the files, and the server with what it was asked. */
function world() {
  const finished = new Map<string, JournalledCall>();
  const begun = new Set<string>();
  return { finished, begun, answers: memoryAnswers(), requests: [] as (readonly string[])[] };
}
type World = ReturnType<typeof world>;

interface Process {
  readonly done: Promise<{ readonly found: readonly ItemOutcome<number>[]; readonly repeatedAtMost: number; readonly words: string }>;
  /** Resolves when the process is killed and what it had sent has arrived. */
  readonly killed: Promise<void>;
  /** Moments at which it could have been killed. */
  moments(): number;
}

/** A process over that world; at the moment `killAt` everything it does has no end and no effect any more. */
function start({ finished, begun, answers, requests }: World, killAt = Infinity): Process {
  let moments = 0;
  let kill: () => void = () => undefined;
  const killed = new Promise<void>((resolve) => (kill = resolve)).then(nodeYield);
  const dead = new Promise<never>(() => undefined);
  /** Something that could be the last the process does. */
  const moment = async (): Promise<void> => {
    if (moments >= killAt) return dead;
    moments += 1;
    if (moments < killAt) return undefined;
    kill();
    return dead;
  };
  /** A disk takes its time, and keeps the order: what comes later is not there sooner. */
  let disk = Promise.resolve();
  const inOrder = (write: () => void): Promise<Result<void>> => {
    disk = disk.then(moment).then(nodeYield).then(write);
    return disk.then(moment).then(() => ok(undefined));
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
    await moment();
    const rows = (messages[0]?.content ?? '').split('\n').map((line) => line.split(': ') as [string, string]);
    requests.push(rows.map(([id]) => id));
    await moment();
    await nodeYield();
    await moment();
    return { ok: true, value: { text: JSON.stringify({ items: rows.map(([id, text]) => ({ id, length: text.length })) }), finish: 'stop' }, usage: USAGE };
  };
  const provider = { name: 'openai', endpoint: 'https://models.example/v1', complete } as ModelProvider;
  const runtime = new ModelRuntime({
    // A cache that is written and read like the journal would hide what the journal lacks.
    answers: { ...answers, put: () => Promise.resolve() }, calls, owner: 'me', now: () => 0, priceOf: () => null, historyOf: async () => [], yieldToHost: nodeYield, sleep: nodeSleep,
    limiterOf: (resource, limits) => createLimiter({ resource, limits, clock: nodeClock, sleep: nodeSleep, random: () => 0.5, allowance: createMemoryAllowance() }),
  });
  const models = runtime.forRun({
    runId: 'run', settings: SETTINGS, provider, limits: resourceLimits(SETTINGS), priority: 'batch', signal: new AbortController().signal, paidBefore: 0, pause: () => undefined, changed: () => undefined,
  });
  const work = async (): ReturnType<() => Process['done']> => {
    const found = await Promise.all(models.ask('verify', 'verify', TASK, ITEMS));
    const [{ repeatedAtMost, advice } = { repeatedAtMost: 0, advice: '' }] = models.work();
    return { found, repeatedAtMost: repeatedAtMost ?? 0, words: /\d+ items were asked again.*/u.exec(advice)?.[0] ?? '' };
  };
  return { done: work(), killed, moments: () => moments };
}

/** Calls that were not written down: each of them may be paid again. */
function inFlight({ requests, finished }: World): number {
  const written = [...finished.values()].map(({ outcome }) => (JSON.parse(outcome) as { readonly value: { readonly id: string } }).value.id);
  const countIn = (ids: readonly string[], id: string): number => ids.filter((one) => one === id).length;
  return requests.filter((ids, at) => ids.some((id) => countIn(requests.slice(0, at + 1).flat(), id) > countIn(written, id))).length;
}

const answersOf = (found: readonly ItemOutcome<number>[]): unknown => found.map(({ id, result }) => [id, result]);

describe('model work that is killed', () => {
  it('at any moment ends as if it had not been, asks for nothing that is written down, and counts what may be paid twice', async () => {
    const whole = world();
    const process = start(whole);
    const undisturbed = await process.done;
    expect(undisturbed.words).toBe('24 items were asked again in another order: none was answered otherwise; batches hold up to 8.');
    expect([whole.begun.size, undisturbed.repeatedAtMost]).toEqual([0, 0]);
    const moments = Array.from({ length: process.moments() }, (_, at) => at + 1);
    for (const killAt of moments.filter((at) => at <= EVERY || at % EVERY === 0 || at > moments.length - EVERY)) {
      const own = world();
      await start(own, killAt).killed;
      const open = inFlight(own);
      expect(open, `killed at moment ${killAt}`).toBeLessThanOrEqual(SIDE_BY_SIDE);
      const written = new Set(own.finished.keys());
      const marked = own.begun.size;
      const { found, repeatedAtMost, words } = await start(own).done;
      const place = `killed at moment ${killAt}`;
      expect(answersOf(found), place).toEqual(answersOf(undisturbed.found));
      expect(words, place).toBe(undisturbed.words);
      expect(repeatedAtMost, place).toBe(marked);
      expect(own.requests.length, place).toBeLessThanOrEqual(whole.requests.length + open);
      expect([...own.finished.keys()].filter((key) => written.has(key)).length, place).toBe(written.size);
      expect(own.begun.size, place).toBe(0);
      // Each item once, those of the sample twice; what comes on top was in flight.
      expect(own.requests.flat().length - whole.requests.flat().length, place).toBeLessThanOrEqual(marked);
    }
  });
});
