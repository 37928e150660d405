import type { CancellationToken } from 'vscode-languageserver/node';
import type { LanguageModelApi } from '../../../client/src/languageModel.ts';
import { ApiKeys } from '../../../client/src/secrets.ts';

/** What a played model does with a request. */
export type Play = (texts: readonly string[], token: CancellationToken, justification: string) => AsyncIterable<string> | Promise<AsyncIterable<string>>;

export async function* saying(...pieces: readonly string[]): AsyncIterable<string> {
  for (const piece of pieces) yield await Promise.resolve(piece);
}

/** An error as the editor's interface throws it. */
export function editorError(code: string, message: string, more: { readonly name?: string; readonly cause?: Error } = {}): Error {
  return Object.assign(new Error(message, more.cause === undefined ? {} : { cause: more.cause }), { code, name: more.name ?? 'LanguageModelError' });
}

/** The editor's language-model interface, played. */
export function editorApi(models: Readonly<Record<string, Play>>): LanguageModelApi {
  const message = (role: string) => (content: unknown) => ({ role, content });
  const all = Object.entries(models).map(([id, play]) => ({
    id, name: `Model ${id}`, vendor: 'test', family: `${id}-family`, version: '1', maxInputTokens: 8_000,
    sendRequest: async (messages: readonly { readonly content: string }[], options: { readonly justification?: string }, token: CancellationToken) => {
      const text = await play(messages.map(({ content }) => content), token, options.justification ?? '');
      return { text, stream: text };
    },
  }));
  return { lm: { selectChatModels: () => Promise.resolve(all) }, LanguageModelChatMessage: { User: message('user'), Assistant: message('assistant') } } as unknown as LanguageModelApi;
}

/** Secret storage in memory. */
export function memoryKeys(entries: Readonly<Record<string, string>> = {}): ApiKeys {
  const stored = new Map<string, string>();
  const listeners = new Set<(event: { readonly key: string }) => void>();
  const told = (key: string): Promise<void> => {
    for (const listener of listeners) listener({ key });
    return Promise.resolve();
  };
  const keys = new ApiKeys({
    keys: () => Promise.resolve([...stored.keys()]),
    get: (key: string) => Promise.resolve(stored.get(key)),
    store: (key: string, value: string) => (stored.set(key, value), told(key)),
    delete: (key: string) => (stored.delete(key), told(key)),
    onDidChange: (listener: (event: { readonly key: string }) => void) => {
      listeners.add(listener);
      return { dispose: () => listeners.delete(listener) };
    },
  } as unknown as ConstructorParameters<typeof ApiKeys>[0]);
  for (const [origin, key] of Object.entries(entries)) void keys.set(origin, key);
  return keys;
}
