import { FailureError } from '../../../shared/failure.ts';
import { WriteError } from '../adapters/wholeFile.ts';
import { correctionsFolder, savedCorrections } from '../conversions/savedCorrections.ts';
import type { RunInput } from '../engine/index.ts';
import { UsageError } from '../usageError.ts';
import type { HomeEngine } from './engines.ts';
import { pathOf } from './home.ts';
import { inputOf } from './inputOf.ts';
import type { OpenDocuments } from './openDocuments.ts';

/** Errors of the corrections' file as Failures of a request. */
export async function ofCorrections<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (thrown) {
    if (!(thrown instanceof UsageError || thrown instanceof WriteError)) throw thrown;
    throw new FailureError({ code: 'unreadable', message: thrown.message, retry: 'now' });
  }
}

/** What the engine reads for a URI, cut as its readers corrected it. Throws a Failure where their file is not understood. */
export async function correctedInput(uri: string, engine: HomeEngine, documents: OpenDocuments): Promise<RunInput> {
  const input = inputOf(uri, engine, documents);
  const path = pathOf(uri);
  if (path === null) return input;
  const corrections = await ofCorrections(() => savedCorrections(correctionsFolder(engine.home.root, path)));
  const own = corrections.get(path);
  return own === undefined ? input : { ...input, corrections: own, correctedBy: 'folder' };
}
