import { basename } from 'node:path';
import { FailureError } from '../../../shared/failure.ts';
import type { RunInput } from '../engine/index.ts';
import type { HomeEngine } from './engines.ts';
import { documentKey, pathOf } from './home.ts';
import type { OpenDocuments } from './openDocuments.ts';

/** What the engine reads for a URI: the open text where there is one, otherwise the file. */
export function inputOf(uri: string, engine: HomeEngine, documents: OpenDocuments): RunInput {
  const path = pathOf(uri);
  const text = documents.text(uri);
  if (path === null && text === null) {
    throw new FailureError({
      code: 'unreadable',
      message: `${uri} is not open and is not a file. Open it, or save it first.`,
      retry: 'never',
    });
  }
  return { key: documentKey(uri, engine.home), path: path ?? basename(uri.slice(uri.indexOf(':') + 1)), ...(text === null ? {} : { text }) };
}
