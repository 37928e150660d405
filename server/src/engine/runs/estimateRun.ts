/** What a run would ask of models, without asking them: the rules are run, nothing is kept. */
import { FailureError } from '../../../../shared/failure.ts';
import type { ModelForecast } from '../../../../shared/model.ts';
import { pictureTypeOf } from '../../../../shared/pictures.ts';
import { READ_PAGES } from '../models/pageImages.ts';
import type { ModelRuntime, RunModels } from '../models/modelRuntime.ts';
import { resourceLimits } from '../models/openRuntime.ts';
import type { CollateDocument } from '../documents/document.ts';
import type { Ports, StepRows } from '../ports.ts';
import type { RunContext } from '../workflows/workflow.ts';
import type { RunEstimate, RunRequest } from './api.ts';
import type { Workflows } from './executeRun.ts';
import { pictureModel, rulesRead, type PictureReader } from './pictureReaders.ts';
import { workflowOf } from './readDocuments.ts';
import { readInput, type Readers } from './readInputs.ts';
import { refusal } from './runRequest.ts';
import { valueOf } from './unitTexts.ts';
import { decidingRole } from './whoDecides.ts';

/** Thrown where a workflow would ask: it has said all there is to know. */
class Planned extends Error {}
/** Thrown where a picture would have to be read: what comes after it is not known. */
class Unread extends Error {}

/** What nobody can know before a picture is read. */
const afterReading = (pictures: number): string => (pictures === 1
  ? 'What is asked about its text cannot be known before it is read.'
  : 'What is asked about their text cannot be known before they are read.');

const RULES_ONLY: RunEstimate = { planned: [], none: 'Rules on this machine do the work: no model is asked, and nothing costs money.' };

/** Throws what stands in the way. */
export async function estimateRun(request: RunRequest, ports: Ports, readers: Readers, workflows: Workflows, runtime: ModelRuntime, signal: AbortSignal): Promise<RunEstimate> {
  const refused = refusal(request);
  if (refused !== null) throw new FailureError({ code: 'refused', message: refused, retry: 'never' });
  const { settings } = request;
  if (settings.provider === 'local') {
    await refusePictures(request, ports, readers, signal);
    return RULES_ONLY;
  }
  // A key is missing only where somebody would be asked: of one document that is known when it is read.
  let lent: RunModels | null = null;
  const lend = async (): Promise<RunModels | null> => {
    const provider = lent === null ? valueOf(await ports.modelProvider(settings, signal)) : null;
    if (provider !== null) {
      lent = runtime.forRun({
        runId: `estimate-${ports.ids.next()}`, settings, provider, limits: resourceLimits(settings), priority: 'interactive', signal, paidBefore: { costUsd: 0, unansweredUsd: 0 }, repeatedBefore: 0, pause: () => undefined, changed: () => undefined,
      });
    }
    return lent;
  };
  const planned = (): RunEstimate['planned'] => (lent?.work() ?? []).flatMap(({ resource, operation = '', forecast }) => (forecast === undefined ? [] : [{ resource, operation, forecast }]));
  if (request.workflow === 'crosswalk' && decidingRole(settings, 'crosswalk') !== null && (await lend()) === null) return RULES_ONLY;
  const documents = await readAll(request, ports, readers, planPicture(request, lend), signal);
  if (documents === null) {
    const told = (forecast: ModelForecast): ModelForecast => ({ ...forecast, limit: `${forecast.limit} ${afterReading(forecast.calls)}` });
    return { planned: planned().map((work) => (work.operation === READ_PAGES ? { ...work, forecast: told(work.forecast) } : work)), none: '' };
  }
  const workflow = request.workflow === 'auto' ? workflowOf(documents) : request.workflow;
  if (workflow === 'document') return { planned: planned(), none: planned().length > 0 ? '' : 'An analysis of one document is done by rules: no model is asked.' };
  if (decidingRole(settings, workflow) === null) return { planned: planned(), none: planned().length > 0 ? '' : RULES_ONLY.none };
  const models = await lend();
  if (models === null) return RULES_ONLY;
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
  const none = workflow === 'crosswalk' ? 'Rules leave nothing open that a model could settle: no model is asked.' : 'Nobody says anything in it that a model could read: no model is asked.';
  return { planned: planned(), none: planned().length > 0 ? '' : none };
}

/** Without a model no picture can be read, so nothing of it is free of charge. */
async function refusePictures({ inputs, settings }: RunRequest, ports: Ports, readers: Readers, signal: AbortSignal): Promise<void> {
  for (const { path, text } of inputs) {
    if (text !== undefined) continue;
    const bytes = await ports.files.read(path, settings.maxSizeMb * 1024 * 1024, signal);
    signal.throwIfAborted();
    if (bytes.ok && pictureTypeOf(bytes.value) !== null) valueOf(await readInput({ key: path, path }, settings, ports, readers, signal, rulesRead));
  }
}

/** The text of a picture that was read before; otherwise what reading it takes is planned. */
function planPicture({ settings }: RunRequest, lend: () => Promise<RunModels | null>): PictureReader {
  return async (picture, path) => {
    const model = valueOf(pictureModel(settings, path));
    const text = await (await lend())?.pages.plan(picture, model) ?? null;
    if (text === null) throw new Unread();
    return { ok: true, value: { text, model } };
  };
}

/** Null where a picture has to be read first. */
async function readAll({ inputs, settings }: RunRequest, ports: Ports, readers: Readers, readPicture: PictureReader, signal: AbortSignal): Promise<readonly CollateDocument[] | null> {
  const documents: CollateDocument[] = [];
  for (const input of inputs) {
    try {
      documents.push(valueOf(await readInput(input, settings, ports, readers, signal, readPicture)));
    } catch (thrown) {
      if (!(thrown instanceof Unread)) throw thrown;
    }
  }
  return documents.length < inputs.length ? null : documents;
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
