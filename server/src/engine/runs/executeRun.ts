import { FailureError, failureOf, type Failure, type FailureCode, type Result } from '../../../../shared/failure.ts';
import { LEDGER_KINDS, type RunSnapshot, type WorkflowName } from '../../../../shared/model.ts';
import { counted } from '../../../../shared/words/format.ts';
import { ledgerLabel } from '../../../../shared/words/ledgerRows.ts';
import type { ModelRuntime } from '../models/modelRuntime.ts';
import { providerWords } from '../models/openRuntime.ts';
import type { Ports } from '../ports.ts';
import type { Workflow } from '../workflows/workflow.ts';
import type { ActiveRun } from './activeRun.ts';
import type { RunRequest } from './api.ts';
import { addOutcomes, expectTotal, imbalance } from './ledgerBook.ts';
import { MORE_PROBLEMS } from './documentSummary.ts';
import { lentModels } from './lentModels.ts';
import { readByModel } from './pictureReaders.ts';
import { nextStep } from './nextStep.ts';
import { interruptedReason, keptWords } from './presentRun.ts';
import { readDocuments } from './readDocuments.ts';
import type { Readers } from './readInputs.ts';
import { decidingRole } from './whoDecides.ts';

export type Workflows = Readonly<Record<WorkflowName, Workflow>>;

/** What failed alone, and where a document could not be read: how many first. */
function shortcomings(snapshot: RunSnapshot): readonly string[] {
  const failed = LEDGER_KINDS.flatMap((kind) => {
    const entry = snapshot.ledger[kind];
    if (entry === undefined || entry.failed === 0) return [];
    return [`${entry.failed} of ${entry.total} ${ledgerLabel(kind, snapshot.workflow)} failed`];
  });
  const unread = snapshot.documents.flatMap(({ path, problems }) => {
    const errors = problems.filter(({ severity, code }) => severity === 'error' && code !== MORE_PROBLEMS);
    const [first] = errors;
    if (first === undefined) return [];
    const more = problems.some(({ severity, code }) => severity === 'error' && code === MORE_PROBLEMS);
    const places = `${more ? 'more than ' : ''}${counted(errors.length, 'place')}`;
    return [`${places} of ${path} could not be read${first.span === undefined ? '' : `, the first on line ${first.span.line}`}`];
  });
  return [...failed, ...unread];
}

function stateAfter({ snapshot, modelTrouble }: ActiveRun, settings: RunRequest['settings']): Partial<RunSnapshot> {
  const defects = imbalance(snapshot.ledger).map((one) => `the ledger does not add up (${one}), which is a defect of Collate`);
  const reasons = [...shortcomings(snapshot), ...defects];
  if (reasons.length === 0) return { state: 'done', resumable: false };
  const next = shortcomings(snapshot).length === 0 ? '' : nextStep(snapshot, settings, modelTrouble);
  return { state: 'partial', resumable: false, stateReason: `${reasons.join('; ')}. The ledger names the reasons. ${next}`.trimEnd() };
}

function stateAfterFailure(run: ActiveRun, failure: Failure, isDefect: boolean): Partial<RunSnapshot> {
  const { snapshot } = run;
  if (run.stopped === 'interrupted') return { state: 'partial', resumable: true, stateReason: interruptedReason(snapshot) };
  if (run.stopped === 'cancelled') {
    return { state: 'cancelled', resumable: true, stateReason: `${failure.message} ${keptWords(snapshot)}; resume takes up the rest.` };
  }
  if (run.stopped === 'paused') return { state: 'paused', ...(run.pausedBy === null ? {} : { pausedBy: run.pausedBy }), resumable: true, stateReason: `${failure.message} ${keptWords(snapshot)}.` };
  const stateReason = isDefect ? `A defect of Collate ended the run: ${failure.message}. ${keptWords(snapshot)}; the log has the details.` : failure.message;
  return { state: 'failed', resumable: failure.retry !== 'never', stateReason };
}

