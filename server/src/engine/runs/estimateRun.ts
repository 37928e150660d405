/** What a run would ask of models, without asking them: the rules are run, nothing is kept. */
import { FailureError } from '../../../../shared/failure.ts';
import type { ModelRuntime } from '../models/modelRuntime.ts';
import { resourceLimits } from '../models/openRuntime.ts';
import type { CollateDocument } from '../documents/document.ts';
import type { Ports, StepRows } from '../ports.ts';
import type { RunContext } from '../workflows/workflow.ts';
import type { RunEstimate, RunRequest } from './api.ts';
import type { Workflows } from './executeRun.ts';
import { workflowOf } from './readDocuments.ts';
import { readInput, type Readers } from './readInputs.ts';
import { refusal } from './runRequest.ts';
import { valueOf } from './unitTexts.ts';

/** Thrown where a workflow would ask: it has said all there is to know. */
class Planned extends Error {}

const RULES_ONLY: RunEstimate = { planned: [], none: 'Rules on this machine do the work: no model is asked, and nothing costs money.' };

/** Throws what stands in the way. */
export async function estimateRun(request: RunRequest, ports: Ports, readers: Readers, workflows: Workflows, runtime: ModelRuntime, signal: AbortSignal): Promise<RunEstimate> {
  const refused = refusal(request);
  if (refused !== null) throw new FailureError({ code: 'refused', message: refused, retry: 'never' });
  const { settings } = request;
  if (settings.provider === 'local') return RULES_ONLY;
  const documents: CollateDocument[] = [];
  const readAll = async (): Promise<void> => {
    for (const input of request.inputs) documents.push(valueOf(await readInput(input, settings, ports, readers, signal)));
  };
  // What is done with one document is known when it is read; only where a model may be asked a key is missing.
  if (request.workflow === 'auto') await readAll();
  const workflow = request.workflow === 'auto' ? workflowOf(documents) : request.workflow;
  if (workflow === 'document') return { planned: [], none: 'An analysis of one document is done by rules: no model is asked.' };
  const provider = valueOf(await ports.modelProvider(settings, signal));
  if (provider === null) return RULES_ONLY;
  if (request.workflow !== 'auto') await readAll();
  const models = runtime.forRun({
    runId: `estimate-${ports.ids.next()}`, settings, provider, limits: resourceLimits(settings), priority: 'interactive', signal, paidBefore: 0, pause: () => undefined, changed: () => undefined,
  });
  const context = planningContext(ports, settings, signal, {
    // What is known is used; nobody is asked for the rest.
    embeddings: { plan: (operation, texts) => models.embeddings.plan(operation, texts), of: (_, texts) => models.embeddings.known(texts) },
    modelFor: (role) => models.modelFor(role),
    plan: (operation, role, task, items, assumes) => models.plan(operation, role, task, items, assumes),
    known: (role, task, items) => models.known(role, task, items),
    ask: () => {
      throw new Planned();
    },
  });
  try {
    await workflows[workflow](documents, context);
  } catch (thrown) {
    if (!(thrown instanceof Planned)) throw thrown;
  }
  const planned = models.work().flatMap(({ resource, operation = '', forecast }) => (forecast === undefined ? [] : [{ resource, operation, forecast }]));
  const none = workflow === 'crosswalk' ? 'Rules leave nothing open that a model could settle: no model is asked.' : 'Nobody says anything in it that a model could read: no model is asked.';
  return { planned, none: planned.length > 0 ? '' : none };
}

/** A context that keeps nothing. */
function planningContext(ports: Ports, settings: RunRequest['settings'], signal: AbortSignal, models: RunContext['models']): RunContext {
  const { clock, compute, yieldToHost } = ports;
  return {
    runId: 'estimate', settings, signal, clock, compute, yieldToHost, models,
    expect: () => undefined,
    progress: () => undefined,
    isDone: () => false,
    step: async <T>(_step: string, _operation: string, _items: number, work: () => Promise<{ readonly value: T; readonly rows: StepRows }>): Promise<T> => {
      signal.throwIfAborted();
      const { value } = await work();
      signal.throwIfAborted();
      return value;
    },
  };
}
