import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type * as openaiModule from '../adapters/openaiProvider.ts';

const BUNDLE = 'openai.cjs';

/** The SDK and what is built on it, loaded when the first provider of this kind is opened: from its own bundle, or from the sources. */
export async function loadOpenai(): Promise<typeof openaiModule> {
  const bundle = join(import.meta.dirname, BUNDLE);
  if (existsSync(bundle)) return createRequire(import.meta.url)(bundle) as typeof openaiModule;
  // A name that is made here stays out of the bundles.
  const source = pathToFileURL(join(import.meta.dirname, '..', 'adapters', 'openaiProvider.ts')).href;
  return (await import(source)) as typeof openaiModule;
}
