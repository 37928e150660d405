import { describe, expect, it } from 'vitest';
import { RestartPolicy } from '../../../client/src/restartPolicy.ts';

const SECOND = 1_000;

describe('a server that stops', () => {
  const TABLE: readonly (readonly [what: string, stops: readonly number[], restarts: readonly (number | null)[]])[] = [
    ['is started again four times within three minutes', [0, 10, 20, 30, 40], [1, 2, 3, 4, null]],
    ['is started again when the first stop is long ago', [0, 10, 20, 30, 180], [1, 2, 3, 4, 4]],
    ['now and then is always started again', [0, 200, 400, 600, 800, 1000], [1, 1, 1, 1, 1, 1]],
  ];
  for (const [what, stops, restarts] of TABLE) {
    it(what, () => {
      const policy = new RestartPolicy();
      expect(stops.map((at) => policy.stopped(at * SECOND))).toEqual(restarts);
    });
  }

  it('is started again after the user asked for it', () => {
    const policy = new RestartPolicy();
    for (let stop = 0; stop < 5; stop += 1) policy.stopped(0);
    policy.reset();
    expect(policy.stopped(0)).toBe(1);
  });
});
