import { CancellationTokenSource, type Connection } from 'vscode-languageserver/node';
import { FAILURE_CODES, failureOf, ok, type Failure, type Result } from '../../../shared/failure.ts';
import { LSP_PREFIX } from '../../../shared/protocol/lsp.ts';
import type { ClientRequests } from '../../../shared/protocol/models.ts';

function isFailure(value: unknown): value is Failure {
  return typeof value === 'object' && value !== null && 'code' in value && 'message' in value && (FAILURE_CODES as readonly unknown[]).includes(value.code);
}

/** What went wrong on the client's side: its Failure where it sent one. */
function clientFailure(thrown: unknown): Failure {
  if (typeof thrown === 'object' && thrown !== null && 'data' in thrown && isFailure(thrown.data)) return thrown.data;
  const methodNotFound = -32601;
  if (typeof thrown === 'object' && thrown !== null && 'code' in thrown && thrown.code === methodNotFound) {
    return { code: 'refused', message: 'This editor does not lend its language models and keys to the Collate server. Update the extension, or use another provider.', retry: 'never' };
  }
  return failureOf(thrown);
}

/** Asks the client; settles as `cancelled` at once when the signal is aborted, and tells the client so. */
export async function askClient<K extends keyof ClientRequests>(
  connection: Connection,
  method: K,
  params: Parameters<ClientRequests[K]>[0],
  signal?: AbortSignal,
): Promise<Result<Awaited<ReturnType<ClientRequests[K]>>>> {
  const cancelled: Result<never> = { ok: false, failure: { code: 'cancelled', message: 'Cancelled.', retry: 'now' } };
  if (signal?.aborted === true) return cancelled;
  const source = new CancellationTokenSource();
  let onAbort = (): void => undefined;
  const aborted = new Promise<typeof cancelled>((go) => {
    onAbort = () => {
      source.cancel();
      go(cancelled);
    };
  });
  signal?.addEventListener('abort', onAbort, { once: true });
  try {
    const answered = connection.sendRequest<Awaited<ReturnType<ClientRequests[K]>>>(LSP_PREFIX + method, params, source.token).then(
      (value): Result<Awaited<ReturnType<ClientRequests[K]>>> => ok(value),
      (thrown: unknown): Result<never> => ({ ok: false, failure: clientFailure(thrown) }),
    );
    return await Promise.race([answered, aborted]);
  } finally {
    signal?.removeEventListener('abort', onAbort);
    source.dispose();
  }
}
