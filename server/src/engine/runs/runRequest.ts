import { FailureError } from '../../../../shared/failure.ts';
import { DEFAULT_SETTINGS } from '../../../../shared/settings.ts';
import { textHash } from '../documents/hash.ts';
import type { RunStore } from '../ports.ts';
import type { Asked, RunInput, RunRequest } from './api.ts';
import { valueOf } from './unitTexts.ts';

/** An input as the store keeps it: the editor's text stands among the texts, by its hash. */
type StoredInput = Omit<RunInput, 'text'> & { readonly textHash?: string };

/** What was asked for, checked before anything is read. A sentence, or null when it can be done. */
export function refusal(request: RunRequest): string | null {
  const { workflow, inputs } = request;
  if (workflow !== 'crosswalk') return inputs.length === 1 ? null : `An analysis takes one document; ${inputs.length} were given.`;
  if (inputs.length !== 2) return `A crosswalk takes two documents, source and target; ${inputs.length} were given.`;
  const [source, target] = inputs;
  if (source?.key === target?.key) return `A crosswalk takes two different documents; ${source?.key ?? ''} was given twice.`;
  return null;
}

/** Keeps what was asked for so that another process can take it up. Returns its JSON. */
export async function storeRequest(request: RunRequest, store: RunStore): Promise<string> {
  const inputs: StoredInput[] = [];
  for (const { text, ...input } of request.inputs) {
    if (text === undefined) {
      inputs.push(input);
      continue;
    }
    const hash = textHash(text);
    valueOf(await store.saveText(hash, text));
    inputs.push({ ...input, textHash: hash });
  }
  return JSON.stringify({ ...request, inputs });
}

/** What was asked for, without settings and texts. */
export function askedOf(json: string): Asked {
  const { workflow, inputs } = JSON.parse(json) as { readonly workflow: RunRequest['workflow']; readonly inputs: readonly StoredInput[] };
  return { workflow, inputs: inputs.map(({ textHash: _hash, ...input }) => input) };
}

/** The request back from its JSON, with the editor's texts. */
export async function loadRequest(json: string, store: RunStore): Promise<RunRequest> {
  const stored = JSON.parse(json) as Omit<RunRequest, 'inputs'> & { readonly inputs: readonly StoredInput[] };
  const inputs: RunInput[] = [];
  for (const { textHash: hash, ...input } of stored.inputs) {
    if (hash === undefined) {
      inputs.push(input);
      continue;
    }
    const text = valueOf(await store.text(hash));
    if (text === null) {
      throw new FailureError({
        code: 'unreadable',
        message: `The unsaved text of ${input.path} is no longer in the store. Start the run again.`,
        retry: 'never',
      });
    }
    inputs.push({ ...input, text });
  }
  // Settings that did not exist when the run was started have their defaults.
  return { ...stored, inputs, settings: { ...DEFAULT_SETTINGS, ...stored.settings } };
}
