import { describe, expect, it } from 'vitest';
import { answersOf, momentsOf, SIDE_BY_SIDE, start, world, type World } from './runtimeWorld.ts';

/** Calls that were not written down: each of them may be paid again. */
function inFlight({ requests, finished }: World): number {
  const written = [...finished.values()].map(({ outcome }) => (JSON.parse(outcome) as { readonly value: { readonly id: string } }).value.id);
  const countIn = (ids: readonly string[], id: string): number => ids.filter((one) => one === id).length;
  return requests.filter((ids, at) => ids.some((id) => countIn(requests.slice(0, at + 1).flat(), id) > countIn(written, id))).length;
}

describe('model work that is killed', () => {
  it('at any moment ends as if it had not been, asks for nothing that is written down, and counts what may be paid twice', async () => {
    const whole = world();
    const process = start(whole);
    const undisturbed = await process.done;
    expect(undisturbed.words).toBe('24 items were asked again in another order: none was answered otherwise; batches hold up to 8.');
    expect([whole.begun.size, undisturbed.repeatedAtMost]).toEqual([0, 0]);
    for (const killAt of momentsOf(process)) {
      const own = world();
      await start(own, killAt).stopped;
      const open = inFlight(own);
      expect(open, `killed at moment ${killAt}`).toBeLessThanOrEqual(SIDE_BY_SIDE);
      const written = new Set(own.finished.keys());
      const marked = own.begun.size;
      const { found, repeatedAtMost, words } = await start(own).done;
      const place = `killed at moment ${killAt}`;
      expect(answersOf(found), place).toEqual(answersOf(undisturbed.found));
      expect(words, place).toBe(undisturbed.words);
      expect(repeatedAtMost, place).toBe(marked);
      expect(own.requests.length, place).toBeLessThanOrEqual(whole.requests.length + open);
      expect([...own.finished.keys()].filter((key) => written.has(key)).length, place).toBe(written.size);
      expect(own.begun.size, place).toBe(0);
      // Each item once, those of the sample twice; what comes on top was in flight.
      expect(own.requests.flat().length - whole.requests.flat().length, place).toBeLessThanOrEqual(marked);
    }
  });
});
