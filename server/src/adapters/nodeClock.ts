import type { Clock, YieldToHost } from '../engine/ports.ts';

export const nodeClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
};

/** A turn of the event loop: input, timers and sockets are served before this resolves. */
export const nodeYield: YieldToHost = () => new Promise((resolve) => setImmediate(resolve));
