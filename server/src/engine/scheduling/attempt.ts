import { FailureError, failureOf, type FailureCode } from '../../../../shared/failure.ts';
import type { CallFailure, CallResult } from '../models/modelPort.ts';

/** One attempt in flight. Whatever the attempt does, `result` settles as soon as it is ended from outside. */
export interface RunningAttempt<T> {
  readonly result: Promise<CallResult<T>>;
  /** Settles with this failure and aborts the attempt; its late answer is nobody's. */
  end(failure: CallFailure): void;
}

export function startAttempt<T>(attempt: (signal: AbortSignal) => Promise<CallResult<T>>, abort: AbortController): RunningAttempt<T> {
  let end: (failure: CallFailure) => void = () => undefined;
  const result = new Promise<CallResult<T>>((resolve) => {
    end = (failure) => {
      resolve({ ok: false, failure });
      abort.abort(new FailureError(failure));
    };
    const thrown = (error: unknown): void => resolve({ ok: false, failure: failureOf(error) });
    try {
      attempt(abort.signal).then(resolve, thrown);
    } catch (error) {
      thrown(error);
    }
  });
  return { result, end };
}

export function failure(code: FailureCode, message: string, retry: CallFailure['retry']): CallFailure {
  return { code, message, retry };
}
