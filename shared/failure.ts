/** Expected failures are values. Adapters translate what their package throws at the edge. */
export const FAILURE_CODES = [
  'cancelled',
  'unauthorized',
  'rateLimited',
  'quota',
  'tooLarge',
  'refused',
  'badAnswer',
  'unreachable',
  'timeout',
  'storeUnavailable',
  'unreadable',
  'internal',
] as const;
export type FailureCode = (typeof FAILURE_CODES)[number];

export interface Failure {
  readonly code: FailureCode;
  /** A sentence for a person: what is wrong and what to do. No stack, no secret. */
  readonly message: string;
  readonly retry: 'never' | 'later' | 'now';
}

export type Result<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly failure: Failure };

export function ok<T>(value: T): Result<T> {
  return { ok: true, value };
}

export function fail<T>(code: FailureCode, message: string, retry: Failure['retry'] = 'never'): Result<T> {
  return { ok: false, failure: { code, message, retry } };
}

/** Carries a Failure through code that can only throw. */
export class FailureError extends Error {
  override readonly name = 'FailureError';
  readonly failure: Failure;
  constructor(failure: Failure) {
    super(failure.message);
    this.failure = failure;
  }
}

/** The failure of anything thrown; what is not a FailureError is `internal` (or `cancelled` for an abort). */
export function failureOf(thrown: unknown): Failure {
  if (thrown instanceof FailureError) return thrown.failure;
  if (thrown instanceof Error) {
    if (thrown.name === 'AbortError') return { code: 'cancelled', message: 'Cancelled.', retry: 'now' };
    return { code: 'internal', message: thrown.message, retry: 'never' };
  }
  return { code: 'internal', message: String(thrown), retry: 'never' };
}
