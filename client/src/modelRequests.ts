import { ResponseError, type LanguageClient } from 'vscode-languageclient/node';
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
/** LSP's code of a request that failed in order. */
const REQUEST_FAILED = -32803;

/** Answers the server's requests for models and keys. Nothing is lent in a workspace that is not trusted, whoever asks. */
export function answerModelRequests(client: Pick<LanguageClient, 'onRequest'>, { api, keys, isTrusted }: LentModels): void {
  const answer = <K extends keyof ClientRequests>(
    method: K, handler: (params: Parameters<ClientRequests[K]>[0], token: vscode.CancellationToken) => ReturnType<ClientRequests[K]>,
  ): void => {
    client.onRequest(LSP_PREFIX + method, async (params: Parameters<ClientRequests[K]>[0], token: vscode.CancellationToken) => {
      try {
        if (!isTrusted()) throw NOT_TRUSTED;
        return await handler(params, token);
      } catch (thrown) {
        const failure = failureOf(thrown);
        return new ResponseError<Failure>(REQUEST_FAILED, failure.message, failure);
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
