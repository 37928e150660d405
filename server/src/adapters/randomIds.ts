import { randomBytes } from 'node:crypto';
import type { Ids } from '../engine/ports.ts';

/** Base 36 digits of the milliseconds since the epoch; enough until the year 5188. */
const TIME_DIGITS = 9;
/** 40 random bits: two processes that start a run in the same millisecond still get two names. */
const RANDOM_BYTES = 5;
const RANDOM_DIGITS = 8;

/** Ids that sort by the time they were made. */
export const randomIds: Ids = {
  next: () => {
    const time = Date.now().toString(36).padStart(TIME_DIGITS, '0');
    const random = BigInt(`0x${randomBytes(RANDOM_BYTES).toString('hex')}`).toString(36).padStart(RANDOM_DIGITS, '0');
    return time + random;
  },
};
