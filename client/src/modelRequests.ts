import type * as vscode from 'vscode';
import { FailureError, failureOf, type Failure } from '../../shared/failure.ts';
import { LSP_PREFIX } from '../../shared/protocol/lsp.ts';
import type { ClientRequests } from '../../shared/protocol/models.ts';
import { askModel, listModels, type LanguageModelApi } from './languageModel.ts';
import { sealKey } from './sealKey.ts';
import type { ApiKeys } from './secrets.ts';

/** What the server is lent of the editor. */
export interface LentModels {
  readonly api: LanguageModelApi;
  readonly keys: ApiKeys;
  isTrusted(): boolean;
}

const NOT_TRUSTED = new FailureError({ code: 'refused', message: 'This workspace is not trusted, so no language model is asked. Trust it to use one.', retry: 'never' });
/** What requests come from; the language client, or whatever speaks like it. */
export interface RequestSource {
  onRequest<P>(method: string, handler: (params: P, token: vscode.CancellationToken) => Promise<unknown>): unknown;
}

/** Answers the server's requests for models and keys. Nothing is lent in a workspace that is not trusted, whoever asks. */
export function answerModelRequests(client: RequestSource, { api, keys, isTrusted }: LentModels, errorOf: (failure: Failure) => Error): void {
  const answer = <K extends keyof ClientRequests>(
    method: K, handler: (params: Parameters<ClientRequests[K]>[0], token: vscode.CancellationToken) => ReturnType<ClientRequests[K]>,
  ): void => {
    client.onRequest(LSP_PREFIX + method, async (params: Parameters<ClientRequests[K]>[0], token: vscode.CancellationToken) => {
      try {
        if (!isTrusted()) throw NOT_TRUSTED;
        return await handler(params, token);
      } catch (thrown) {
        throw errorOf(failureOf(thrown));
      }
    });
  };
  answer('model/list', () => listModels(api));
  answer('model/complete', (question, token) => askModel(api, question, token));
  answer('model/key', async ({ origin, publicKey }) => {
    const key = await keys.get(origin);
    return key === undefined ? null : sealKey(key, publicKey);
  });
}
