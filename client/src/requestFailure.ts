import { failureOf, FAILURE_CODES, type Failure } from '../../shared/failure.ts';

function isFailure(value: unknown): value is Failure {
  return (
    typeof value === 'object' && value !== null && 'code' in value && 'message' in value && 'retry' in value &&
    (FAILURE_CODES as readonly unknown[]).includes(value.code) && typeof value.message === 'string'
  );
}

/** Codes of JSON-RPC errors that mean the server went away before it answered. */
const CONNECTION_CODES: readonly unknown[] = [
  -32096, // connection inactive
  -32097, // pending response rejected
  -32098, // message read error
  -32099, // message write error
];

/** The Failure of a request to the server: the one in the answer's data, or that there was no answer. */
export function requestFailure(thrown: unknown): Failure {
  if (typeof thrown === 'object' && thrown !== null) {
    if ('data' in thrown && isFailure(thrown.data)) return thrown.data;
    if ('code' in thrown && CONNECTION_CODES.includes(thrown.code)) {
      return { code: 'unreachable', message: 'The Collate server stopped before it answered. Try again; finished work is kept.', retry: 'now' };
    }
  }
  return failureOf(thrown);
}

/** The Failure of a server that did not start; the protocol's own words say nothing to do. */
export function startFailure(thrown: unknown): Failure {
  const failure = requestFailure(thrown);
  if (failure.code !== 'internal') return failure;
  return { code: 'unreachable', message: `The Collate server could not be started: ${failure.message.replace(/[.\s]+$/u, '')}. Run "Collate: Restart Server"; the log says more.`, retry: 'now' };
}
