import { fail, ok, type Result } from '../../../shared/failure.ts';
import type { EditorModel } from '../../../shared/protocol/models.ts';
import type { Settings } from '../../../shared/settings.ts';
import { editorModelProvider } from '../adapters/editorModelProvider.ts';
import type { ModelProvider } from '../engine/ports.ts';
import type { EditorModels } from './editorModels.ts';
import { parseEndpoint } from './endpoint.ts';
import { loadOpenai } from './loadOpenai.ts';
import type { OpenedProvider } from './openedProvider.ts';

export interface ModelHost {
  /** The key of an origin; null: none is known, which is well for a server of one's own. */
  keyOf(origin: string): Promise<Result<string | null>>;
  /** Null outside of an editor. */
  readonly editor: EditorModels | null;
}

/** What of the settings names a provider. */
export type ProviderSettings = Pick<Settings, 'provider' | 'baseUrl'>;

/** Milliseconds of one request. Reasoning models think for minutes; the limiter's own time is shorter where that is wanted. */
const REQUEST_TIMEOUT_MS = 300_000;

/** The providers of a process: one for each endpoint, opened on first need and kept, so that calls share their connections. */
export interface ModelProviders {
  /** Null: `local`, nobody is asked. */
  of(settings: ProviderSettings): Promise<Result<ModelProvider | null>>;
  /** The editor's language models; none in a terminal. */
  editorModels(): Promise<Result<readonly EditorModel[]>>;
  /** A key was set or forgotten: it is asked for again. */
  keyChanged(origin: string): void;
  close(): Promise<void>;
}

export function createModelProviders(host: ModelHost): ModelProviders {
  const opened = new Map<string, Promise<OpenedProvider>>();
  const keys = new Map<string, Promise<Result<string | null>>>();
  const forget = (origin: string): void => void keys.delete(origin);
  const keyOf = async (origin: string): Promise<Result<string | null>> => {
    const asked = keys.get(origin) ?? host.keyOf(origin);
    keys.set(origin, asked);
    const key = await asked;
    // What could not be found out is asked again by the next call.
    if (!key.ok && keys.get(origin) === asked) forget(origin);
    return key;
  };
  return {
    of: async ({ provider, baseUrl }) => {
      if (provider === 'local') return ok(null);
      if (provider === 'vscode') {
        return host.editor === null
          ? fail('refused', 'The provider vscode needs the editor\'s language models, and there are none in a terminal. Use openai or local.')
          : ok(editorModelProvider(host.editor));
      }
      const endpoint = parseEndpoint(baseUrl);
      if (!endpoint.ok) return endpoint;
      const { origin, baseUrl: at } = endpoint.value;
      const opening = opened.get(at) ?? loadOpenai().then(({ openOpenaiProvider }) =>
        openOpenaiProvider({ endpoint: endpoint.value, keyOf, keyRefused: forget, timeoutMs: REQUEST_TIMEOUT_MS, now: () => Date.now() }));
      opened.set(at, opening);
      try {
        return ok((await opening).provider);
      } catch (thrown) {
        opened.delete(at);
        return fail('internal', `The part of Collate that speaks to ${origin} cannot be loaded: ${thrown instanceof Error ? thrown.message : String(thrown)}. Install Collate again.`);
      }
    },
    editorModels: () => host.editor?.list() ?? Promise.resolve(ok([])),
    keyChanged: forget,
    close: async () => {
      const all = await Promise.allSettled(opened.values());
      opened.clear();
      await Promise.all(all.map((one) => (one.status === 'fulfilled' ? one.value.close() : null)));
    },
  };
}
