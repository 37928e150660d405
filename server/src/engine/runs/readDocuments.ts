import { FailureError } from '../../../../shared/failure.ts';
import type { DocumentSummary, WorkflowName } from '../../../../shared/model.ts';
import { isReadFromPicture } from '../../../../shared/pictures.ts';
import type { CollateDocument } from '../documents/document.ts';
import type { Ports, StepRows } from '../ports.ts';
import type { ActiveRun } from './activeRun.ts';
import type { RunInput, RunRequest } from './api.ts';
import { documentSummary } from './documentSummary.ts';
import type { PictureReader } from './pictureReaders.ts';
import { readInput, type Readers } from './readInputs.ts';
import { mustBeSame, readSame } from './sameInputs.ts';
import { valueOf } from './unitTexts.ts';

/** What the journal keeps of the reading: everything but texts and units, which the store has; every problem, not only those shown. */
interface ReadValue {
  readonly documents: readonly (DocumentSummary & { readonly kindGiven: boolean })[];
  readonly workflow: WorkflowName;
  /** A model may be asked about what was read. Absent in runs of versions that asked about crosswalks only. */
  readonly mayAsk?: true;
}

function unreadable(message: string): FailureError {
  return new FailureError({ code: 'unreadable', message, retry: 'never' });
}

/** What is done with documents of which a request does not say it. */
export function workflowOf(documents: readonly CollateDocument[]): WorkflowName {
  return documents[0]?.kind === 'transcript' ? 'transcript' : 'document';
}

/** Thrown where a picture would be read: it is, once it is known that everything else can be. */
class Later extends Error {}

const later: PictureReader = () => {
  throw new Later();
};

/** In the order of the request. Nobody is paid for a picture beside a document that cannot be read. */
async function readAll(run: ActiveRun, request: RunRequest, ports: Ports, readers: Readers, readPicture: PictureReader): Promise<CollateDocument[]> {
  const total = request.inputs.length;
  const documents = new Map<RunInput, CollateDocument>();
  const read = async (input: RunInput, reader: PictureReader): Promise<void> => {
    run.showProgress({ operation: 'read', message: `Reading ${input.key}`, done: documents.size, total });
    // The message goes out before the reader takes the thread.
    await ports.yieldToHost();
    run.signal.throwIfAborted();
    const document = valueOf(await readInput(input, request.settings, ports, readers, run.signal, readSame(run, input, reader)));
    if (!isReadFromPicture(document)) mustBeSame(run, input, document.hash);
    if (document.units.length === 0) {
      throw unreadable(`${document.path} has nothing that can be analysed: no section, turn or record was found in it.`);
    }
    documents.set(input, document);
  };
  for (const input of total === 1 ? [] : request.inputs) {
    try {
      await read(input, later);
    } catch (thrown) {
      if (!(thrown instanceof Later)) throw thrown;
    }
  }
  for (const input of request.inputs) if (!documents.has(input)) await read(input, readPicture);
  return request.inputs.map((input) => documents.get(input) as CollateDocument);
}

/** Texts are kept before the step that names them counts, so a run can always be shown and resumed. */
async function keepTexts(run: ActiveRun, documents: readonly CollateDocument[], ports: Ports): Promise<void> {
  for (const document of documents) {
    valueOf(await ports.store.saveText(document.hash, document.text));
    run.signal.throwIfAborted();
  }
}

/** The documents as the run read them: texts by hash, units as they were cut then. */
async function restore(run: ActiveRun, value: ReadValue, ports: Ports): Promise<CollateDocument[]> {
  const documents: CollateDocument[] = [];
  for (const { key, path, kind, kindGiven, hash, problems } of value.documents) {
    const text = valueOf(await ports.store.text(hash));
    run.signal.throwIfAborted();
    const units = valueOf(await ports.store.units(run.snapshot.id, key));
    run.signal.throwIfAborted();
    if (text === null) throw unreadable(`The text of ${path} is no longer in the store. Start the run again.`);
    documents.push({ key, path, kind, kindGiven, hash, problems, text, units });
  }
  return documents;
}

function unitRows(workflow: WorkflowName, documents: readonly CollateDocument[]): NonNullable<StepRows['units']> {
  return documents.map(({ key, units }, index) => ({
    documentKey: key,
    side: workflow === 'crosswalk' && index === 1 ? 'target' : 'source',
    units,
  }));
}

/** The first step of every run: its documents, read once. A run that is resumed gets the ones it was started on. */
export async function readDocuments(
  run: ActiveRun,
  request: RunRequest,
  ports: Ports,
  readers: Readers,
  readPicture: PictureReader,
): Promise<{ readonly workflow: WorkflowName; readonly documents: readonly CollateDocument[]; readonly mayAsk: boolean }> {
  const fresh: CollateDocument[] = [];
  run.expect('document', request.inputs.length);
  const value = await run.step<ReadValue>('read', 'read', request.inputs.length, async () => {
    fresh.push(...(await readAll(run, request, ports, readers, readPicture)));
    const workflow = request.workflow === 'auto' ? workflowOf(fresh) : request.workflow;
    await keepTexts(run, fresh, ports);
    run.change({ workflow, documents: fresh.map(documentSummary) });
    return {
      value: { workflow, mayAsk: true, documents: fresh.map((document) => ({ ...documentSummary(document), problems: document.problems, kindGiven: document.kindGiven })) },
      rows: { units: unitRows(workflow, fresh), outcomes: [{ kind: 'document', outcome: 'decided', count: fresh.length }] },
    };
  });
  return { workflow: value.workflow, mayAsk: value.mayAsk === true, documents: fresh.length > 0 ? fresh : await restore(run, value, ports) };
}
