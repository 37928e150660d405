/** How calls end that no provider ended: each says what to do. */
import type { CallFailure } from '../models/modelPort.ts';
import { failure } from './attempt.ts';

export const CANCELLED = failure('cancelled', 'Cancelled.', 'now');
export const TOO_LATE = failure('timeout', 'The time for this ran out before the model answered. Try again, or allow more time.', 'later');
export const NO_ANSWER = failure('timeout', 'The model did not answer in time. See whether its server is at work and has room, or name another model.', 'later');

export function daySpent(resource: string): CallFailure {
  return failure('quota', `Today's requests to ${resource} are used up. Wait until they are back.`, 'later');
}

/** Of a call that nothing needs. `last`: why the newest call failed. */
export function notWaitedFor(resource: string, last: CallFailure): CallFailure {
  return { ...last, everyCall: true, message: `${resource} failed again and again, and what it is asked is not needed, so that it is not waited for. ${last.message}` };
}

/** `last`: why the newest call failed, and what to do about it. */
export function outage(resource: string, last: string): CallFailure {
  return failure('unreachable', `${resource} has not answered for five minutes. ${last}`, 'later');
}
