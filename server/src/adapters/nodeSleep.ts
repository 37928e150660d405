import type { Random, Sleep } from '../engine/ports.ts';

export const nodeSleep: Sleep = (ms, signal) =>
  new Promise((resolve, reject) => {
    const abort = (): void => {
      clearTimeout(timer);
      // Whatever the caller gave as the reason is what it gets.
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', abort);
      resolve();
    }, ms);
    if (signal.aborted) abort();
    else signal.addEventListener('abort', abort, { once: true });
  });

export const nodeRandom: Random = () => Math.random();