const UNREAD: readonly FailureCode[] = ['unreadable', 'tooLarge'];

/** A document that cannot be read has failed; the others were not reached. */
function unreadLedger(request: RunRequest, failure: Failure): RunSnapshot['ledger'] {
  return addOutcomes(expectTotal({}, 'document', request.inputs.length), [
    { kind: 'document', outcome: 'failed', reason: failure.message, count: 1 },
  ]);
}

/** Rejects as soon as the signal is aborted, whatever the work waits for. */
function orStopped<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const stopped = new Promise<never>((_, reject) => {
    const stop = (): void => reject(signal.reason);
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
  return Promise.race([work, stopped]);
}

/** Says who answers model calls of a run. Throws what is missing: a key, or the name of a model. */
async function lendModels(run: ActiveRun, workflow: WorkflowName, request: RunRequest, ports: Ports, runtime: ModelRuntime): Promise<void> {
  const { settings } = request;
  const role = decidingRole(settings, workflow);
  if (role === null) return;
  await lentModels(run, settings, (provider) => providerWords(provider, settings, role), ports, runtime);
}

async function work(run: ActiveRun, request: RunRequest, ports: Ports, readers: Readers, workflows: Workflows, runtime: ModelRuntime): Promise<void> {
  // Of two documents it is known what is done with them: what is missing is told before they are read.
  if (request.workflow === 'crosswalk') await lendModels(run, 'crosswalk', request, ports, runtime);
  const lend = (): ReturnType<typeof lentModels> => lentModels(run, request.settings, null, ports, runtime);
  const told = (model: string): void => run.showProgress({ operation: 'read', done: run.snapshot.progress?.done ?? 0, total: request.inputs.length, message: `Reading a picture with ${model}` });
  const { workflow, documents, mayAsk } = await readDocuments(run, request, ports, readers, readByModel(request.settings, lend, told));
  if (request.workflow !== 'crosswalk' && mayAsk) await lendModels(run, workflow, request, ports, runtime);
  await workflows[workflow](documents, run.context());
  run.signal.throwIfAborted();
}

async function ended(rest: RunSnapshot, ports: Ports): Promise<Result<void>> {
  try {
    return await ports.store.endRun(rest, ports.owner);
  } catch (thrown) {
    return { ok: false, failure: failureOf(thrown) };
  }
}

/**
 * Does the work of a run and brings it to rest, whatever happens. Never rejects. `written` is false where only this
 * process knows how the run ended.
 */
export async function executeRun(
  run: ActiveRun,
  request: RunRequest,
  ports: Ports,
  readers: Readers,
  workflows: Workflows,
  runtime: ModelRuntime,
): Promise<{ readonly snapshot: RunSnapshot; readonly written: boolean }> {
  let end: Partial<RunSnapshot>;
  try {
    await orStopped(work(run, request, ports, readers, workflows, runtime), run.signal);
    await run.idle();
    end = stateAfter(run, request.settings);
  } catch (thrown) {
    await run.idle();
    const failure = failureOf(thrown);
    const isDefect = failure.code === 'internal' && !(thrown instanceof FailureError);
    if (isDefect) ports.log.error(thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown));
    end = stateAfterFailure(run, failure, isDefect);
    if (end.state === 'failed' && UNREAD.includes(failure.code) && !run.hasJournal) end = { ...end, ledger: unreadLedger(request, failure) };
  }
  await run.settleModels();
  const rest: RunSnapshot = { ...run.snapshot, ...end, progress: null, endedAt: ports.clock.now(), activeMs: run.activeMs() };
  const kept = await ended(rest, ports);
  if (!kept.ok) ports.log.error(`The end of run ${rest.id} was not written: ${kept.failure.message}`);
  // Refused: the run is another's by now, and the store knows how it goes on.
  const written = kept.ok || kept.failure.code === 'refused';
  return { snapshot: { ...rest, stored: written && ports.store.isKept(rest.id) }, written };
}
