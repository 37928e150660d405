import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FairQueue } from '../../../server/src/engine/scheduling/fairQueue.ts';

interface Entry {
  readonly priority: 'interactive' | 'batch';
  readonly runId: string;
  readonly order: number;
}

const entries = fc.array(fc.record({ priority: fc.constantFrom('interactive' as const, 'batch' as const), runId: fc.constantFrom('a', 'b', 'c') }), { maxLength: 120 })
  .map((drawn): Entry[] => drawn.map((entry, order) => ({ ...entry, order })));

function drain(queue: FairQueue<Entry>): Entry[] {
  const taken: Entry[] = [];
  for (let next = queue.take(); next !== null; next = queue.take()) taken.push(next);
  return taken;
}

test('interactive goes first, a run keeps its order, and nothing is lost or doubled', () => {
  fc.assert(
    fc.property(entries, fc.array(fc.nat(), { maxLength: 20 }), (drawn, removed) => {
      const queue = new FairQueue<Entry>();
      for (const entry of drawn) queue.push(entry);
      const gone = new Set(removed.map((place) => drawn[place % Math.max(1, drawn.length)]));
      for (const entry of gone) if (entry !== undefined) queue.remove(entry);
      const left = drawn.filter((entry) => !gone.has(entry));
      expect(queue.size).toBe(left.length);
      const taken = drain(queue);
      expect(new Set(taken)).toEqual(new Set(left));
      expect(taken).toHaveLength(left.length);
      expect(taken.map(({ priority }) => priority)).toEqual(taken.map(({ priority }) => priority).toSorted((a, b) => (a === b ? 0 : a === 'interactive' ? -1 : 1)));
      for (const priority of ['interactive', 'batch']) {
        for (const runId of ['a', 'b', 'c']) {
          const orders = taken.filter((entry) => entry.priority === priority && entry.runId === runId).map(({ order }) => order);
          expect(orders).toEqual(orders.toSorted((a, b) => a - b));
        }
      }
    }),
  );
});

test('between two turns of a run, every other run that waits has one, and only one', () => {
  fc.assert(
    fc.property(entries, (drawn) => {
      const queue = new FairQueue<Entry>();
      for (const entry of drawn) queue.push({ ...entry, priority: 'batch' });
      const taken = drain(queue).map(({ runId }) => runId);
      for (const runId of ['a', 'b', 'c']) {
        const turns = taken.flatMap((id, place) => (id === runId ? [place] : []));
        for (let i = 1; i < turns.length; i++) {
          const between = taken.slice(turns[i - 1]! + 1, turns[i]);
          expect(new Set(between).size).toBe(between.length);
          // Who is served later, too, was waiting: it had its turn in between.
          for (const other of new Set(taken.slice(turns[i]! + 1))) if (other !== runId) expect(between).toContain(other);
        }
      }
    }),
  );
});

test('what has to be tried again goes before what has waited for less', () => {
  const queue = new FairQueue<Entry>();
  const [first, second, third] = [0, 1, 2].map((order): Entry => ({ priority: 'batch', runId: 'a', order }));
  for (const entry of [first, second, third]) queue.push(entry!);
  expect(queue.take()).toBe(first);
  expect(queue.take()).toBe(second);
  queue.putBack(first!);
  queue.putBack(second!);
  expect(drain(queue)).toEqual([first, second, third]);
});
