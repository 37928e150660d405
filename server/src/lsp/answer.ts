import { LSPErrorCodes, ResponseError, type CancellationToken, type Connection } from 'vscode-languageserver/node';
import { FailureError, failureOf, type Failure, type Result } from '../../../shared/failure.ts';
import type { Page } from '../../../shared/model.ts';
import { LSP_PREFIX, type ServerEvents, type ServerRequests } from '../../../shared/protocol/lsp.ts';
import { MAX_MESSAGE_LENGTH } from '../../../shared/protocol/rpc.ts';
import { checkRequest } from './requests/requestShapes.ts';

/** Room for the JSON-RPC envelope around a value. */
const ENVELOPE_LENGTH = 1_000;
const MAX_VALUE_LENGTH = MAX_MESSAGE_LENGTH - ENVELOPE_LENGTH;

/** The value of a result; throws its failure. */
export function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new FailureError(result.failure);
  return result.value;
}

/** The error a client sees: the sentence as its message, the whole Failure as its data. */
export function responseError(failure: Failure): ResponseError<Failure> {
  const code = failure.code === 'cancelled' ? LSPErrorCodes.RequestCancelled : LSPErrorCodes.RequestFailed;
  return new ResponseError(code, failure.message, failure);
}

/** An AbortSignal that follows a request's cancellation. */
export function signalOf(token: CancellationToken): AbortSignal {
  const controller = new AbortController();
  if (token.isCancellationRequested) controller.abort();
  else token.onCancellationRequested(() => controller.abort());
  return controller.signal;
}

/** What a person is told of a mistake in Collate itself; what it was is in the log. */
function told(what: string, failure: Failure): Failure {
  if (failure.code !== 'internal') return failure;
  return {
    ...failure,
    message: `Collate made a mistake of its own (${what}). Try again; if it happens again, run "Collate: Restart Server" and report what "Collate: Show Log" shows. Finished work is kept.`,
  };
}

function lengthOf(value: unknown): number {
  return JSON.stringify(value).length;
}

function assertFits(what: string, value: unknown): void {
  const length = lengthOf(value);
  if (length <= MAX_VALUE_LENGTH) return;
  throw new FailureError({
    code: 'tooLarge',
    message: `The answer to ${what} has ${length} characters, above the limit of ${MAX_VALUE_LENGTH}. Narrow what is listed, or write the run as JSON in a terminal: collate runs.`,
    retry: 'never',
  });
}

/** The longest start of a page that fits one message; the rest is asked for at `offset + rows.length`. */
export function fitPage<T>(page: Page<T>): Page<T> {
  let rows = page.rows;
  while (rows.length > 1 && lengthOf({ ...page, rows }) > MAX_VALUE_LENGTH) rows = rows.slice(0, Math.ceil(rows.length / 2));
  return { ...page, rows };
}

export type Handler<K extends keyof ServerRequests> = (
  params: Parameters<ServerRequests[K]>[0],
  signal: AbortSignal,
) => Promise<Awaited<ReturnType<ServerRequests[K]>>>;

/** Answers one of our requests. Whatever is thrown becomes an error with a Failure as its data. */
export function answer<K extends keyof ServerRequests>(connection: Connection, method: K, handler: Handler<K>): void {
  connection.onRequest(LSP_PREFIX + method, async (params: Parameters<ServerRequests[K]>[0], token: CancellationToken) => {
    try {
      checkRequest(method, params);
      const value = await handler(params, signalOf(token));
      assertFits(method, value);
      return value;
    } catch (thrown) {
      const failure = failureOf(thrown);
      if (failure.code === 'internal') connection.console.error(`${method}: ${thrown instanceof Error ? (thrown.stack ?? thrown.message) : failure.message}`);
      return responseError(told(method, failure));
    }
  });
}

/** Tells the client of an event. One that would not fit a message is not sent, and the log says so. */
export function tell<K extends keyof ServerEvents>(connection: Connection, event: K, value: ServerEvents[K]): void {
  try {
    assertFits(event, value);
  } catch (thrown) {
    connection.console.error(failureOf(thrown).message);
    return;
  }
  connection.sendNotification(LSP_PREFIX + event, value).catch((thrown: unknown) => {
    connection.console.error(`${event}: ${failureOf(thrown).message}`);
  });
}

/** Answers one of the protocol's own requests. A failure reaches the client as an error: it is never an empty answer. */
export async function answerStandard<T>(connection: Connection, what: string, uri: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (thrown) {
    const failure = failureOf(thrown);
    if (failure.code !== 'cancelled') connection.console.error(`${what} of ${uri}: ${failure.message}`);
    throw responseError(told(what, failure));
  }
}
