import { FailureError } from '../../../../shared/failure.ts';
import { spentOf } from '../../../../shared/spent.ts';
import { RULES_ON_PICTURES } from '../../../../shared/pictures.ts';
import type { Settings } from '../../../../shared/settings.ts';
import type { ModelProvider } from '../models/modelPort.ts';
import type { ModelRuntime, RunModels } from '../models/modelRuntime.ts';
import { endpointWords, resourceLimits } from '../models/openRuntime.ts';
import type { Ports } from '../ports.ts';
import type { ActiveRun } from './activeRun.ts';

/** Who answered in a run that asks a model for the words of its pictures alone. */
export function pictureWords(provider: ModelProvider, { models }: Settings): string {
  return `${RULES_ON_PICTURES}${provider.name} ${models.vision} at ${endpointWords(provider)}`;
}

/**
 * The models of a run, lent by who needs them first: one budget and one journal, whatever is asked. `words` say who answers; null:
 * they are asked for the words of pictures, which does not change who answers the rest. Null: rules are all there is. Throws why
 * nobody can be asked.
 */
export async function lentModels(
  run: ActiveRun, settings: Settings, words: ((provider: ModelProvider) => string) | null, ports: Ports, runtime: ModelRuntime,
): Promise<RunModels | null> {
  if (run.models !== null && words === null) return run.models;
  const opened = await ports.modelProvider(settings, run.signal);
  if (!opened.ok) throw new FailureError(opened.failure);
  if (opened.value === null) return null;
  const provider = opened.value;
  const ready = await provider.ready?.();
  if (ready?.ok === false) throw new FailureError(ready.failure);
  const models = run.models ?? runtime.forRun({
    runId: run.snapshot.id, settings, provider, limits: resourceLimits(settings), priority: 'batch', signal: run.signal,
    paidBefore: spentOf(run.snapshot.metrics), repeatedBefore: run.snapshot.repeatedAtMost ?? 0, pause: (why, by) => run.pause(why, by), waiting: (sentence) => run.modelsWait(sentence), changed: () => run.modelsChanged(),
  });
  run.lend(models, words === null ? pictureWords(provider, settings) : words(provider));
  return models;
}
