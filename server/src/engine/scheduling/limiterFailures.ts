/** How calls end that no provider ended: each says what to do. */
import type { CallFailure } from '../models/modelPort.ts';
import { failure } from './attempt.ts';

export const CANCELLED = failure('cancelled', 'Cancelled.', 'now');
export const TOO_LATE = failure('timeout', 'The time for this ran out before the model answered. Try again, or allow more time.', 'later');
export const NO_ANSWER = failure('timeout', 'The model did not answer in time. Try again, or allow more time per call.', 'later');

export function daySpent(resource: string): CallFailure {
  return failure('quota', `Today's requests to ${resource} are used up. Wait until they are back.`, 'later');
}

/** `last`: why the newest call failed, and what to do about it. */
export function outage(resource: string, last: string): CallFailure {
  return failure('unreachable', `${resource} has not answered for five minutes. ${last}`, 'later');
}
