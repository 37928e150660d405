import { describe, expect, it } from 'vitest';
import { nodeYield } from '../../../server/src/adapters/nodeClock.ts';
import { answersOf, momentsOf, start, world } from './runtimeWorld.ts';

describe('model work that is cancelled', () => {
  it('ends at once at any moment, with nothing left in flight or waited for, and keeps what was answered', async () => {
    const whole = world();
    const process = start(whole);
    const undisturbed = await process.done;
    for (const cancelAt of momentsOf(process)) {
      const own = world();
      const cancelled = start(own, cancelAt, 'cancelled');
      const place = `cancelled at moment ${cancelAt}`;
      const ended = cancelled.done.then(() => 'done', (thrown: unknown) => (thrown instanceof Error ? thrown.message : String(thrown)));
      await cancelled.stopped;
      // In turns of the loop, not in time: the server will never answer what it was asked.
      let end: string | null = null;
      void ended.then((how) => (end = how));
      for (let turn = 0; turn < 60 && end === null; turn += 1) await nodeYield();
      expect(['Cancelled by you.', 'done'], place).toContain(end);
      expect(cancelled.limiter.snapshot(), place).toMatchObject({ inFlight: 0, waiting: 0 });
      // Who asks the same now waits for nobody who is gone.
      expect(answersOf(await cancelled.again()), place).toEqual(answersOf(undisturbed.found));
      expect(answersOf((await start(own).done).found), place).toEqual(answersOf(undisturbed.found));
    }
  });
});
