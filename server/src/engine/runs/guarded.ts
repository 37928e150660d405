import { failureOf, ok, type Result } from '../../../../shared/failure.ts';

/** Turns what a function throws into a failure: nothing is thrown at the callers of Runs. */
export async function guarded<T>(work: () => Promise<T>): Promise<Result<T>> {
  try {
    return ok(await work());
  } catch (thrown) {
    return { ok: false, failure: failureOf(thrown) };
  }
}
