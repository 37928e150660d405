import type { CallResult } from '../engine/ports.ts';

/** Forms a provider may have to learn of one model, and one more request. */
const MOST_REQUESTS = 6;

/** Asks until a request is put as the provider takes it: what the limiter does for a run. */
export async function inAnyForm<T>(ask: () => Promise<CallResult<T>>): Promise<CallResult<T>> {
  for (let requests = 1; ; requests += 1) {
    const result = await ask();
    if (result.ok || result.failure.otherForm !== true || requests === MOST_REQUESTS) return result;
  }
}
