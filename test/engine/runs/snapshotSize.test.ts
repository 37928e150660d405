import { expect, it } from 'vitest';
import { MAX_MESSAGE_LENGTH } from '../../../shared/protocol/rpc.ts';
import { bench, checkLedger, TRANSCRIPT, value, type Bench } from './scenarios.ts';

/** A run over texts that were never meant to be read. */
async function end(path: string, text: string, own: Bench = bench(TRANSCRIPT)) {
  const id = value(await own.runs.start({ ...TRANSCRIPT.request, inputs: [{ key: path, path, text }] }));
  return own.runs.settled(id);
}

it('a file of ten thousand broken records still fits a message, and every record is counted', async () => {
  const run = await end('broken.jsonl', `{"id":"a","text":"One record that can be read."}\n${`{"id": broken ${'x'.repeat(300)}\n`.repeat(10_000)}`);
  expect(JSON.stringify(run).length).toBeLessThan(MAX_MESSAGE_LENGTH);
  checkLedger(run);
  const [document] = run.documents;
  expect(document?.problems.at(-1)).toMatchObject({ code: 'problems.more', severity: 'error' });
  const failed = Object.values(run.ledger).reduce((sum, entry) => sum + entry.failed, 0);
  expect(failed).toBe(10_000);
  expect(run.stateReason).toContain('more than 100 places of broken.jsonl could not be read');
  for (const problem of document?.problems ?? []) expect(problem.span?.quote.length ?? 0).toBeLessThanOrEqual(200);
});

it('a transcript of a thousand speakers does, too, and nobody is left out of the count', async () => {
  const lines = Array.from({ length: 2_000 }, (_, index) => `[00:${String(index % 60).padStart(2, '0')}] Guest (Person ${'abcdefghij'[index % 10] ?? ''}${'klmnopqrst'[Math.floor(index / 10) % 10] ?? ''}${'uvwxyzabcd'[Math.floor(index / 100) % 10] ?? ''}): I say one thing.`);
  const run = await end('crowd.txt', lines.join('\n'));
  expect(run.workflow).toBe('transcript');
  expect(JSON.stringify(run).length).toBeLessThan(MAX_MESSAGE_LENGTH);
  expect(run.speakers).toHaveLength(201);
  expect(run.speakers.at(-1)?.speaker).toBe('800 others');
  expect(run.speakers.reduce((sum, { turns }) => sum + turns, 0)).toBe(2_000);
  expect(run.speakers.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 6);
});
