import { expect, it } from 'vitest';
import { DEFAULT_SETTINGS, type Settings } from '../../../shared/settings.ts';
import { ok } from '../../../shared/failure.ts';
import { nodeClock, nodeYield } from '../../../server/src/adapters/nodeClock.ts';
import { nodeSleep } from '../../../server/src/adapters/nodeSleep.ts';
import { ModelRuntime } from '../../../server/src/engine/models/modelRuntime.ts';
import { resourceLimits } from '../../../server/src/engine/models/openRuntime.ts';
import type { ModelProvider } from '../../../server/src/engine/ports.ts';
import { createLimiter } from '../../../server/src/engine/scheduling/createLimiter.ts';
import type { Limiter } from '../../../server/src/engine/scheduling/limiterTypes.ts';
import { createMemoryAllowance } from '../../../server/src/engine/scheduling/memoryAllowance.ts';
import { memoryAnswers } from '../../fakes/memoryAnswers.ts';
import { TASK } from './runtimeWorld.ts';

const SETTINGS: Settings = { ...DEFAULT_SETTINGS, provider: 'openai', budgetPerRun: 0, models: { ...DEFAULT_SETTINGS.models, verify: 'm' } };

it('a run is told to wait while it asks, not while others do with the same limiter, nor once it is over', async () => {
  let say: ((words: string | null) => void) | null = null;
  const limits = resourceLimits(SETTINGS);
  const real = createLimiter({ resource: 'm', limits, clock: nodeClock, sleep: nodeSleep, random: () => 0.5, allowance: createMemoryAllowance() });
  const limiter: Limiter = {
    run: (call, signal) => real.run(call, signal), snapshot: () => real.snapshot(), totals: () => real.totals(),
    onWaiting: (listener) => {
      say = listener;
      return () => (say = null);
    },
  };
  const complete: ModelProvider['complete'] = async () => {
    say?.('Waiting: in the middle');
    return { ok: true, value: { text: JSON.stringify({ items: [{ id: 'a', length: 3 }] }), finish: 'stop' }, usage: { tokensIn: 1, tokensOut: 1, tokensCached: 0, estimated: false } };
  };
  const runtime = new ModelRuntime({
    answers: memoryAnswers(), calls: { load: async () => ok({ finished: [], unfinished: 0 }), begin: async () => ok(undefined), append: async () => ok(undefined) }, addAttempt: () => Promise.resolve(), beginAttempt: () => Promise.resolve(),
    owner: 'me', now: () => 0, priceOf: () => null, historyOf: async () => [], yieldToHost: nodeYield, sleep: nodeSleep, limiterOf: () => limiter,
  });
  const heard: (string | null)[] = [];
  const models = runtime.forRun({
    runId: 'run', settings: SETTINGS, provider: { name: 'openai', endpoint: 'https://models.example/v1', complete } as ModelProvider, limits, priority: 'batch',
    signal: new AbortController().signal, paidBefore: { costUsd: 0, unansweredUsd: 0 }, repeatedBefore: 0, pause: () => undefined, changed: () => undefined, waiting: (words) => heard.push(words),
  });
  const [outcome] = await Promise.all(models.ask('verify', 'verify', TASK, [{ id: 'a', tokens: 5, text: 'xxx' }]));
  await nodeYield();
  expect(outcome?.result).toEqual({ ok: true, value: 3 });
  expect(heard).toEqual(['Waiting: in the middle', null]);
  const others = say as ((words: string | null) => void) | null;
  others?.('Waiting: another run');
  expect(heard).toEqual(['Waiting: in the middle', null, null]);
  await models.close();
  expect(say).toBeNull();
});
