import { openOpenaiProvider } from '../../../server/src/adapters/openaiProvider.ts';
import type { CompletionCall, ModelProvider } from '../../../server/src/engine/ports.ts';
import { parseEndpoint } from '../../../server/src/models/endpoint.ts';
import { startModelServer, type ModelServer, type Script } from '../../fakes/modelServer.ts';

export const KEY = 'sk-test-AbCdEfGhIjKlMnOpQrStUvWxYz0123456789';
/** What dates in headers are measured against. */
export const NOW = Date.parse('Wed, 21 Oct 2026 07:28:00 GMT');

export const SCHEMA = { type: 'object', properties: { relation: { type: 'string' } }, required: ['relation'], additionalProperties: false };
export const CALL: CompletionCall = {
  model: 'small-model', maxTokensOut: 50, temperature: 0, schema: { name: 'verdict', json: SCHEMA },
  messages: [{ role: 'system', content: 'Compare.' }, { role: 'user', content: 'A and B.' }],
};
export const NEVER = new AbortController().signal;

export interface Opened {
  readonly provider: ModelProvider;
  readonly server: ModelServer;
  readonly refusedKeys: string[];
}

/** A provider over a server that follows a script, for the length of `work`. */
export async function withServer<T>(script: Script, work: (opened: Opened) => Promise<T>, options: { readonly key?: string | null; readonly url?: (url: string) => string; readonly timeoutMs?: number } = {}): Promise<T> {
  const server = await startModelServer(script);
  const endpoint = parseEndpoint(options.url?.(server.url) ?? server.url);
  if (!endpoint.ok) throw new Error(endpoint.failure.message);
  const key = options.key === undefined ? KEY : options.key;
  const refusedKeys: string[] = [];
  const { provider, close } = openOpenaiProvider({
    endpoint: endpoint.value, keyOf: () => Promise.resolve({ ok: true, value: key }), keyRefused: (origin) => void refusedKeys.push(origin),
    timeoutMs: options.timeoutMs ?? 20_000, now: () => NOW,
  });
  try {
    return await work({ provider, server, refusedKeys });
  } finally {
    await close();
    await server.close();
  }
}
