import { FailureError } from '../../../../shared/failure.ts';

/**
 * Merges equal work that is under way: who asks for a key that is being worked on gets the same promise's outcome.
 * Each asker can leave alone, at once; the work is aborted when the last one has left. Nothing is remembered after it
 * ends, failures least of all.
 */
export interface InFlight<T> {
  /** Rejects with code `cancelled` when `signal` is aborted, otherwise as `start` does. */
  share(key: string, start: (signal: AbortSignal) => Promise<T>, signal: AbortSignal): Promise<T>;
  /** Keys being worked on. */
  readonly size: number;
}

interface Work<T> {
  readonly outcome: Promise<T>;
  readonly abort: AbortController;
  askers: number;
}

export function createInFlight<T>(): InFlight<T> {
  const works = new Map<string, Work<T>>();

  const begin = (key: string, start: (signal: AbortSignal) => Promise<T>): Work<T> => {
    const abort = new AbortController();
    const done = (): void => {
      if (works.get(key) === work) works.delete(key);
    };
    const outcome = (async () => start(abort.signal))();
    const work: Work<T> = { outcome, abort, askers: 0 };
    works.set(key, work);
    outcome.then(done, done);
    return work;
  };

  return {
    get size() {
      return works.size;
    },
    share: (key, start, signal) =>
      new Promise<T>((resolve, reject) => {
        const cancelled = (): void => reject(new FailureError({ code: 'cancelled', message: 'Cancelled.', retry: 'now' }));
        if (signal.aborted) return cancelled();
        const work = works.get(key) ?? begin(key, start);
        work.askers++;
        const leave = (): void => {
          cancelled();
          work.askers--;
          if (work.askers > 0) return;
          // Who asks from now on gets work that is not being aborted.
          if (works.get(key) === work) works.delete(key);
          work.abort.abort();
        };
        signal.addEventListener('abort', leave, { once: true });
        const stay = (): void => signal.removeEventListener('abort', leave);
        work.outcome.then(
          (value) => {
            stay();
            resolve(value);
          },
          (thrown: unknown) => {
            stay();
            reject(thrown as Error);
          },
        );
      }),
  };
}
