import { expect, test } from 'vitest';
import { createInFlight } from '../../../server/src/engine/scheduling/inFlight.ts';

function work() {
  const started: { readonly signal: AbortSignal; readonly end: (value: string) => void; readonly fail: (error: Error) => void }[] = [];
  const start = (signal: AbortSignal) => new Promise<string>((end, fail) => started.push({ signal, end, fail }));
  return { started, start };
}
const never = new AbortController().signal;

test('equal work is done once, for all who ask while it is under way', async () => {
  const { started, start } = work();
  const flight = createInFlight<string>();
  const asked = [flight.share('a', start, never), flight.share('a', start, never), flight.share('b', start, never)];
  expect(started).toHaveLength(2);
  started[0]!.end('A');
  started[1]!.end('B');
  expect(await Promise.all(asked)).toEqual(['A', 'A', 'B']);
  expect(flight.size).toBe(0);
});

test('nothing is remembered: not an answer, not a failure', async () => {
  const { started, start } = work();
  const flight = createInFlight<string>();
  const first = flight.share('a', start, never);
  started[0]!.fail(new Error('no'));
  await expect(first).rejects.toThrow('no');
  const second = flight.share('a', start, never);
  started[1]!.end('A');
  expect(await second).toBe('A');
});

test('who leaves is let go at once; the work ends when the last has left', async () => {
  const { started, start } = work();
  const flight = createInFlight<string>();
  const [one, two] = [new AbortController(), new AbortController()];
  const first = flight.share('a', start, one.signal);
  const second = flight.share('a', start, two.signal);
  one.abort();
  await expect(first).rejects.toMatchObject({ failure: { code: 'cancelled' } });
  expect(started[0]!.signal.aborted).toBe(false);
  two.abort();
  await expect(second).rejects.toMatchObject({ failure: { code: 'cancelled' } });
  expect(started[0]!.signal.aborted).toBe(true);
  const third = flight.share('a', start, never);
  started[0]!.end('too late');
  started[1]!.end('fresh');
  expect(await third).toBe('fresh');
});

test('work that throws before it begins is a failure of its askers', async () => {
  const flight = createInFlight<string>();
  const start = () => {
    throw new Error('at once');
  };
  await expect(flight.share('a', start, never)).rejects.toThrow('at once');
});
